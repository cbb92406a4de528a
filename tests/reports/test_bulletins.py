"""The quarterly bulletin: composed of counts, looked at by counties, issued by a second officer."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from accounts.refusals import Refused
from duties.doing import end_task
from duties.models import Task
from reports.bulletin import acts, documents
from reports.bulletin.jobs import ask_for_pdf
from reports.models import Bulletin, BulletinObjection, NamedCounty, Rollup
from reports.tasks import compose_bulletins
from tests.cast import SHANGHAI
from tests.worker import Worker, wait_for

pytestmark = pytest.mark.django_db
QUARTER = date(2020, 4, 1)
JINZHAI, HUOSHAN = "341524000000", "341525000000"


def at(month, day, hour=10):
    return datetime(2020, month, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def counted(cast):
    """Three months: Jinzhai is late in three figures, Huoshan in one."""
    for month in (4, 5, 6):
        jinzhai = {
            "flags_opened": [month, None],
            "flags_standing": [12, None],
            "flags_overdue": [month - 4, 12],
            "visits_monthly": [80, 100],
            "without_contact": [3, None],
        }
        huoshan = {
            "flags_opened": [1, None],
            "flags_standing": [2, None],
            "flags_overdue": [0, 2],
            "visits_monthly": [19, 20],
            "tasks_in_time": [1, 4],
        }
        both = {
            code: [_sum(jinzhai, huoshan, code, 0), _sum(jinzhai, huoshan, code, 1)]
            for code in {*jinzhai, *huoshan}
        }
        for code, values in (
            ("340000000000", both), ("341500000000", both), (JINZHAI, jinzhai), (HUOSHAN, huoshan),
        ):  # fmt: skip
            Rollup.objects.create(
                division=cast.divisions[code], month=date(2020, month, 1), values=values
            )


def _sum(one, other, code, at):
    return sum((values.get(code) or [0, 0])[at] or 0 for values in (one, other)) or None


@pytest.fixture
def second(cast):
    """Another officer of the province's office."""
    return cast.post("province", "340000000000", name="方二审")


def composed(cast):
    return acts.compose(
        province=cast.province.division, quarter=QUARTER, by=cast.province, at=at(7, 3)
    )


def shown(cast):
    bulletin = composed(cast)
    return acts.show(bulletin, seen_version=bulletin.version, by=cast.province, at=at(7, 3))


def fresh(bulletin):
    return Bulletin.objects.get(pk=bulletin.pk)


def issued(cast, second, day=14):
    bulletin = fresh(shown(cast))
    return acts.issue(bulletin, seen_version=bulletin.version, by=second, at=at(7, day))


def named(bulletin):
    return {row.county.code: row.figures for row in bulletin.named.select_related("county")}


def test_it_is_composed_of_what_was_counted(cast, counted):
    bulletin = composed(cast)
    assert named(bulletin) == {
        JINZHAI: ["flags_overdue", "visits_monthly", "without_contact"],
        HUOSHAN: ["tasks_in_time"],
    }
    general, visits, slow, _asked = [text for _heading, text in bulletin.body]
    assert "18" in general  # 4 + 5 + 6 and 1 + 1 + 1 flags set in the quarter
    assert "14" in general and "2" in general  # stood at its end; of them overdue
    assert "82.5%" in visits  # 297 of 360
    assert slow.splitlines() == [
        "金寨县工作推进不力：红色标注超期 2 户、按月走访完成率 80.0%、没有联系人的边缘户 3 户。",
        "霍山县进度迟缓：任务按期办结率 25.0%。",
    ]
    assert composed(cast) == bulletin
    assert Bulletin.objects.count() == 1


def test_a_month_without_figures_is_said(cast, counted):
    Rollup.objects.filter(month=date(2020, 5, 1)).delete()
    with pytest.raises(Refused, match="2020-05"):
        composed(cast)
    compose_bulletins()  # the calendar waits, too
    assert not Bulletin.objects.exists()


def test_only_words_can_be_edited(cast, counted):
    bulletin = composed(cast)
    texts = [text for _heading, text in bulletin.body]
    with pytest.raises(Refused):
        acts.edit(bulletin, title=" ", texts=texts, seen_version=1, by=cast.province, at=at(7, 3))
    with pytest.raises(Refused):
        acts.edit(bulletin, title="通报", texts=texts, seen_version=1, by=cast.county, at=at(7, 3))
    acts.edit(
        bulletin, title="通报", texts=["新的话", *texts[1:]], seen_version=1,
        by=cast.province, at=at(7, 3),
    )  # fmt: skip
    bulletin = fresh(bulletin)
    assert (bulletin.title, bulletin.body[0][1]) == ("通报", "新的话")
    with pytest.raises(Refused):  # as it was seen before
        acts.edit(
            bulletin, title="通报", texts=texts, seen_version=1, by=cast.province, at=at(7, 3)
        )


