"""The empty workbook for the people of an action."""

from io import BytesIO

import xlsxwriter

from assistance.groups.workbook import IDENTITY, NAME, NUMBER

ROWS = 2000


def template_file():
    """Its columns are text, so that Excel leaves every number as it is."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet()
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1})
    for at, (words, width) in enumerate(((NUMBER, 24), (NAME, 14), (IDENTITY, 24))):
        sheet.set_column(at, at, width, text)
        sheet.write_string(0, at, words, bold)
    sheet.freeze_panes(1, 0)
    book.close()
    return held.getvalue()
