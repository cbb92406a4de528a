from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Division
from monitoring.models import FlagLine, Run
from reports.red_flags import filtered
from reports.workbook import write_report


class Command(BaseCommand):
    help = "Writes the red-flag report of a month as .xlsx. Whoever may run this may see all rows."

    def add_arguments(self, parser):
        parser.add_argument("--month", required=True, help="YYYY-MM")
        parser.add_argument("--division", default="", help="code or its beginning: 34, 3415")
        parser.add_argument("--name", default="", help="a correction's name")
        parser.add_argument("--output", required=True, help="FILE.xlsx")

    def handle(self, *, month, division, name, output, **options):
        try:
            day = datetime.strptime(month, "%Y-%m").date()
        except ValueError:
            raise CommandError("--month takes YYYY-MM, for instance 2020-06.") from None
        place = _place(division)
        runs = Run.objects.frozen().filter(month=day, name=name).select_related("policy")
        if place:
            runs = runs.filter(province=place.province_id)
        run = runs.first()
        if run is None:
            raise CommandError(f"{month} is not reviewed yet: run monthly_review first.")
        place = place or run.province
        rows = filtered(FlagLine.objects.filter(run=run), {}, place)
        count = write_report(str(Path(output)), lines=rows, run=run, place=place.full_name)
        self.stdout.write(f"{count} households in {output}")


def _place(code):
    if not code:
        return None
    place = Division.objects.filter(code=code.ljust(12, "0")).first()
    if place is None:
        raise CommandError(f"No division has the code {code}.")
    return place
