"""A workbook of one sheet, streamed: memory stays flat at any length.

XlsxWriter makes the file with its head, formats, filter and widths; the rows, which are nearly all
of the work, are written into its sheet as text by us: a quarter of the time.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from django.utils.functional import Promise
from xlsxwriter.utility import xl_col_to_name

HEADER_ROW = 2  # counted from 0: two title rows stand above, as in the national exports
FIRST = HEADER_ROW + 2  # the first row of households, counted from 1
XML = "xl/worksheets/sheet1.xml"
EPOCH = date(1899, 12, 30)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Sheet:
    """``columns`` have words, width (characters) and value (of a row): text, perhaps still to be
    translated, a number, a day, or None. ``frozen``: how many columns stay in sight."""

    name: str
    title: str
    subtitle: str
    columns: tuple
    frozen: int = 0


def write_sheet(path, sheet, *, count, chunks, progress=lambda done: None):
    """Writes ``count`` rows, which come as lists, to ``path``; ``progress`` is told the rows done.

    Every text is a text cell: an ID keeps its digits, and nothing that a person typed can become a
    formula.
    """
    columns = [(xl_col_to_name(at), column) for at, column in enumerate(sheet.columns)]
    shell = _shell(sheet, count)
    before, styles, after = _parted(shell.read(XML).decode(), columns[-1][0], count)
    done, words = 0, _Said()
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for name in shell.namelist():
            if name != XML:
                book.writestr(name, shell.read(name))
        with book.open(XML, "w", force_zip64=True) as written:
            written.write(before.encode())
            for chunk in chunks:
                rows = (
                    _row(FIRST + done + n, line, columns, styles, words)
                    for n, line in enumerate(chunk)
                )
                written.write("".join(rows).encode())
                done += len(chunk)
                progress(done)
            written.write(after.encode())
    return done


def _shell(sheet, count):
    """The workbook without its rows, but for one that shows the numbers of the formats."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1, "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 16})
    page.write_string(0, 0, sheet.title, title)
    page.write_string(1, 0, sheet.subtitle)
    for at, column in enumerate(sheet.columns):
        page.write_string(HEADER_ROW, at, str(column.words), bold)
        page.set_column(at, at, column.width)
    text = {"num_format": "@", "valign": "top"}
    day = {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}
    for at, form in enumerate((text, day, {"valign": "top"})):
        page.write_blank(FIRST - 1, at, None, book.add_format(form))
    page.autofilter(HEADER_ROW, 0, HEADER_ROW + max(count, 1), len(sheet.columns) - 1)
    page.freeze_panes(HEADER_ROW + 1, sheet.frozen)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(HEADER_ROW)
    page.fit_to_pages(1, 0)
    book.close()
    return ZipFile(held)


def _parted(xml, last, count):
    """-> what stands before the rows, the numbers of the three formats, what stands after."""
    before, rest = xml.split(f'<row r="{FIRST}"', 1)
    sample, after = rest.split("</sheetData>", 1)
    corner = f'<dimension ref="A1:{last}{FIRST - 1 + max(count, 1)}"/>'
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


def _row(number, line, columns, styles, words):
    text, day, plain = styles
    cells = [f'<row r="{number}">']
    for name, column in columns:
        value = column.value(line)
        if isinstance(value, Promise):
            written = words.of(value)
        elif isinstance(value, str):
            written = escape(NOT_XML.sub("", value)) if value else ""
        else:
            written = ""
            if isinstance(value, date):
                cells.append(f'<c r="{name}{number}" s="{day}"><v>{(value - EPOCH).days}</v></c>')
            elif isinstance(value, int | float | Decimal):
                cells.append(f'<c r="{name}{number}" s="{plain}"><v>{value}</v></c>')
        if written:
            cells.append(
                f'<c r="{name}{number}" s="{text}" t="inlineStr">'
                f'<is><t xml:space="preserve">{written}</t></is></c>'
            )
    cells.append("</row>")
    return "".join(cells)
