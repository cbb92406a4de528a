"""Papers of a case on pages: put in, opened, taken out; printed with what is known, and as Word."""

import io

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from monitoring.cases import casework
from monitoring.cases import records as records
from monitoring.models import Paper
from monitoring.papers.prepared import PREPARED, prepared_for
from monitoring.procedures import PROCEDURES
from tests.cast import NOW, TODAY
from tests.monitoring.chains import officer_of, opened, refreshed, step_on, subject_of, walked
from tests.monitoring.test_paper_files import SCAN, photo

PHONE, ACCOUNT, IDENTITY = "13866496171", "6217794971895478440", "341524196803020042"
MASKED = "341524********0042"
HEALTH = ("大病", "慢性病", "残疾", "住院", "illness", "disab")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def family(cast, procedure, ill):
    """A household of which everything is known that a paper must not tell."""
    household = subject_of(cast, procedure)
    household.phone, household.bank_account = PHONE, ACCOUNT
    household.head_name, household.group_name = "余家旺", "河沿组"
    household.save()
    head = household.members.filter(relation="head").first() or cast.member(
        household, relation="head"
    )
    head.name, head.major_illness, head.resident_id = "余家旺", ill, IDENTITY
    head.save()
    return household


def case_of(cast, procedure, to=0):
    """Ill where the case stays at its first step: an illness without measures goes no further."""
    case = opened(cast, procedure, household=family(cast, procedure, ill=not to))
    return walked(cast, case, to=to) if to else refreshed(case)


def at(cast, client, case, **headers):
    """The client of the officer whose desk the case is on."""
    post = case.opened_by if case.step == 0 else officer_of(cast, case.household, case.at_step)
    client.force_login(post.officer)
    return post


def put(client, case, *uploads, kind="proof"):
    files = [SimpleUploadedFile(name, raw) for name, raw in uploads]
    return client.post(reverse("case_papers_add", args=[case.pk]), {"kind": kind, "files": files})


def text(answer):
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


@pytest.fixture
def closing(cast):
    return case_of(cast, "closing_exited")


