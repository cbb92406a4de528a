"""The refused rows as a workbook that can be mended and loaded again.

Original columns in their order under the original header, one more column with the reasons, bad
cells coloured. Every cell is text and none a formula, so it opens in Excel and WPS as it is.
"""

import xlsxwriter
from django.utils.translation import gettext as _

from households.models import Refusal
from households.national import header, reading
from households.national.keeping import opened
from households.national.words import REASON_COLUMN as REASONS
from households.national.words import plain_header

PLUM = {"bg_color": "#F6EAF8", "font_color": "#6B2C7E", "border": 1, "border_color": "#B98CC4"}


def write(imported, target):
    """Writes the workbook to ``target``, a path or a file open for bytes."""
    refused = _by_row(imported)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with opened(imported.file) as path:
        rows = reading.open_rows(path, imported.file_name)
        try:
            found = header.find(rows.head(), imported.file_name)
            with xlsxwriter.Workbook(str(target) if hasattr(target, "joinpath") else target,
                                     options) as book:  # fmt: skip
                _fill(book, rows, found, refused, imported)
        finally:
            rows.close()


def _by_row(imported):
    found = {}
    for refusal in Refusal.objects.filter(of_import=imported).iterator():
        found.setdefault(refusal.row, []).append((refusal.column, refusal.sentence))
    return found


def _fill(book, rows, found, refused, imported):
    text = book.add_format({"num_format": "@"})
    bad = book.add_format({"num_format": "@", **PLUM})
    head = book.add_format({"num_format": "@", "bold": True, "bg_color": "#F6F8FA", "border": 1})
    sheet = book.add_worksheet("错误清单")
    names = [name for name in found.names if plain_header(name) != REASONS]
    width = len(names)
    sheet.set_column(0, width - 1, 14, text)
    sheet.set_column(width, width, 60, text)
    sheet.freeze_panes(3, 0)
    sheet.write_string(0, 0, _("Rows not taken from %(file)s") % {"file": imported.file_name}, text)
    sheet.write_string(1, 0, f"导出时间：{imported.exported_on.isoformat()}", text)
    for column, name in enumerate([*names, REASONS]):
        sheet.write_string(2, column, name, head)
    kept = [i for i, name in enumerate(found.names) if plain_header(name) != REASONS]
    line = 3
    for at, row in _wanted(rows, refused):
        faults = refused[at]
        columns = {column for column, _sentence in faults}
        for place, index in enumerate(kept):
            value = row[index] if index < len(row) else ""
            style = bad if names[place][:60] in columns else text
            sheet.write_string(line, place, value, style)
        said = [f"{column}：{why}" if column else why for column, why in faults]
        sheet.write_string(line, width, "\n".join(said)[:32_000], text)
        line += 1


def _wanted(rows, refused):
    for first, chunk, _share in rows.chunks():
        for offset, row in enumerate(chunk):
            if first + offset in refused:
                yield first + offset, row
