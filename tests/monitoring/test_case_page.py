"""The page of a case: everything needed to decide, for whoever may see it, in few queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households.register import record_household
from monitoring.cases import casework
from monitoring.cases.records import ask_department
from monitoring.models import CaseAct, RedFlag, What
from monitoring.policy.rules import BY_CODE
from monitoring.procedures import PROCEDURES
from monitoring.review import review_month
from tests.cast import NOW
from tests.monitoring.chains import (
    answer,
    officer_of,
    opened,
    put_paper,
    refreshed,
    step_on,
    subject_of,
    visit,
    walked,
)
from tests.monitoring.desks import lying
from tests.monitoring.test_today import flag

DAY = timezone.localdate()


def look(client, post, case, query=""):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/cases/{case.pk}/{query}")


def acts(page):
    return {act.code: act for act in page.context["deciding"].acts}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_step_has_its_page(cast, client, procedure):
    """Whoever has the desk finds what the step does and never a fault."""
    case = opened(cast, procedure)
    while case.is_open:
        post = officer_of(cast, case.household, case.at_step)
        reader = cast.county if post.role == "department" else post
        page = look(client, reader, case)
        assert page.status_code == 200 and case.number in page.text
        if post.role != "department":
            assert {"pass"} | ({"return"} if case.step else set()) <= set(acts(page))
        case = step_on(cast, case, by=case.opened_by if case.step == 0 else None)
    page = look(client, cast.county, case)
    assert page.status_code == 200 and page.context["page"].guards == []
    assert case.get_state_display() in page.text


def test_the_queries_do_not_grow_with_rows(cast, client):
    case = opened(cast, "return")
    case = walked(cast, case, to=2)
    fill(cast, case)
    assert look(client, cast.village, case).status_code == 200
    few = queries(client, cast.village, case)
    for _ in range(4):
        fill(cast, case)
    assert queries(client, cast.village, case) == few
    page = look(client, cast.village, case)
    assert len(page.context["page"].visits) == 6 and len(page.context["page"].measures) == 5
    assert few < 90


def fill(cast, case):
    """One more of everything that the page shows."""
    visit(cast, case.household, on=DAY)
    cast.measure(case.household)
    put_paper(case, "other", cast.village)
    notice = case.notices.create(
        step=2, place="村部", up_on=DAY, until=DAY + timedelta(days=5), down_on=DAY,
        put_up_by=cast.village,
    )  # fmt: skip
    notice.objections.create(
        case=case, raised_on=DAY, words="有轿车", upheld=False, answer="不是",
        recorded_by=cast.village, answered_by=cast.township, answered_at=NOW,
    )  # fmt: skip
    by = cast.post("county", "341524000000")
    CaseAct.objects.create(case=case, step=0, what=What.REMINDED, by=by, at=NOW)
    case.enquiries.create(
        department="health", asked_at_division=by.division, question="大病", asked_by=by,
        asked_at=NOW, due_on=DAY, withdrawn_at=NOW,
    )  # fmt: skip
    lying(cast, "tier", 0)


def queries(client, post, case):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        look(client, post, case)
    return len(seen)


def test_facts_that_changed_stand_beside_each_other(cast, client):
    household = subject_of(cast, "closing_exited", house_grade="D", unsafe_house=True)
    case = opened(cast, "closing_exited", household=household, by=cast.village)
    now = timezone.now()
    record_household(
        household, on=DAY, origin="correction", by=cast.county.officer, at=now,
        house_grade="B", unsafe_house=False,
    )  # fmt: skip
    found = look(client, cast.village, case).context["page"].comparison
    grade = next(row for row in found.rows if row.then.value == "D")
    assert grade.now.value == "B" and not found.flagged
    assert found.rows[-1].then.tier == "red" and found.rows[-1].now.tier != "red"


def test_a_mark_again_says_the_how_manieth_and_lists_the_closing(cast, client):
    household = subject_of(cast, "closing_exited")
    closed = walked(cast, opened(cast, "closing_exited", household=household))
    household.refresh_from_db()
    again = opened(cast, "unstable_listing", household=household)
    page = look(client, cast.county, again)
    assert page.context["page"].times_marked == 2
    assert closed.number in page.text
    assert page.context["page"].earlier == [closed]


def test_the_order_and_filters_of_the_list_are_kept(cast, client):
    cases = [lying(cast, "tier", 2, due=DAY + timedelta(days=n)) for n in (3, 1, 2)]
    lying(cast, "class_change", 2, due=DAY + timedelta(days=2))
    third, first, second = cases
    page = look(client, cast.county, second, "?procedure=tier")
    assert (page.context["before"], page.context["after"]) == (first.pk, third.pk)
    page = look(client, cast.county, second, "?procedure=tier&sort=-due")
    assert (page.context["before"], page.context["after"]) == (third.pk, first.pk)
    assert f'href="/cases/{first.pk}/?procedure=tier&amp;sort=-due"' in page.text


def test_the_button_says_what_it_does_and_names_where_it_goes(cast, client):
    case = walked(cast, opened(cast, "closing_exited"), to=2)
    page = look(client, cast.county, case)
    assert cast.city.division.name in acts(page)["pass"].words
    assert acts(page)["pass"].form and acts(page)["return"].form
    assert re.search(
        r'<button class="btn btn-block btn-primary"[^>]*aria-keyshortcuts="a"', page.text
    )


def test_a_reader_has_no_act_and_reads_where_it_is(cast, client):
    case = walked(cast, opened(cast, "class_change"), to=1)
    for post in (cast.county, cast.auditor):
        page = look(client, post, case)
        assert acts(page) == {} and cast.township.division.name in page.context["page"].waits_words


def test_a_submitter_withdraws_until_the_first_review(cast, client):
    case = walked(cast, opened(cast, "class_change", by=cast.village), to=1)
    assert acts(look(client, cast.village, case))["withdraw"].form
    case = walked(cast, case, to=2)
    assert acts(look(client, cast.village, case))["withdraw"].why_not


def test_departments_answers_are_shown(cast, client):
    case = opened(cast, "edge_listing", by=cast.county)
    said = {"department": "health", "question": "有无大病", "by": cast.county, "at": NOW}
    answer(cast, ask_department(case, **said))
    assert "无异常" in look(client, cast.county, refreshed(case)).text


def test_a_flag_leads_to_its_closing(cast, client):
    household = subject_of(cast, "closing_exited")
    RedFlag.objects.filter(pk=flag(cast, household).pk).update(rules=BY_CODE["housing"].bit)
    client.force_login(cast.village.officer, backend="django.contrib.auth.backends.ModelBackend")
    closing = f"/households/{household.pk}/cases/open/?procedure=closing_exited"
    assert closing in client.get("/flags/").text
    form = client.get(closing).context["form"]
    assert str(BY_CODE["housing"].words) in form.initial["because"]


def test_who_took_part_elsewhere_reads_it_before_trying(cast, client):
    case = walked(cast, opened(cast, "class_change"), to=1)
    twice = cast.township.officer
    casework.pass_on(case, seen_version=case.version, because="", by=cast.township, at=NOW)
    county = twice.posts.create(role="county", division=cast.county.division, since=NOW.date())
    client.force_login(twice, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["post"] = county.id
    session.save()
    page = client.get(f"/cases/{case.pk}/")
    assert all(act.form is None and act.why_not for act in acts(page).values())


def test_the_list_leads_to_its_cases_with_its_filters(cast, client):
    case = lying(cast, "tier", 2)
    client.force_login(cast.county.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/cases/?procedure=tier&sort=-due").text
    assert f'href="/cases/{case.pk}/?procedure=tier&amp;sort=-due"' in page


def test_the_reason_is_signed_by_whoever_gave_it_last(cast, client):
    case = opened(cast, "class_change")
    first = look(client, cast.county, case).context["page"].reasoned
    assert first.by == case.opened_by
    other = officer_of(cast, case.household, case.at_step)
    casework.change_request(
        case, seen_version=case.version, because="核对后更正", proposal={}, by=other, at=NOW
    )
    page = look(client, cast.county, case)
    assert page.context["page"].reasoned.by == other and "核对后更正" in page.text


def test_a_closing_looks_back_to_the_day_of_the_flag(cast, client):
    """The column “When flagged” is what the review saw that set the flag, not what was known when
    the closing was asked for."""
    household = subject_of(cast, "closing_exited", house_grade="D", unsafe_house=True)
    frozen = NOW.replace(month=7, day=1)
    review_month(
        province=cast.province.division, month=NOW.date().replace(day=1), by=None, at=frozen
    )
    red = RedFlag.objects.get(household=household)
    record_household(
        household, on=frozen.date(), origin="correction", by=cast.county.officer, at=frozen,
        house_grade="B", unsafe_house=False,
    )  # fmt: skip
    case = opened(cast, "closing_exited", household=household, by=cast.village, at=frozen)
    assert case.flag == red
    page = look(client, cast.village, case)
    found = page.context["page"].comparison
    assert found.flagged and found.since == red.opened_by.as_of == NOW.date().replace(day=30)
    grade = next(row for row in found.rows if row.then.value == "D")
    assert grade.now.value == "B" and found.rows[-1].then.tier == "red"
    assert "标注时 " in page.text and "标注时与现在" in page.text
    household.refresh_from_db()
    other = opened(cast, "class_change", household=cast.family(exited_class="supported"))
    assert not look(client, cast.village, other).context["page"].comparison.flagged
