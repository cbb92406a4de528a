"""Files of departments, good and spoilt, and the ways that they take."""

import csv
import io
from datetime import date

import xlsxwriter
from django.utils import timezone

from feeds import uploading
from feeds.kinds import KINDS
from tests.households.faults import an_id

NOW = timezone.datetime(2020, 6, 25, 10, 0, tzinfo=timezone.get_fixed_timezone(480))
AS_OF = date(2020, 5, 31)
YEAR_BEGINS = date(2020, 1, 1)
COUNTY, NEXT_COUNTY = "341524000000", "341525000000"


def number_of(place, born="19800304"):
    """A resident ID by its place: 1, 2, 3 …"""
    return an_id(f"341524{born}{place:03d}")


def officer_of(cast, kind, code=COUNTY):
    """The post of the department in charge of a kind."""
    return cast.post("department", code, department=KINDS[kind].departments[0])


def as_csv(header, rows, titles=(), encoding="utf-8"):
    file = io.StringIO()
    csv.writer(file).writerows([*titles, header, *rows])
    return file.getvalue().encode(encoding)


def as_xlsx(header, rows, titles=()):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([*titles, header, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell)
    return file.getvalue()


def keep(content, kind, by, *, as_of=AS_OF, begins=None, name="数据.csv", at=NOW, at_once=False):
    return uploading.keep_upload(
        file=io.BytesIO(content),
        name=name,
        kind=KINDS[kind],
        as_of=as_of,
        begins=begins or (YEAR_BEGINS if KINDS[kind].period else None),
        by=by,
        at=at,
        at_once=at_once,
    )[0]


def silent(*_progress):
    pass


def take_in(upload, at=NOW):
    """What the job does, with the columns as they were proposed."""
    uploading.look(upload)
    uploading.load(upload, progress=silent, by=upload.asked_by.officer, at=at)
    upload.refresh_from_db()
    return upload


def feed(kind, header, rows, by, *, at=NOW, **options):
    """A file of a department, taken in."""
    return take_in(keep(as_csv(header.split(), rows), kind, by, at=at, **options), at=at)


def reasons(upload):
    return [(trouble.row, trouble.reason) for trouble in upload.troubles.all()]
