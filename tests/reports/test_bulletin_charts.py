"""The charts of a bulletin: the same numbers in Word, PDF, workbook and on screen."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from lxml import etree

from reports.bulletin import charts, documents, drawing
from reports.models import Bulletin
from tests.reports.test_bulletins import composed, counted  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
NS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
FLAGS = {"红色标注在册": [14.0], "红色标注超期": [2.0]}
MONTHS = ["2020-04", "2020-05", "2020-06"]


@pytest.fixture
def bulletin(cast, counted):  # noqa: F811
    return composed(cast)


def drawn_in(xml):
    """Names, and series -> numbers, of a chart part."""
    root = etree.fromstring(xml)
    names = root.xpath("(//c:cat)[1]//c:pt/c:v/text()", namespaces=NS)
    series = {}
    for one in root.xpath("//c:ser", namespaces=NS):
        (words,) = one.xpath("c:tx//c:v/text()", namespaces=NS)
        series[words] = [float(n) for n in one.xpath("c:val//c:pt/c:v/text()", namespaces=NS)]
    return names, series


def test_word_has_native_charts_with_their_workbooks(bulletin):
    file = BytesIO(documents.docx_of(bulletin))
    document = Document(file)
    parts = sorted(
        (rel.target_part for rel in document.part.rels.values() if "chart" in rel.reltype),
        key=lambda part: part.partname,
    )
    assert len(parts) == 4
    names, series = drawn_in(parts[0].blob)
    assert names == ["六安市"] and series == FLAGS
    names, series = drawn_in(parts[2].blob)
    assert names == MONTHS and series["新增红色标注"] == [5.0, 6.0, 7.0]
    for part in parts:
        (book,) = [rel.target_part for rel in part.rels.values()]
        sheet = openpyxl.load_workbook(BytesIO(book.blob)).active
        names, series = drawn_in(part.blob)
        rows = list(sheet.iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == names
        for column, (words, numbers) in enumerate(series.items(), start=1):
            assert rows[0][column] == words
            assert [row[column] for row in rows[1:] if row[column] is not None] == numbers
    kinds = ZipFile(file).read("[Content_Types].xml").decode()
    assert kinds.count("drawingml.chart+xml") == 4


def test_every_bar_carries_its_number_and_reads_without_colour(bulletin):
    parts = [
        rel.target_part.blob
        for rel in Document(BytesIO(documents.docx_of(bulletin))).part.rels.values()
        if "chart" in rel.reltype
    ]
    for blob in parts:
        root = etree.fromstring(blob)
        series = root.xpath("//c:ser", namespaces=NS)
        assert len(root.xpath("//c:dLbls/c:showVal[@val='1']", namespaces=NS)) == len(series)
        (face,) = root.xpath("//c:txPr//a:ea/@typeface", namespaces=NS)
        assert face == "仿宋_GB2312"
    assert brightness(charts.FILLS[0]) - brightness(charts.FILLS[1]) > 120


def brightness(fill):
    red, green, blue = (int(fill[n : n + 2], 16) for n in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue


def test_the_workbook_has_native_charts_beside_their_numbers(bulletin):
    file = BytesIO(documents.xlsx_of(bulletin))
    sheet = openpyxl.load_workbook(file).worksheets[2]
    cells = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    at = next(n for n, row in enumerate(cells) if row[0] == "六安市")
    assert cells[at][1:] == [14, 2] and cells[at - 1][1:] == list(FLAGS)
    parts = [name for name in ZipFile(file).namelist() if name.startswith("xl/charts/chart")]
    assert len(parts) == 4
    found = [drawn_in(ZipFile(file).read(name))[1] for name in sorted(parts)]
    assert [list(series) for series in found] == [
        list(FLAGS), ["红色标注在册"], ["新增红色标注", "红色标注消除"], ["按月走访完成率"],
    ]  # fmt: skip


def test_the_screen_and_the_pdf_draw_the_same(bulletin, cast, client):
    with override("zh-hans"):
        made = [drawing.drawn(chart) for chart in charts.charts_of(bulletin.figures)]
    assert [bar.number for bar in made[0].bars] == ["14", "2"]
    assert made[0].bars[0].width == pytest.approx(7 * made[0].bars[1].width, abs=0.5)
    assert [(mark.name, mark.number) for mark in made[1].marks] == [(m, "14") for m in MONTHS]
    assert made[3].bars[0].number == "82.5%"
    client.force_login(cast.province.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("bulletin", args=[bulletin.pk])).text
    paper = documents.html_of(bulletin)
    for words in ("82.5%", "2020-04", "红色标注超期"):
        assert words in page and words in paper
    assert page.count('<svg class="b-chart"') == paper.count('<svg class="b-chart"') == 4


def test_a_bulletin_of_earlier_days_has_the_charts_of_its_cities(bulletin, cast):
    figures = dict(bulletin.figures)
    del figures["lines"]
    Bulletin.objects.filter(pk=bulletin.pk).update(figures=figures)
    bulletin.refresh_from_db()
    assert len(charts.charts_of(bulletin.figures)) == 2
    assert documents.docx_of(bulletin)


def test_cells_of_the_annexes_lead_to_their_rows(bulletin, cast, client):
    client.force_login(cast.province.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("bulletin", args=[bulletin.pk]))
    wanted = "/figures/flags_opened/?month=2020-06&amp;division=341524000000&amp;span=quarter"
    assert wanted in page.text
    client.force_login(cast.city.officer, backend="django.contrib.auth.backends.ModelBackend")
    Bulletin.objects.filter(pk=bulletin.pk).update(state="shown")
    client.force_login(cast.other_city.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert wanted not in client.get(reverse("bulletin", args=[bulletin.pk])).text
