import re
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.refusals import Refused
from reports.bulletin.acts import compose
from reports.bulletin.documents import docx_of, pdf_of, xlsx_of
from reports.models import Rollup

WRITERS = {"docx": docx_of, "pdf": pdf_of, "xlsx": xlsx_of}


class Command(BaseCommand):
    help = "Writes the bulletin of a quarter as .docx, .pdf and .xlsx; composes it when it is new."

    def add_arguments(self, parser):
        parser.add_argument("--quarter", required=True, help="for instance 2020Q2")
        parser.add_argument("--province", default="", help="code or its beginning: 34")
        parser.add_argument("--output", required=True, help="a directory")

    def handle(self, *, quarter, province, output, **options):
        found = re.fullmatch(r"(\d{4})Q([1-4])", quarter)
        if not found:
            raise CommandError("--quarter takes YEARQn, for instance 2020Q2.")
        first = date(int(found[1]), int(found[2]) * 3 - 2, 1)
        try:
            bulletin = compose(
                province=_province(province), quarter=first, by=None, at=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        folder = Path(output)
        folder.mkdir(parents=True, exist_ok=True)
        for ending, writer in WRITERS.items():
            path = folder / f"bulletin-{quarter}.{ending}"
            path.write_bytes(writer(bulletin))
            self.stdout.write(str(path))


def _province(code):
    if code:
        found = Division.objects.filter(level=Level.PROVINCE, code=code.ljust(12, "0")).first()
    else:
        ids = Rollup.objects.filter(division__level=Level.PROVINCE).values("division").distinct()
        found = Division.objects.filter(id__in=ids).first()
    if found is None:
        raise CommandError("No province has figures: review its months first.")
    return found
