from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Division
from accounts.models.divisions import Level
from households.models import Household
from jobs.running import Refused
from monitoring.review import month_before, review_month


class Command(BaseCommand):
    help = "Reviews a month: judges every exited and edge household, sets and clears red flags."

    def add_arguments(self, parser):
        parser.add_argument("--month", help="YYYY-MM; last month when absent")
        parser.add_argument("--province", help="12-digit code; all with households when absent")
        parser.add_argument("--name", default="", help="a correction beside the frozen month")
        parser.add_argument("--because", default="", help="why the correction is made")

    def handle(self, *, month, province, name, because, **options):
        now = timezone.now()
        day = _month(month) if month else month_before(timezone.localdate(now))
        for division in _provinces(province):
            try:
                run = review_month(
                    province=division, month=day, name=name, because=because, by=None, at=now
                )
            except Refused as refusal:
                raise CommandError(str(refusal)) from None
            counts = ", ".join(f"{key} {value}" for key, value in sorted(run.counts.items()))
            self.stdout.write(f"{division.name} {run}: {run.policy}, {counts or 'no households'}")


def _month(text):
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise CommandError("--month takes YYYY-MM, for instance 2020-06.") from None


def _provinces(code):
    provinces = Division.objects.filter(level=Level.PROVINCE)
    if code:
        provinces = provinces.filter(code=code.ljust(12, "0"))
    else:
        provinces = provinces.filter(id__in=Household.objects.values("province").distinct())
    if not provinces:
        raise CommandError("There is no province with households. Load divisions and households.")
    return provinces