def test_whoever_edited_it_does_not_issue_it(cast, counted, second):
    bulletin = shown(cast)
    with pytest.raises(Refused):
        acts.issue(fresh(bulletin), seen_version=2, by=cast.province, at=at(7, 20))
    with pytest.raises(Refused):  # the counties may still object
        acts.issue(fresh(bulletin), seen_version=2, by=second, at=at(7, 6))
    done = acts.issue(fresh(bulletin), seen_version=2, by=second, at=at(7, 20))
    assert (done.number, done.state, done.issued_by) == (1, "issued", second)
    with pytest.raises(Refused):
        acts.edit(done, title="x", texts=["x"] * 4, seen_version=3, by=cast.province, at=at(7, 21))


def test_a_county_objects_and_is_heard(cast, counted, second):
    bulletin = shown(cast)
    jinzhai = NamedCounty.objects.get(bulletin=bulletin, county=cast.county.division)
    given = {"figure": "without_contact", "words": "名单有误", "at": at(7, 6)}
    for by, change in (
        (cast.stranger, {}),
        (cast.city, {}),
        (cast.county, {"figure": "faults"}),
        (cast.county, {"words": " "}),
        (cast.county, {"at": at(7, 13)}),  # 10 July was the last day
    ):
        with pytest.raises(Refused):
            acts.object_to(jinzhai, **(given | change), by=by)
    objection = acts.object_to(jinzhai, **given, by=cast.county)
    with pytest.raises(Refused):
        acts.object_to(jinzhai, **given, by=cast.county)
    with pytest.raises(Refused):  # nobody passes over an objection
        acts.issue(fresh(bulletin), seen_version=2, by=second, at=at(7, 20))
    with pytest.raises(Refused):
        acts.answer_objection(objection, accepted=True, answer="属实", by=cast.county, at=at(7, 7))
    acts.answer_objection(objection, accepted=True, answer="属实", by=cast.province, at=at(7, 7))
    bulletin = fresh(bulletin)
    assert named(bulletin)[JINZHAI] == ["flags_overdue", "visits_monthly"]
    assert bulletin.body[acts.SLOW][1].startswith("金寨县进度迟缓")
    assert "没有联系人" not in bulletin.body[acts.SLOW][1]


def test_the_counties_get_it_and_the_named_answer(cast, counted, second):
    bulletin = issued(cast, second)
    kinds = {(task.at.code, task.kind) for task in Task.objects.exclude(kind="bulletin_shown")}
    assert kinds == {("341500000000", "bulletin"), (JINZHAI, "urging"), (HUOSHAN, "urging")}
    task = Task.objects.get(kind="urging", at=cast.county.division)
    end_task(
        task, outcome="answered", result="逾期两户已入户", seen_version=1, by=cast.county,
        at=at(7, 20),
    )  # fmt: skip
    assert Task.objects.get(pk=task.pk).result == "逾期两户已入户"
    assert bulletin.number == 1


@pytest.mark.parametrize(
    ("state", "sees"),
    [
        ("draft", {"province"}),
        ("shown", {"province", "city", "other_city", "county", "stranger", "auditor"}),
        (
            "issued",
            {
                "province", "city", "other_city", "county", "stranger", "auditor",
                "township", "next_township", "village", "next_village",
            },
        ),
    ],
)  # fmt: skip
def test_who_sees_it_when(cast, counted, second, state, sees):
    {"draft": composed, "shown": shown, "issued": lambda c: issued(c, second)}[state](cast)
    seen = {r for r in cast.ROLES if Bulletin.objects.visible_to(getattr(cast, r)).exists()}
    assert seen == sees
    own = NamedCounty.objects.visible_to(cast.county)
    assert {row.county.code for row in own} == {JINZHAI}


def test_the_word_document_has_the_official_form(cast, counted, second):
    document = Document(BytesIO(documents.docx_of(issued(cast, second))))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "安徽省" in words[0] and "〔2020〕1号" in words[1]
    assert words[4] == "各市、县（市、区）："
    assert "2020年7月14日" in words
    section = document.sections[0]
    assert [round(m.mm) for m in (section.top_margin, section.left_margin)] == [37, 28]
    body = next(p for p in document.paragraphs if p.text.startswith("金寨县"))
    assert body.paragraph_format.line_spacing.pt == 28
    faces = body.runs[0]._element.rPr.rFonts
    assert faces.get(qn("w:eastAsia")) == "仿宋_GB2312"
    cities, counties, more_of_cities, more_of_counties = document.tables
    assert [len(more.rows) for more in (more_of_cities, more_of_counties)] == [2, 3]
    assert more_of_counties.rows[0].cells[3].text == "审批环节按期率"
    assert [cell.text for cell in counties.rows[1].cells][:3] == ["金寨县", "15", "0"]
    assert len(cities.rows) == 2 and len(counties.rows) == 3


