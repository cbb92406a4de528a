"""Proofs of the exception of AH 4.1.2: photos and scans put to plans, actions and measures."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from assistance.checks import MeasureRefusal
from assistance.exceptions.forms import looked_at
from assistance.exceptions.papers import add_paper, take_out_paper
from assistance.groups import acts as groups
from assistance.models import (
    AssistancePlan,
    ExceptionPaper,
    GroupAction,
    Measure,
    PlanAct,
    PlanLine,
)
from assistance.plans.acts import approve_plan, submit_plan, write_plan
from assistance.plans.checks import guards_of
from households.models import Household
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
EXCEPTION = {
    "exception": "disaster",
    "exception_problem": "housing",
    "exception_words": "洪水冲毁两间，无力自筹",
}
UNTIL = TODAY + timedelta(days=30)
LINE = {
    "kind": "house_repair", "words": "修后墙", "responsible": "汪书记", "amount": 500,
    "source": "special", "department": "housing", "started_on": TODAY, "due_on": UNTIL,
    "answers": [], "member": None, **EXCEPTION,
}  # fmt: skip
ACTION = {
    "kind": "industry", "title": "茶苗补助", "organiser": "汤家汇镇", "amount": 500,
    "source": "special", "started_on": TODAY, "due_on": UNTIL, **EXCEPTION,
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english(settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with override("en"):
        yield


def photo(name="受灾证明 341524198003152611.jpg", colour="green"):
    held = BytesIO()
    Image.new("RGB", (9, 9), colour).save(held, "JPEG")
    return SimpleUploadedFile(name, held.getvalue(), "image/jpeg")


def scan(name="bill.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF", "application/pdf")


def proved(subject, by, upload=None, **said):
    return add_paper(subject, **looked_at(upload or photo()), **said, by=by, at=NOW)[0]


def planned(cast, home=None, lines=(LINE,)):
    home = home or cast.household(exited_class="independent")
    facts = {"wishes": "修屋", "work_team": "李", "cadres": "汪", "valid_from": TODAY,
             "valid_until": UNTIL}  # fmt: skip
    return write_plan(home, facts=facts, lines=list(lines), by=cast.village, at=NOW)


def approved(cast, plan):
    plan = submit_plan(plan, seen_version=plan.version, by=cast.village, at=NOW)
    return approve_plan(plan, seen_version=plan.version, by=cast.township, at=NOW)


def begun(cast, by=None, **facts):
    return groups.begin_action(**(ACTION | facts), by=by or cast.township, at=NOW)[0]


def seen(paper, *posts):
    return [ExceptionPaper.objects.visible_to(post).filter(pk=paper.pk).exists() for post in posts]


def test_the_proof_of_a_plan_outlives_its_lines_and_reaches_the_measure(cast, client):
    plan = planned(cast)
    paper = proved(plan, cast.village)
    assert "341524198003152611" not in paper.name and paper.grounds == "disaster"
    plan = write_plan(plan.household, facts={"wishes": "修屋二", "valid_from": TODAY,
                      "valid_until": UNTIL}, lines=[LINE], seen_version=plan.version,
                      by=cast.village, at=NOW)  # fmt: skip
    plan.work_team, plan.cadres = "李", "汪"
    plan.save()
    approved(cast, plan)
    measure = Measure.objects.get()
    for page in (reverse("plan", args=[plan.pk]), reverse("measure", args=[measure.pk])):
        client.force_login(cast.township.officer)
        shown = client.get(page).text
        assert paper.name in shown and reverse("exception_proof", args=[paper.pk]) in shown
    answer = client.get(reverse("exception_proof", args=[paper.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, no-store"
    told = [act.what for act in PlanAct.objects.filter(plan=plan).order_by("id")]
    assert told == ["drawn_up", "paper", "changed", "submitted", "approved"]
    assert seen(paper, cast.village, cast.county, cast.auditor) == [True] * 3
    assert (
        seen(paper, cast.next_village, cast.stranger, cast.education, cast.administrator, None)
        == [False] * 5
    )
    Measure.objects.update(department="water")
    Household.objects.update(water_safe=False)
    water = cast.post("department", "341524000000", department="water")
    assert seen(paper, water) == [True], "it sees the measure and its exception"


def test_a_later_plan_takes_the_proof_along_with_the_measure(cast, client):
    first = planned(cast)
    paper = proved(first, cast.village)
    approved(cast, first)
    measure = Measure.objects.get()
    later = planned(cast, home=measure.household, lines=[])
    approved(cast, later)
    measure.refresh_from_db()
    assert measure.plan == later
    client.force_login(cast.township.officer)
    for name, subject in (("measure", measure), ("plan", later), ("plan", first)):
        assert paper.name in client.get(reverse(name, args=[subject.pk])).text, (name, subject)
    with pytest.raises(MeasureRefusal):
        take_out_paper(paper, because="旧的", by=cast.village, at=NOW)
    Measure.objects.update(department="water")
    Household.objects.update(water_safe=False)
    water = cast.post("department", "341524000000", department="water")
    assert seen(paper, water, cast.stranger) == [True, False]


def test_the_township_is_told_what_is_not_proved(cast, client):
    plan = planned(cast)
    asked = [row for row in guards_of(plan, cast.township, TODAY) if row["clause"] == "AH 4.1.2"]
    assert [row["state"] for row in asked] == ["ask"] and "disaster" in asked[0]["sentence"]
    submitted = submit_plan(plan, seen_version=plan.version, by=cast.village, at=NOW)
    client.force_login(cast.township.officer)
    page = reverse("plan", args=[plan.pk])
    assert asked[0]["sentence"] in client.get(page).text.replace("&amp;", "&")
    proved(submitted, cast.village)
    assert not [r for r in guards_of(plan, cast.township, TODAY) if r["clause"] == "AH 4.1.2"]


def test_only_what_is_decided_by_nobody_is_taken_out_and_it_stays_on_record(cast, client):
    plan = planned(cast)
    paper = proved(plan, cast.village)
    again, new = add_paper(plan, **looked_at(photo()), by=cast.village, at=NOW)
    assert again == paper and not new
    with pytest.raises(MeasureRefusal, match="office that put it in"):
        take_out_paper(paper, because="不清", by=cast.township, at=NOW)
    client.force_login(cast.village.officer)
    address = reverse("exception_proof_take_out", args=[paper.pk])
    assert client.post(address, {"because": ""}).status_code == 422
    assert client.post(address, {"because": "拍得不清"}).status_code == 302
    shown = client.get(reverse("plan", args=[plan.pk])).text
    assert "拍得不清" in shown and cast.village.officer.name in shown
    assert client.get(reverse("exception_proof", args=[paper.pk])).status_code == 404
    client.force_login(cast.auditor.officer)
    assert client.get(reverse("exception_proof", args=[paper.pk])).status_code == 200
    kept = proved(plan, cast.village)
    plan.refresh_from_db()
    approved(cast, plan)
    with pytest.raises(MeasureRefusal, match="before it was decided"):
        take_out_paper(kept, because="迟了", by=cast.village, at=NOW)
    proved(AssistancePlan.objects.get(), cast.village, scan())  # what comes later is added
    assert ExceptionPaper.objects.kept().count() == 2


def test_what_proves_nothing_is_refused(cast):
    bare = planned(cast, lines=[])
    with pytest.raises(MeasureRefusal, match="nothing to prove"):
        proved(bare, cast.village)
    both = planned(cast, lines=[LINE, LINE | {"exception": "family_change"}])
    with pytest.raises(MeasureRefusal, match="which exception"):
        proved(both, cast.village)
    assert proved(both, cast.village, grounds="family_change").grounds == "family_change"
    for stranger in (cast.next_village, cast.county, cast.auditor):
        with pytest.raises(MeasureRefusal):
            proved(both, stranger, grounds="disaster")
    with pytest.raises(MeasureRefusal, match="not taken"):
        looked_at(SimpleUploadedFile("a.docx", b"PK\x03\x04aaaaaaaaaaaaaa"))


def test_an_actions_proof_is_read_at_its_desk_and_above(cast, client):
    home = cast.household(exited_class="independent")
    action = begun(cast)
    paper = proved(action, cast.township)
    groups.pick(action, whom=[(home.pk, None)], by=cast.township)
    action.refresh_from_db()
    groups.record_action(action, by=cast.township, at=NOW)
    assert seen(paper, cast.township, cast.county, cast.village, cast.next_township) == [
        True,
        True,
        False,
        False,
    ]
    measure = Measure.objects.get()
    client.force_login(cast.village.officer)
    shown = client.get(reverse("measure", args=[measure.pk])).text
    assert "1 proof lies with the action" in shown and paper.name not in shown
    client.force_login(cast.township.officer)
    assert paper.name in client.get(reverse("action", args=[action.pk])).text
    with pytest.raises(MeasureRefusal, match="before it was decided"):
        take_out_paper(paper, because="误传", by=cast.township, at=NOW)


def test_an_action_that_is_dropped_leaves_no_file(cast, django_capture_on_commit_callbacks):
    action = begun(cast)
    paper = proved(action, cast.township)
    storage, name = paper.file.storage, paper.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        groups.drop_action(action, by=cast.township)
    assert not storage.exists(name) and not ExceptionPaper.objects.exists()


def days(facts):
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in facts.items()}


def plan_form(**line):
    line = {k: "" if v is None else v for k, v in days(LINE | {"answers": "", **line}).items()}
    return {
        "wishes": "修屋", "work_team": "李", "cadres": "汪", "valid_from": TODAY.isoformat(),
        "valid_until": UNTIL.isoformat(), "line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0",
        "act": "submit", **{f"line-0-{name}": value for name, value in line.items()},
    }  # fmt: skip


def test_a_plan_and_its_proof_in_one_form(cast, client):
    home = cast.household(exited_class="independent")
    client.force_login(cast.village.officer)
    address = reverse("plan_write", args=[home.pk])
    assert "line-0-proof" in client.get(address).text
    word = SimpleUploadedFile("a.docx", b"PK\x03\x04aaaaaaaaaaaaaa")
    refused = client.post(address, plan_form(use="on", proof=word))
    assert refused.status_code == 422 and "was not taken" in refused.text
    assert "Choose the files of the proofs again" in refused.text
    none = {"exception": "", "exception_problem": "", "exception_words": "", "source": "social"}
    refused = client.post(address, plan_form(use="on", proof=photo(), **none))
    assert refused.status_code == 422 and "which exception" in refused.text
    assert not AssistancePlan.objects.exists() and not ExceptionPaper.objects.exists()
    answer = client.post(address, plan_form(use="on", proof=photo()))
    assert answer.status_code == 302, answer.text[-3000:]
    assert AssistancePlan.objects.get().state == "submitted"
    assert ExceptionPaper.objects.get().plan.lines.get() == PlanLine.objects.get()


def test_an_action_and_its_proof_in_one_form(cast, client):
    client.force_login(cast.township.officer)
    said = days(ACTION) | {"department": "", "proof": photo()}
    assert client.post(reverse("action_new"), said).status_code == 302
    assert ExceptionPaper.objects.get().action == GroupAction.objects.get()


def test_proofs_over_the_api(cast, client):
    plan, action = planned(cast), begun(cast)
    measure = cast.measure(plan.household, "water_supply", **EXCEPTION)
    address = reverse("api_exception-proofs-list")
    client.force_login(cast.township.officer)
    for name, subject in (("plan", plan), ("action", action), ("measure", measure)):
        sent = {name: subject.pk}
        assert client.post(address, sent | {"file": photo()}).status_code == 201, name
        assert client.post(address, sent | {"file": photo()}).status_code == 200, name
        (row,) = client.get(f"{address}?{name}={subject.pk}").json()["results"]
        assert row[name] == subject.pk and row["grounds"] == "disaster"
        file = client.get(reverse("api_exception-proofs-file", args=[row["id"]]))
        assert b"".join(file.streaming_content)[:2] == b"\xff\xd8"
    refused = client.post(address, {"plan": plan.pk, "action": action.pk, "file": photo()})
    assert refused.status_code == 400
    bad = client.post(address, {"plan": plan.pk, "file": SimpleUploadedFile("a.txt", b"words")})
    assert bad.status_code == 400 and "was not taken" in str(bad.json()["errors"]["file"])
    client.force_login(cast.next_village.officer)
    assert client.get(address).json()["results"] == []
    assert client.post(address, {"plan": plan.pk, "file": photo()}).status_code == 404
    client.force_login(cast.auditor.officer)
    assert client.post(address, {"plan": plan.pk, "file": photo()}).status_code == 403


def test_a_file_that_is_gone_is_not_found(cast, client):
    paper = proved(planned(cast), cast.village)
    client.force_login(cast.township.officer)
    page = reverse("exception_proof", args=[paper.pk])
    machine = reverse("api_exception-proofs-file", args=[paper.pk])
    assert [client.get(one).status_code for one in (page, machine)] == [200, 200]
    paper.file.storage.delete(paper.file.name)
    assert [client.get(one).status_code for one in (page, machine)] == [404, 404]