def test_files_are_put_to_a_case_and_opened(cast, client, closing):
    at(cast, client, closing)
    assert put(client, closing, ("扫描.pdf", SCAN), ("门口.jpg", photo())).status_code == 302
    scan, picture = closing.papers.all()
    assert (scan.name, picture.name) == ("扫描.pdf", "门口.jpg")
    answer = client.get(reverse("case_paper", args=[picture.pk]))
    assert b"".join(answer).startswith(b"\xff\xd8\xff")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    answer = client.get(reverse("case_paper", args=[scan.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    page = client.get(reverse("case", args=[closing.pk]))
    assert "扫描.pdf" in text(page)
    assert reverse("case_paper", args=[scan.pk]) in text(page)


def test_of_several_files_the_good_ones_are_kept_and_the_others_named(cast, client, closing):
    at(cast, client, closing)
    answer = put(client, closing, ("扫描.pdf", SCAN), ("名单.xlsx", b"PK\x03\x04" + b"0" * 50))
    assert answer.status_code == 422
    assert "名单.xlsx" in text(answer)
    assert [paper.name for paper in closing.papers.all()] == ["扫描.pdf"]


def test_a_file_put_twice_is_one_paper_and_one_file(cast, client, closing, tmp_path):
    at(cast, client, closing)
    put(client, closing, ("扫描.pdf", SCAN))
    answer = put(client, closing, ("又一次.pdf", SCAN), ("门口.jpg", photo()))
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert told[-2:] == ["已添加 1 份材料。", "1 份原来就有。"]
    assert closing.papers.count() == 2
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 2


@pytest.mark.parametrize("data", [{}, {"kind": "poem"}, {"kind": "proof"}])
def test_without_files_or_kind_the_form_comes_back(cast, client, closing, data):
    at(cast, client, closing)
    answer = client.post(reverse("case_papers_add", args=[closing.pk]), data)
    assert answer.status_code == 422
    assert not closing.papers.exists()


def test_who_has_not_the_desk_adds_nothing(cast, client, closing):
    client.force_login(cast.city.officer)
    assert put(client, closing, ("扫描.pdf", SCAN)).status_code in (409, 422)
    assert not closing.papers.exists()
    page = client.get(reverse("case_papers_add", args=[closing.pk]))
    assert page.status_code == 403
    assert "<form method" not in text(page).split("<main")[1]


def test_a_foreign_paper_and_case_are_not_there(cast, client, closing):
    at(cast, client, closing)
    put(client, closing, ("扫描.pdf", SCAN))
    paper = closing.papers.get()
    for post in (
        cast.stranger,
        cast.next_village,
        cast.post("department", "341524000000", "education"),
    ):
        client.force_login(post.officer)
        for address in (
            reverse("case_paper", args=[paper.pk]),
            reverse("case_paper_take_out", args=[paper.pk]),
            reverse("case_papers_add", args=[closing.pk]),
            reverse("case_print", args=[closing.pk, "form"]),
            reverse("case_docx", args=[closing.pk, "form"]),
        ):
            assert client.get(address).status_code == 404
        assert put(client, closing, ("扫描.pdf", SCAN)).status_code == 404


def test_a_paper_taken_out_is_opened_by_auditors_only(cast, client, closing):
    at(cast, client, closing)
    put(client, closing, ("扫描.pdf", SCAN))
    paper = closing.papers.get()
    out = reverse("case_paper_take_out", args=[paper.pk])
    assert client.get(out).status_code == 200
    assert client.post(out, {"because": ""}).status_code == 422
    assert client.post(out, {"because": "放错了户"}).status_code == 302
    paper.refresh_from_db()
    assert paper.removed_at
    assert client.get(reverse("case_paper", args=[paper.pk])).status_code == 404
    assert client.get(out).status_code == 404
    auditor = cast.post("auditor", "341524000000")
    client.force_login(auditor.officer)
    assert client.get(reverse("case_paper", args=[paper.pk])).status_code == 200
    assert "扫描.pdf" in text(client.get(reverse("case", args=[closing.pk])))


def test_another_office_takes_nothing_out(cast, client):
    case = case_of(cast, "closing_exited", to=1)
    paper = records.add_paper(
        case, kind="proof", file=upload(), name="a.pdf", digest="1" * 64,
        by=at(cast, client, case), at=NOW,
    )  # fmt: skip
    case = step_on(cast, case)
    at(cast, client, case)
    out = reverse("case_paper_take_out", args=[paper.pk])
    assert client.post(out, {"because": "不要"}).status_code == 422
    paper.refresh_from_db()
    assert paper.removed_at is None


def upload():
    return SimpleUploadedFile("a.pdf", SCAN)


def test_a_file_that_is_gone_from_the_disk_is_not_there(cast, client, closing):
    post = at(cast, client, closing)
    paper = Paper.objects.create(
        case=closing, kind="proof", file="papers/gone.pdf", name="a.pdf", size=1, digest="2" * 64,
        added_by=post, added_at=NOW,
    )  # fmt: skip
    assert client.get(reverse("case_paper", args=[paper.pk])).status_code == 404


def test_the_box_says_what_the_step_still_wants(cast, client):
    case = case_of(cast, "closing_exited", to=1)
    at(cast, client, case)
    form = reverse("case_print", args=[case.pk, "form"])
    add = reverse("case_papers_add", args=[case.pk])
    page = text(client.get(reverse("case", args=[case.pk])))
    assert form in page
    assert add in page
    client.force_login(cast.province.officer)
    page = text(client.get(reverse("case", args=[case.pk])))
    assert form in page
    assert add not in page


# What is printed.


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_paper_of_every_procedure_prints_in_both_languages(cast, client, procedure, language):
    case = case_of(cast, procedure)
    client.force_login(cast.province.officer)
    client.cookies["django_language"] = language
    for prepared in prepared_for(case):
        page = client.get(reverse("case_print", args=[case.pk, prepared.code]))
        assert page.status_code == 200
        said = text(page)
        assert case.number in said
        assert "余家旺" in said
        assert ("Case number" in said) == (language == "en")
        for secret in (PHONE, ACCOUNT, IDENTITY):
            assert secret not in said
        document = word(client, case, prepared.code)
        assert said.count("<h2>") == len(headings(document))
        for words in cells(document):
            assert PHONE not in words and ACCOUNT not in words and IDENTITY not in words
    assert client.get(reverse("case_print", args=[case.pk, "poem"])).status_code == 404


def word(client, case, code):
    answer = client.get(reverse("case_docx", args=[case.pk, code]))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "attachment" in answer["Content-Disposition"]
    return Document(io.BytesIO(b"".join(answer)))


def face(run):
    return run._element.rPr.rFonts.get(qn("w:eastAsia"))


def runs(document):
    """Every run with words, in tables too."""
    return document.element.body.iter(qn("w:r"))


def headings(document):
    return [p for p in document.paragraphs if p.runs and face(p.runs[0]) == "黑体"]


def cells(document):
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_a_case_form_is_an_official_document(cast, client, closing):
    client.force_login(cast.county.officer)
    document = word(client, closing, "form")
    section = document.sections[0]
    margins = [section.top_margin, section.left_margin, section.bottom_margin]
    assert [round(margin.mm) for margin in [*margins, section.right_margin]] == [37, 28, 35, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    title = document.paragraphs[0]
    assert face(title.runs[0]) == "方正小标宋简体"
    assert title.runs[0].font.size == Pt(22)
    assert title.paragraph_format.line_spacing == Pt(28)
    faces = {
        run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia")) for run in runs(document)
    }
    assert faces == {"方正小标宋简体", "仿宋_GB2312", "黑体"}
    assert "PAGE" in section.footer._element.xml
    assert not document.core_properties.author
    members = next(t for t in document.tables if len(t.columns) == 7)
    assert members.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert members.columns[0].width < Mm(40)
    words = cells(document)
    assert MASKED in words
    assert "因大病住院，收入下降" in words


def test_a_form_is_filled_with_the_opinions_that_stand(cast, client):
    case = case_of(cast, "closing_exited", to=2)
    client.force_login(cast.county.officer)
    assert len(filled_boxes(client, case)) == 2
    by = officer_of(cast, case.household, case.at_step)
    casework.return_case(
        case, seen_version=case.version, because="缺水质报告", by=by, at=NOW, to_start=True
    )
    assert filled_boxes(client, case) == []


def filled_boxes(client, case):
    words = cells(word(client, case, "form"))
    return [box for box in words if "情况属实" in box and "2020" in box]


@pytest.mark.parametrize("procedure", ["intervention", "return", "edge_poor"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_notice_tells_no_more_than_it_must(cast, client, procedure, language):
    case = case_of(cast, procedure)
    client.force_login(cast.county.officer)
    client.cookies["django_language"] = language
    document = word(client, case, "notice")
    said = "\n".join([*cells(document), *(p.text for p in document.paragraphs)])
    said += text(client.get(reverse("case_print", args=[case.pk, "notice"])))
    assert "余家旺" in said
    assert MASKED in said
    assert "豹迹岩村委会河沿组" in said
    for secret in (PHONE, PHONE[-4:], ACCOUNT[-4:], IDENTITY, *HEALTH, case.because):
        assert secret not in said


def test_a_notice_says_its_days_once_it_hangs(cast, client):
    case = walked(cast, case_of(cast, "return"), to=2)
    by = at(cast, client, case)
    page = reverse("case_print", args=[case.pk, "notice"])
    assert "2020年6月30日" not in text(client.get(page))
    records.put_up_notice(
        case, place="村务公开栏", up_on=TODAY, until=TODAY.replace(day=30), by=by, at=NOW
    )
    assert "2020年6月30日" in text(client.get(page))


def test_minutes_are_filled_when_the_meeting_is_recorded(cast, client):
    case = walked(cast, case_of(cast, "return"), to=2)
    client.force_login(cast.village.officer)
    words = cells(word(client, case, "minutes"))
    assert "李传明" in words
    assert {"9", "1"} <= set(words)


def test_papers_that_a_procedure_does_not_use_are_not_there(cast, client, closing):
    client.force_login(cast.county.officer)
    for code in set(PREPARED) - {"form"}:
        assert client.get(reverse("case_print", args=[closing.pk, code])).status_code == 404
        assert client.get(reverse("case_docx", args=[closing.pk, code])).status_code == 404
