"""The red-flag report as a workbook: streamed, so that memory stays flat at any length."""

from datetime import date

import xlsxwriter
from django.db.models import Q
from django.utils.translation import gettext as _

from reports.red_flags import COLUMNS, division_names, with_sentences

CHUNK = 2000
HEADER_ROW = 2


def write_report(path, *, lines, run, place, progress=lambda done: None):
    """Writes ``lines`` (a queryset) to ``path``; ``progress`` is told the rows done.

    Every text is a text cell: an ID keeps its digits, and nothing that a person typed can become a
    formula.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet(_("red-flag report"))
    _head(book, sheet, run, place)
    text = book.add_format({"num_format": "@", "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    number = book.add_format({"valign": "top"})
    formats = (text, day, number)
    done = 0
    for done, line in enumerate(_told(lines, run), start=1):
        _row(sheet, HEADER_ROW + done, line, formats)
        if done % CHUNK == 0:
            progress(done)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(done, 1), len(COLUMNS) - 1)
    book.close()
    progress(done)
    return done


def _told(lines, run):
    """The lines in order with their sentences, a chunk at a time by key."""
    names, last = division_names(), None
    order = ("county_id", "id")
    lines = lines.order_by(*order)
    while True:
        rows = lines if last is None else lines.filter(_after(last))
        chunk = with_sentences(rows[:CHUNK], run)
        for line in chunk:
            line.names = names
        yield from chunk
        if len(chunk) < CHUNK:
            return
        last = chunk[-1]


def _after(line):
    return Q(county_id__gt=line.county_id) | Q(county_id=line.county_id, id__gt=line.id)


def _head(book, sheet, run, place):
    bold = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1, "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 16})
    sheet.write_string(
        0,
        0,
        _("Red-flag report %(month)s, %(place)s") % {"month": run.label, "place": place},
        title,
    )
    sheet.write_string(
        1,
        0,
        _("data as of %(day)s, policy version %(policy)s")
        % {"day": f"{run.as_of:%Y-%m-%d}", "policy": run.policy.name},
    )
    for at, column in enumerate(COLUMNS):
        sheet.write_string(HEADER_ROW, at, str(column.words), bold)
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(HEADER_ROW + 1, 7)
    sheet.set_landscape()
    sheet.repeat_rows(HEADER_ROW)
    sheet.fit_to_pages(1, 0)


def _row(sheet, at, line, formats):
    text, day, number = formats
    for column, spec in enumerate(COLUMNS):
        value = spec.value(line)
        if value is None or value == "":
            continue
        if isinstance(value, date):
            sheet.write_datetime(at, column, value, day)
        elif isinstance(value, int):
            sheet.write_number(at, column, value, number)
        else:
            sheet.write_string(at, column, value, text)
