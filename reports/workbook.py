"""The red-flag report as a workbook: streamed, so that memory stays flat at any length.

XlsxWriter makes the file with its head, formats, filter and widths; the rows, which are nearly all
of the work, are written into its sheet as text by us: a quarter of the time.
"""

import re
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from reports.red_flags import COLUMNS, division_names, with_sentences

CHUNK = 2000
HEADER_ROW = 2  # counted from 0: two title rows stand above, as in the national exports
FIRST = HEADER_ROW + 2  # the first row of households, counted from 1
SHEET = "xl/worksheets/sheet1.xml"
EPOCH = date(1899, 12, 30)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NAMES = [xl_col_to_name(at) for at in range(len(COLUMNS))]


def write_report(path, *, lines, run, place, progress=lambda done: None):
    """Writes ``lines`` (a queryset) to ``path``; ``progress`` is told the rows done.

    Every text is a text cell: an ID keeps its digits, and nothing that a person typed can become a
    formula.
    """
    count = lines.count()
    shell = _shell(run, place, count)
    before, styles, after = _parted(shell.read(SHEET).decode(), count)
    done = 0
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for name in shell.namelist():
            if name != SHEET:
                book.writestr(name, shell.read(name))
        with book.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(before.encode())
            words = _Said()
            for chunk in _chunks(lines, run):
                rows = (_row(FIRST + done + n, line, styles, words) for n, line in enumerate(chunk))
                sheet.write("".join(rows).encode())
                done += len(chunk)
                progress(done)
            sheet.write(after.encode())
    return done


def _chunks(lines, run):
    """The lines in order with their sentences, a chunk at a time by key."""
    names, last = division_names(), None
    lines = lines.order_by("county_id", "id")
    while True:
        rows = lines if last is None else lines.filter(_after(last))
        chunk = with_sentences(rows[:CHUNK], run)
        for line in chunk:
            line.names = names
        yield chunk
        if len(chunk) < CHUNK:
            return
        last = chunk[-1]


def _after(line):
    return Q(county_id__gt=line.county_id) | Q(county_id=line.county_id, id__gt=line.id)


def _shell(run, place, count):
    """The workbook without its rows, but for one that shows the numbers of the formats."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("red-flag report"))
    bold = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1, "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 16})
    words = _("Red-flag report %(month)s, %(place)s") % {"month": run.label, "place": place}
    sheet.write_string(0, 0, words, title)
    words = _("data as of %(day)s, policy version %(policy)s")
    sheet.write_string(1, 0, words % {"day": f"{run.as_of:%Y-%m-%d}", "policy": run.policy.name})
    for at, column in enumerate(COLUMNS):
        sheet.write_string(HEADER_ROW, at, str(column.words), bold)
        sheet.set_column(at, at, column.width)
    text = {"num_format": "@", "valign": "top"}
    day = {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}
    for at, form in enumerate((text, day, {"valign": "top"})):
        sheet.write_blank(FIRST - 1, at, None, book.add_format(form))
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(count, 1), len(COLUMNS) - 1)
    sheet.freeze_panes(HEADER_ROW + 1, 7)
    sheet.set_landscape()
    sheet.repeat_rows(HEADER_ROW)
    sheet.fit_to_pages(1, 0)
    book.close()
    return ZipFile(held)


def _parted(xml, count):
    """-> what stands before the rows, the numbers of the three formats, what stands after."""
    before, rest = xml.split(f'<row r="{FIRST}"', 1)
    sample, after = rest.split("</sheetData>", 1)
    corner = f'<dimension ref="A1:{NAMES[-1]}{FIRST - 1 + max(count, 1)}"/>'
    before = re.sub(r"<dimension [^>]*/>", corner, before)
    return before, re.findall(r' s="(\d+)"', sample), f"</sheetData>{after}"


class _Said(dict):
    """Words still to be translated, each looked up once for the workbook.

    By identity: comparing them would translate them again. They are constants and stay where
    they are.
    """

    def of(self, words):
        if id(words) not in self:
            self[id(words)] = escape(str(words))
        return self[id(words)]


def _row(number, line, styles, words):
    text, day, plain = styles
    cells = [f'<row r="{number}">']
    for name, column in zip(NAMES, COLUMNS, strict=True):
        value = column.value(line)
        if isinstance(value, Promise):
            written = words.of(value)
        elif isinstance(value, str):
            written = escape(NOT_XML.sub("", value)) if value else ""
        else:
            written = ""
            if isinstance(value, date):
                cells.append(f'<c r="{name}{number}" s="{day}"><v>{(value - EPOCH).days}</v></c>')
            elif value is not None:
                cells.append(f'<c r="{name}{number}" s="{plain}"><v>{value}</v></c>')
        if written:
            cells.append(
                f'<c r="{name}{number}" s="{text}" t="inlineStr">'
                f'<is><t xml:space="preserve">{written}</t></is></c>'
            )
    cells.append("</row>")
    return "".join(cells)
