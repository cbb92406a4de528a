"""Townships' lists of closing requests: their page, their cover sheet, its scan for all cases."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from monitoring.cases.casework import consolidate
from monitoring.models import Case
from tests.cast import NOW
from tests.monitoring.chains import make_ready, opened, refreshed
from tests.monitoring.test_paper_files import SCAN


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def made(cast):
    return list_of(cast, 2)


def list_of(cast, households):
    cases = []
    for _number in range(households):
        case = refreshed(opened(cast, "closing_edge", by=cast.township))
        make_ready(cast, case, cast.township)
        cases.append(refreshed(case))
    return consolidate([(case, case.version) for case in cases], by=cast.township, at=NOW)


@pytest.mark.parametrize("role", ["township", "county", "city", "province"])
def test_the_levels_above_the_village_see_it(cast, client, made, role):
    client.force_login(getattr(cast, role).officer)
    assert made.number in client.get(reverse("consolidations")).content.decode()
    page = client.get(reverse("consolidation", args=[made.pk])).content.decode()
    for case in made.cases.all():
        assert case.number in page
    printed = client.get(reverse("consolidation_print", args=[made.pk])).content.decode()
    assert all(case.number in printed for case in made.cases.all())


def test_others_do_not(cast, client, made):
    for post in (cast.stranger, cast.next_township, cast.other_city):
        client.force_login(post.officer)
        assert made.number not in client.get(reverse("consolidations")).content.decode()
        for name in ("consolidation", "consolidation_print", "consolidation_docx"):
            assert client.get(reverse(name, args=[made.pk])).status_code == 404
    for post in (cast.village, cast.assigned, cast.post("administrator", "340000000000")):
        client.force_login(post.officer)
        assert client.get(reverse("consolidations")).status_code == 403
        assert client.get(reverse("consolidation", args=[made.pk])).status_code == 404


def test_the_cover_sheet_as_word_lists_the_households(cast, client, made):
    client.force_login(cast.county.officer)
    answer = client.get(reverse("consolidation_docx", args=[made.pk]))
    document = Document(io.BytesIO(b"".join(answer)))
    words = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {case.number for case in made.cases.all()} <= set(words)
    assert any(made.number in paragraph.text for paragraph in document.paragraphs)


def put_cover(client, made):
    file = SimpleUploadedFile("封面.pdf", SCAN)
    return client.post(reverse("consolidation", args=[made.pk]), {"file": file})


def test_the_county_puts_the_cover_to_all_cases_at_once(cast, client, made):
    client.force_login(cast.county.officer)
    assert put_cover(client, made).status_code == 302
    for case in made.cases.all():
        paper = case.papers.get(kind="cover")
        assert paper.file.read() == SCAN
    assert put_cover(client, made).status_code == 302  # the same file once more changes nothing
    assert Case.objects.get(pk=made.cases.first().pk).papers.count() == 1


def test_who_has_none_of_its_cases_on_the_desk_puts_nothing(cast, client, made):
    client.force_login(cast.city.officer)
    assert put_cover(client, made).status_code == 422
    assert not any(case.papers.exists() for case in made.cases.all())


def test_a_wrong_file_is_refused_on_the_page(cast, client, made):
    client.force_login(cast.county.officer)
    file = SimpleUploadedFile("封面.docx", b"PK\x03\x04" + b"0" * 30)
    answer = client.post(reverse("consolidation", args=[made.pk]), {"file": file})
    assert answer.status_code == 422
    assert "封面.docx" in answer.content.decode()


def test_its_queries_do_not_grow_with_its_households(cast, client, made):
    client.force_login(cast.county.officer)
    for name in ("consolidation", "consolidation_print"):
        few, many = (queries(client, name, one) for one in (made, list_of(cast, 4)))
        assert few == many, name


def queries(client, name, made):
    address = reverse(name, args=[made.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
