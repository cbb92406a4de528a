"""Native charts in a Word document: a DrawingML part with the workbook that its numbers stand in.

python-docx writes no charts; the part is put beside its own (ECMA-376, 21.2). An office edits the
numbers by a double click, as in any chart of its own.
"""

from io import BytesIO

import xlsxwriter
from django.template.loader import render_to_string
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

from monitoring.papers.word_documents import FANG, LATIN
from reports.bulletin.charts import BARS, OUTLINE
from reports.figures.table import SHARE

ROWS, ROOM = {1: 5, 2: 7}, 12  # mm: of a name with so many bars; above and below them
LINE_HEIGHT = 46  # mm
INLINE = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{number}" name="chart {number}"/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart r:id="{part}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


def add_chart(document, paragraph, chart, number, width):
    """Draws ``chart`` in ``paragraph``, ``width`` mm wide; ``number`` is its own in the document.

    The paragraph's lines must not be of a fixed height.
    """
    package = document.part.package
    uri = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(uri, CONTENT_TYPE.DML_CHART, _xml(chart), package)
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, _book(chart),
        package,
    )  # fmt: skip
    part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    rows = len(chart.names) * ROWS[len(chart.series)]
    height = rows + ROOM if chart.kind == BARS else LINE_HEIGHT
    run = parse_xml(INLINE.format(
        width=Mm(width), height=Mm(min(height, 220)), number=number,
        part=document.part.relate_to(part, RELATIONSHIP_TYPE.CHART),
    ))  # fmt: skip
    run.find(".//{*}docPr").set("descr", chart.said)
    paragraph._p.append(run)


def _xml(chart):
    series = [
        {"column": "BCDE"[n], "words": one.words, "numbers": one.numbers, "fill": one.fill,
         "format": one.number_format}
        for n, one in enumerate(chart.series)
    ]  # fmt: skip
    context = {
        "bars": chart.kind == BARS,
        "series": series,
        "names": chart.names,
        "last": len(chart.names) + 1,
        "share": chart.unit == SHARE,
        "outline": OUTLINE,
        "latin": LATIN,
        "face": FANG,
    }
    return render_to_string("reports/bulletin/chart.xml", context).encode()


def _book(chart):
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        write_numbers(book, book.add_worksheet("Sheet1"), chart)
    return file.getvalue()


def write_numbers(book, sheet, chart, first=0):
    """Names in the first column, a column for each series; ``first``: the row of the heads."""
    for column, one in enumerate(chart.series, start=1):
        sheet.write_string(first, column, one.words)
        style = book.add_format({"num_format": one.number_format})
        for at, number in enumerate(one.numbers, start=first + 1):
            if number is not None:
                sheet.write_number(at, column, number, style)
    for at, name in enumerate(chart.names, start=first + 1):
        sheet.write_string(at, 0, name)