def test_the_workbook_holds_every_figure(cast, counted, second):
    book = openpyxl.load_workbook(BytesIO(documents.xlsx_of(issued(cast, second))))
    sheet = book.worksheets[1]
    head = [cell.value for cell in sheet[3]]
    rows = {row[1].value: dict(zip(head, (c.value for c in row), strict=True))
            for row in sheet.iter_rows(min_row=4)}  # fmt: skip
    assert rows["金寨县"]["新增红色标注"] == 15
    assert rows["安徽省"]["红色标注在册"] == 14
    assert rows["霍山县"]["任务按期办结率"] == 0.25
    assert len(book.worksheets) == 3


@pytest.mark.django_db(transaction=True)
def test_the_pdf_is_made_in_the_background(cast, counted):
    bulletin = composed(cast)
    with Worker():
        job = ask_for_pdf(bulletin, by=cast.province, at=at(7, 3))
        again = ask_for_pdf(bulletin, by=cast.province, at=at(7, 3))
        assert wait_for(lambda: _has_file(job))
    assert again.pk == job.pk
    job.refresh_from_db()
    assert job.file.read(5) == b"%PDF-"
    assert job.file_name.endswith(".pdf")


def _has_file(job):
    job.refresh_from_db()
    return bool(job.file)


def test_the_command_writes_three_files(cast, counted, tmp_path):
    call_command("quarterly_bulletin", "--quarter", "2020Q2", "--output", str(tmp_path))
    assert {path.suffix for path in tmp_path.iterdir()} == {".docx", ".pdf", ".xlsx"}
    with pytest.raises(CommandError):
        call_command("quarterly_bulletin", "--quarter", "2020-2", "--output", str(tmp_path))
    with pytest.raises(CommandError):
        call_command("quarterly_bulletin", "--quarter", "2020Q3", "--output", str(tmp_path))


def enter(client, post):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_from_draft_to_answer(cast, counted, second, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    today = date.today()
    bulletin = composed(cast)
    page = enter(client, cast.province).get(f"/bulletins/{bulletin.pk}/")
    assert "金寨县工作推进不力" in page.text
    form = {"version": 1, "title": "通报", "text0": "总体", "text1": "走访", "text2": "慢"}
    kept = client.post(f"/bulletins/{bulletin.pk}/edit/", form)
    assert kept.status_code == 422 and "总体" in kept.text  # a paragraph is empty
    client.post(f"/bulletins/{bulletin.pk}/edit/", form | {"text3": "要求"})
    client.post(f"/bulletins/{bulletin.pk}/show/", {"version": fresh(bulletin).version})
    assert fresh(bulletin).objections_until > today

    row = NamedCounty.objects.get(bulletin=bulletin, county=cast.county.division)
    address = f"/bulletins/{bulletin.pk}/named/{row.pk}/"
    assert enter(client, cast.stranger).get(address).status_code == 404
    picture = BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    picture.seek(0)
    picture.name = "名单.png"
    data = {"figure": "without_contact", "words": "名单有误", "proof": picture}
    assert enter(client, cast.county).post(address, data).status_code == 302
    objection = BulletinObjection.objects.get()
    proof = f"/bulletins/{bulletin.pk}/objections/{objection.pk}/proof/"
    assert client.get(proof)["Content-Type"] == "image/jpeg"
    assert enter(client, cast.stranger).get(proof).status_code == 404

    enter(client, cast.province)
    answer = f"/bulletins/{bulletin.pk}/objections/{objection.pk}/"
    assert client.post(answer, {"accepted": "1", "answer": "属实"}).status_code == 302
    version = fresh(bulletin).version
    client.post(f"/bulletins/{bulletin.pk}/issue/", {"version": version})
    assert fresh(bulletin).state == "shown"  # the same officer, and before its time
    Bulletin.objects.update(objections_until=date(2020, 7, 10))
    enter(client, second).post(f"/bulletins/{bulletin.pk}/issue/", {"version": version})
    assert fresh(bulletin).state == "issued"
    page = enter(client, cast.county).get(f"/bulletins/{bulletin.pk}/")
    assert "霍山县" in page.text  # the words of the bulletin name it; its row here is not ours
    assert [r["named"].county.code for r in page.context["named"]] == [JINZHAI]
    for name in ("word", "workbook"):
        assert client.get(f"/bulletins/{bulletin.pk}/{name}/").status_code == 200
