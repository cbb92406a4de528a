"""A bulletin as Word document (GB/T 9704-2012) and as workbook; the PDF is the printed page.

The Word file is the official product: it names the faces that an office's computer has. Words on
paper are in the language of the house, whoever asks.
"""

from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from accounts.models.divisions import Level
from monitoring.papers.blocks import Sheet
from monitoring.papers.word_documents import (
    BODY,
    CELL,
    CENTRE,
    FANG,
    HEI,
    LEFT,
    RIGHT,
    SMALL,
    SONG,
    TITLE,
    Writer,
    fill,
    repeat,
)
from reports.bulletin import tables
from reports.bulletin.charts import charts_of
from reports.bulletin.composing import limits_words
from reports.bulletin.drawing import drawn
from reports.bulletin.sheet_charts import A4, add_charts
from reports.bulletin.word_charts import add_chart
from reports.figures import reading
from reports.figures.table import DAYS, SHARE, SHOWN

RED = RGBColor(0xC0, 0x00, 0x00)
HEAD_SIZE = 28  # pt
CSS = Path(__file__).with_name("paper.css")


def words_of(bulletin):
    """Everything that stands on the paper, in the language of the house."""
    with override(settings.LANGUAGE_CODE):
        issued = bulletin.issued_at
        return {
            "letterhead": _("%(province)s: bulletin on watching against return to poverty")
            % {"province": bulletin.province.name},
            "number": number_of(bulletin),
            "title": bulletin.title,
            "to": _("To all cities and counties:"),
            "body": [(heading, text.splitlines()) for heading, text in bulletin.body],
            "annexes": tables.annexes(bulletin.figures),
            "drawings": [drawn(chart) for chart in charts_of(bulletin.figures)],
            "limits": _("A county is named where %(limits)s.") % {"limits": limits_words()},
            "signed": bulletin.province.name,
            "day": _day(localdate(issued)) if issued else "",
            "issued": _("Issued on %(day)s") % {"day": _day(localdate(issued))} if issued else "",
        }


def number_of(bulletin):
    if not bulletin.number:
        return _("draft, not issued")
    return _("Bulletin [%(year)d] No. %(number)d") % {
        "year": localdate(bulletin.issued_at).year,
        "number": bulletin.number,
    }


def _day(day):
    return _("%(year)d-%(month)d-%(day)d") % {"year": day.year, "month": day.month, "day": day.day}


def docx_of(bulletin):
    words = words_of(bulletin)
    sheet = Sheet(words["title"], words["number"], "", [])
    return _Bulletin(sheet, bulletin.issued_at or bulletin.composed_at).of(words)


class _Bulletin(Writer):
    def of(self, words):
        head = self.paragraph(words["letterhead"], SONG, HEAD_SIZE, CENTRE, line=48)
        head.runs[0].font.color.rgb = RED
        self.paragraph(words["number"], FANG, BODY, CENTRE)
        _line(self.paragraph("", FANG, 6, CENTRE, line=8), "C00000", 12)
        self.paragraph(words["title"], SONG, TITLE, CENTRE, line=36, after=14)
        self.paragraph(words["to"], FANG, BODY, LEFT)
        for heading, lines in words["body"]:
            self.paragraph(heading, HEI, BODY, LEFT, indent=2, keep=True)
            for line in lines:
                self.paragraph(line, FANG, BODY, LEFT, indent=2)
        *above, last = [title for title, _head, _rows in words["annexes"]]
        for title in above:
            self.paragraph(title, FANG, BODY, LEFT, indent=2)
        self.paragraph(last, FANG, BODY, LEFT, indent=2, after=14)
        self.paragraph(words["signed"], FANG, BODY, RIGHT)
        self.paragraph(words["day"], FANG, BODY, RIGHT, after=14)
        if words["issued"]:
            _line(self.paragraph(words["issued"], FANG, 14, LEFT), "000000", 8)
        for title, head, rows in words["annexes"]:
            self._annex(title, head, rows)
        self._drawings(words)
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _annex(self, title, head, rows):
        self.document.add_page_break()
        self.paragraph(title, HEI, BODY, LEFT, after=8)
        table = self.table_of([3] + [2] * (len(head) - 1))
        top = table.add_row()
        repeat(top)
        for cell, words in zip(top.cells, head, strict=True):
            fill(cell, words, HEI, CENTRE, SMALL)
        for row in rows:
            for n, (cell, words) in enumerate(zip(table.add_row().cells, row, strict=True)):
                fill(cell, words, FANG, RIGHT if n else LEFT, SMALL)
        self.finish(table)

    def _drawings(self, words):
        self.paragraph(words["limits"], FANG, CELL, LEFT, line=18)
        for number, drawing in enumerate(words["drawings"], start=1):
            title = self.paragraph(drawing.chart.title, HEI, BODY, LEFT, after=6, keep=True)
            title.paragraph_format.page_break_before = number == 1
            picture = self.paragraph("", FANG, BODY, CENTRE, after=10)
            picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            add_chart(self.document, picture, drawing.chart, number, self.type.width)


def _line(paragraph, colour, size):
    """A line under the paragraph, in eighths of a point."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "1"), ("color", colour)):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)
    paragraph.paragraph_format.space_after = Pt(12)


def html_of(bulletin):
    with override(settings.LANGUAGE_CODE):
        return render_to_string("reports/bulletin/paper.html", words_of(bulletin))


def pdf_of(bulletin):
    from weasyprint import HTML  # loads Pango, which only a PDF needs

    html = HTML(string=html_of(bulletin), base_url=str(CSS.parent))
    return html.write_pdf(stylesheets=[CSS])


def xlsx_of(bulletin):
    """Every figure of every place with numerator and denominator, and the charts."""
    file = BytesIO()
    with override(settings.LANGUAGE_CODE):
        book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {SHARE: book.add_format({"num_format": "0.0%"}),
                   DAYS: book.add_format({"num_format": "0.0"})}  # fmt: skip
        shown = [figure for figure in SHOWN if figure.compared]
        for level, name in ((Level.CITY, _("cities")), (Level.COUNTY, _("counties"))):
            _sheet(book, name, bulletin, level, shown, bold, formats)
        add_charts(book, charts_of(bulletin.figures))
        book.close()
    return file.getvalue()


def _sheet(book, name, bulletin, level, shown, bold, formats):
    sheet = book.add_worksheet(str(name))
    sheet.write_string(0, 0, bulletin.title, bold)
    sheet.freeze_panes(3, 2)
    heads = [str(_("code")), str(_("division"))]
    for figure in shown:
        heads.append(str(figure.words))
        if figure.divided:
            heads += [str(_("counted")), str(_("of"))]
    for column, words in enumerate(heads):
        sheet.write_string(2, column, words, bold)
        sheet.set_column(column, column, 18 if column < 2 else 11)
    places = [
        place for place in bulletin.figures["places"] if place["level"] in (Level.PROVINCE, level)
    ]
    for at, place in enumerate(places, start=3):
        sheet.write_string(at, 0, place["code"])
        sheet.write_string(at, 1, place["name"])
        column = 2
        for figure in shown:
            value = reading.value_of(figure, place["values"])
            if value.number is not None:
                sheet.write_number(at, column, value.number, formats.get(figure.unit))
            column += 1
            if figure.divided:
                sheet.write_number(at, column, value.n)
                sheet.write_number(at, column + 1, value.of or 0)
                column += 2
    sheet.autofilter(2, 0, 2 + len(places), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(0, 2)
    sheet.repeat_columns(0, 1)
