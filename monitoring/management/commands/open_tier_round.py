from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Division
from accounts.refusals import Refused
from monitoring.tiers.rounds import open_tier_rounds, round_month


class Command(BaseCommand):
    help = "Opens the half-yearly tier division in each county, or brings it up to date."

    def add_arguments(self, parser):
        parser.add_argument("--month", help="YYYY-04 or YYYY-10; the latest one when absent")
        parser.add_argument("--division", default="34", help="first digits of a code, 341524")

    def handle(self, *, month, division, **options):
        now = timezone.now()
        day = _month(month) if month else round_month(timezone.localdate(now))
        place = Division.objects.filter(code=division.ljust(12, "0")).first()
        if place is None:
            raise CommandError(f"There is no division {division}.")
        try:
            rounds = open_tier_rounds(division=place, month=day, by=None, at=now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        for made in rounds:
            self.stdout.write(f"{made.county.name} {made}: {made.lines.counted().count()}")


def _month(text):
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise CommandError("--month takes YYYY-MM, for instance 2020-04.") from None
