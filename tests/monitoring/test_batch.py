"""Batch: told beforehand what it will do, done case by case, and told afterwards what it did."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitoring.cases import casework
from monitoring.models import CaseAct, Consolidation, State, What
from tests.cast import NOW
from tests.monitoring.chains import opened, refreshed, subject_of, visit
from tests.monitoring.desks import lying

DAY = timezone.localdate()


@pytest.fixture
def county(cast, client):
    client.force_login(cast.county.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def enter(client, post):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def filing(cast, number=3):
    return [
        lying(cast, "tier", 2, head_name=f"户{n}", due=DAY + timedelta(n)) for n in range(number)
    ]


def look(client, cases, act="pass", **more):
    return client.get("/cases/batch/", {"case": [case.id for case in cases], "act": act} | more)


def do(client, cases, act="pass", because="情况属实", **more):
    take = [f"{case.id}:{case.version}" for case in cases]
    said = {"take": take, "act": act, "because": because} | more
    return client.post("/cases/batch/", said, follow=True)


def sentences(page, name="not_done"):
    return {case.id: words for case, words in page.context[name]}


def test_the_preview_says_what_passing_does(cast, county):
    page = look(county, filing(cast))
    preview = page.context["preview"]
    assert len(preview.ready) == 3 and not preview.blocked
    assert "台账" in page.text or "tier of the ledger" in page.text.lower()
    assert preview.ready[0].effect.endswith(("the case ends", "办结"))


def test_the_preview_names_the_next_desk(cast, county):
    case = lying(cast, "closing_exited", 0)
    casework_words = look(enter(county, cast.village), [case]).context["preview"].lines[0].effect
    assert "汤家汇镇" in casework_words


def test_what_cannot_pass_is_told_with_its_reasons_and_left_out(cast, county):
    good, bad = filing(cast, 2)
    bad.actors.create(officer=cast.county.officer, step=1)
    page = look(county, [good, bad])
    preview = page.context["preview"]
    assert [line.case.id for line in preview.ready] == [good.id]
    assert [line.case.id for line in preview.blocked] == [bad.id]
    assert f'value="{good.id}:1"' in page.text and f'value="{bad.id}:1"' not in page.text
    done = do(county, [good, bad])  # a form that was made up sends it nevertheless
    assert list(sentences(done, "done")) == [good.id]
    assert refreshed(bad).step == 2 and refreshed(bad).is_open


def test_a_batch_passes_each_case_with_one_reason(cast, county):
    cases = filing(cast)
    page = do(county, cases, because="同意备案")
    assert page.redirect_chain[-1][0] == "/cases/batch/done/"
    assert len(page.context["done"]) == 3 and page.context["not_done"] == []
    for case in cases:
        case = refreshed(case)
        assert case.state == State.DONE and case.household.tier == "yellow"
        assert case.acts.get(what=What.CONCLUDED).because == "同意备案"
    again = do(county, cases)
    assert again.context["done"] == [] and len(again.context["not_done"]) == 3
    assert CaseAct.objects.filter(what=What.CONCLUDED).count() == 3


def test_one_that_was_taken_first_is_told_and_the_others_go_on(cast, county):
    first, second, third = filing(cast)
    colleague = cast.post("county", "341524000000", name="周敏")
    casework.return_case(second, seen_version=1, because="再核实", by=colleague, at=NOW)
    page = do(county, [first, second, third])
    assert set(sentences(page, "done")) == {first.id, third.id}
    assert "周敏" in sentences(page)[second.id]
    assert refreshed(second).step == 1


def test_what_the_officer_must_say_to_one_case_is_not_assumed(cast, county):
    """A township answers why a suggestion differs from the analysis, household by household."""
    case = lying(cast, "tier", 1, hazard_spot=False)
    case.proposal = {"tier": "red"}
    case.save()
    visit(cast, case.household, on=DAY)
    case.household.visits.update(food="at_risk")
    township = enter(county, cast.township)
    preview = look(township, [case]).context["preview"]
    assert not preview.ready and len(preview.blocked[0].failures) == 1
    do(township, [case])
    assert refreshed(case).step == 1


def test_one_step_at_a_time(cast, county):
    tiers, classes = filing(cast, 2), [lying(cast, "class_change", 2)]
    page = look(county, tiers + classes)
    groups = [(group["row"].code, len(group["cases"])) for group in page.context["groups"]]
    assert groups == [("tier", 2), ("class_change", 1)]
    assert 'name="take"' not in page.text


def test_a_batch_return_needs_a_reason_and_says_where_to(cast, county):
    cases = filing(cast, 2)
    page = look(county, cases, "return")
    assert "汤家汇镇" in page.context["preview"].ready[0].effect
    assert do(county, cases, "return", because=" ").status_code == 422
    assert [refreshed(case).step for case in cases] == [2, 2]
    do(county, cases, "return", because="照片看不清")
    assert [refreshed(case).step for case in cases] == [1, 1]
    assert refreshed(cases[0]).acts.get(what=What.RETURNED).because == "照片看不清"


def test_a_batch_return_to_the_start(cast, county):
    (case,) = filing(cast, 1)
    do(county, [case], "return", because="从头核实", to_start="1")
    assert refreshed(case).step == 0


def test_at_the_first_step_nothing_is_returned(cast, county):
    case = lying(cast, "tier", 0)
    preview = look(enter(county, cast.village), [case], "return").context["preview"]
    assert not preview.ready and len(preview.blocked) == 1


def test_a_request_keeps_its_own_reason(cast, county):
    case = opened(cast, "tier", by=cast.village)
    visit(cast, case.household, on=DAY)
    page = do(enter(county, cast.village), [case], because="批量")
    assert len(page.context["done"]) == 1
    assert refreshed(case).because == "因大病住院，收入下降"


@pytest.mark.parametrize("role", ["township", "stranger", "city", "village", "auditor"])
def test_nobody_else_finds_them_on_the_desk(cast, client, role):
    cases = filing(cast, 1)
    enter(client, getattr(cast, role))
    assert look(client, cases).status_code == 302
    do(client, cases)
    assert refreshed(cases[0]).step == 2 and refreshed(cases[0]).is_open


def test_nonsense_is_no_fault(cast, county):
    assert county.get("/cases/batch/?case=x&case=99999999999999999999").status_code == 302
    assert county.post("/cases/batch/", {"take": ["1", "a:b", ":"]}).status_code == 404
    assert county.get("/cases/batch/done/").status_code == 302
    (case,) = filing(cast, 1)
    page = look(county, [case], back="https://elsewhere.example/")
    assert page.context["back"] == "/cases/"


def test_the_panel_is_the_preview_alone(cast, county):
    page = county.get(
        "/cases/batch/", {"case": filing(cast, 1)[0].id}, headers={"HX-Request": "true"}
    )
    assert "<html" not in page.text and 'name="take"' in page.text


def test_the_preview_of_fifty_costs_the_queries_of_five(cast, county):
    def cost(cases):
        look(county, cases)
        with CaptureQueriesContext(connection) as seen:
            look(county, cases)
        return len(seen)

    assert cost(filing(cast, 5)) == cost(filing(cast, 50))


# Consolidation.


@pytest.fixture
def closings(cast):
    made = []
    for _ in range(2):
        household = subject_of(cast, "closing_edge")
        visit(cast, household, on=DAY)
        made.append(opened(cast, "closing_edge", household=household, by=cast.township))
    return made


def test_a_township_puts_its_closings_into_one_list(cast, client, closings):
    enter(client, cast.township)
    page = look(client, closings)
    assert page.context["consolidates"] and len(page.context["preview"].ready) == 2
    do(client, closings, consolidate="1")
    made = Consolidation.objects.get()
    assert set(made.cases.values_list("id", flat=True)) == {case.id for case in closings}
    assert [refreshed(case).step for case in closings] == [1, 1]
    assert refreshed(closings[0]).because == "因大病住院，收入下降"


def test_a_list_is_made_whole_or_not_at_all(cast, client, closings):
    colleague = cast.post("township", "341524105000")
    casework.withdraw(closings[1], seen_version=1, because="重复", by=cast.township, at=NOW)
    enter(client, colleague)
    page = do(client, closings, consolidate="1")
    assert page.status_code == 409
    assert not Consolidation.objects.exists() and refreshed(closings[0]).step == 0
