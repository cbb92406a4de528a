"""Rows with a trouble: kept with who is meant sealed, for the workbook of who brought them."""

import io
from itertools import islice

import xlsxwriter
from django.utils.translation import gettext as _

from accounts.protected import mask_identity
from feeds.kinds import ID, NAME
from feeds.matching import SQL
from feeds.models.uploads import sealed_person
from households.national.errors_workbook import PLUM
from households.national.identifiers import bare, by_excel
from households.national.values import escape, tidy

MOST = 200_000
LONGEST = 60  # of a number or a name that is no number or name


def keep_troubles(cursor, upload, rows, header):
    """Writes the troubles of the upload, the first ``MOST`` rows of them, from ``rows``."""
    cursor.execute(f"SELECT DISTINCT row FROM staged_trouble ORDER BY row LIMIT {MOST}")
    wanted = {row for (row,) in cursor.fetchall()}
    if not wanted:
        return
    cursor.execute("CREATE TEMP TABLE meant (row int, person text, masked varchar) ON COMMIT DROP")
    at_id = header.index(upload.columns[ID.field])
    at_name = header.index(upload.columns[NAME.field])
    lines = io.StringIO()
    for row, cells in _rows_at(rows, wanted):
        number, name = (_cell(cells, place) for place in (at_id, at_name))
        lines.write(f"{row}\t{escape(sealed_person(number, name))}\t{escape(_masked(number))}\n")
    lines.seek(0)
    cursor.copy_expert("COPY meant FROM STDIN", lines)
    cursor.execute((SQL / "troubles.sql").read_text(), {"upload_id": upload.pk})


def _rows_at(rows, wanted):
    """(number, cells) of the rows ``wanted`` (a set of numbers)."""
    if getattr(rows, "plain", False):  # a line is a row: the others need not be parted
        with rows.path.open("rb") as file:
            for number, line in enumerate(islice(file, max(wanted)), 1):
                if number in wanted:
                    yield number, line.decode(rows.encoding).rstrip("\r\n").split(rows.delimiter)
        return
    for first, chunk, _share in rows.chunks():
        for number, row in enumerate(chunk, first):
            if number in wanted:
                yield number, row


def _cell(cells, place):
    return " ".join(tidy(cells[place]).split())[:LONGEST] if place < len(cells) else ""


def _masked(number):
    number = bare(number)
    return number[:24] if by_excel(number) else mask_identity(number)[:24] if number else ""


def write_workbook(upload, target):
    """The troubles as a workbook, every cell text and none a formula; full numbers."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"num_format": "@", "bold": True, "bg_color": "#F6F8FA"})
        bad = book.add_format({"num_format": "@", **PLUM})
        sheet = book.add_worksheet("核对清单")
        for column, width in enumerate((8, 22, 12, 16, 18, 60)):
            sheet.set_column(column, column, width, text)
        sheet.freeze_panes(1, 0)
        titles = (_("Row"), _("Resident ID"), _("Name"), _("Column"), _("Value"), _("Reason"))
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, head)
        troubles = upload.troubles.order_by("row", "id").iterator(chunk_size=5000)
        for line, trouble in enumerate(islice(troubles, 1_000_000), start=1):
            number, name = trouble.open_person()
            cells = (number, name, trouble.column, trouble.value)
            sheet.write_string(line, 0, str(trouble.row), text)
            for column, cell in enumerate(cells, start=1):
                sheet.write_string(line, column, cell, bad if column == 4 and cell else text)
            sheet.write_string(line, 5, trouble.sentence, text)
