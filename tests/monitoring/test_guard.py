"""The closing guard and the other conditions: all failures at once, each with clause and link."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from accounts.refusals import Refused
from monitoring.cases import casework
from monitoring.cases import records as records
from monitoring.cases.casework import NotYet
from monitoring.models import RedFlag
from monitoring.policy.parameters import set_parameter
from monitoring.policy.rules import BY_CODE
from monitoring.procedures import PROCEDURES
from tests.cast import NOW, TODAY
from tests.monitoring.chains import (
    make_ready,
    officer_of,
    open_for_days,
    opened,
    put_paper,
    refreshed,
    subject_of,
    visit,
    walked,
)
from tests.monitoring.test_today import flag


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def switch(cast, name, value):
    set_parameter(
        name=name, territory=cast.county.division, since=TODAY, value=value, because="试行",
        by=cast.province, at=NOW,
    )  # fmt: skip


def failures(case, by=None):
    with pytest.raises(NotYet) as refusal:
        casework.pass_on(
            case, seen_version=case.version, because="已解决", by=by or case.opened_by, at=NOW
        )
    return refusal.value.failures


def test_a_closing_tells_everything_that_is_wrong_at_once(cast):
    """Nothing is mended: rule red, nobody came, no measure, one left open, water not known."""
    household = subject_of(cast, "closing_exited", house_grade="D", unsafe_house=True)
    household.water_safe = None
    household.listed_on = TODAY - timedelta(days=60)
    household.save()
    household.members.update(labour="none", work_months=None)
    household.incomes.update(wage=3000, business=0, property=0, transfer=0, expenses=0)
    RedFlag.objects.filter(pk=flag(cast, household).pk).update(
        rules=BY_CODE["housing"].bit | BY_CODE["water"].bit, opened_on=TODAY
    )
    cast.measure(
        household, kind="employment", answers=[], words="介绍工作",
        due_on=TODAY - timedelta(days=5),
    )  # fmt: skip
    for name, value in (("closing_line", 1), ("closing_months", 6), ("closing_labour", 1)):
        switch(cast, name, value)
    found = failures(opened(cast, "closing_exited", household=household))
    told = {str(failure.sentence): failure for failure in found}
    for sentence in (
        "“housing” is still red.",
        "Whether “drinking water” is still red is not known.",
        "No measure answers the risk “housing”.",
        "No measure answers the risk “drinking water”.",
        "Not secure: housing.",
        "Not known: drinking water.",
        "Nobody in the household can work.",
    ):
        assert sentence in told
        assert told[sentence].clause and told[sentence].url
    words = " ".join(told)
    assert "Nobody has visited since the mark" in words
    assert "介绍工作" in words and "nobody says why" in words
    assert "yuan is under the line of 5,000 yuan" in words
    assert "less than 6 months ago" in words


def test_what_no_territory_switched_on_does_not_stop_a_closing(cast):
    household = subject_of(cast, "closing_exited", listed_on=TODAY - timedelta(days=3))
    case = walked(cast, opened(cast, "closing_exited", household=household), to=1)
    assert case.step == 1


@pytest.mark.parametrize(
    ("income", "hazard", "sentence"),
    [
        (9999.99, True, None),
        (10000, True, "is not under the line"),
        (6000, False, "No risk was found"),
    ],
)
def test_an_edge_household_is_under_the_line_and_has_a_risk(cast, income, hazard, sentence):
    """Two heads: 4,999.995 a head is cut to 4,999.99 and is in; 5,000.00 is out (AH 2.2)."""
    household = subject_of(cast, "edge_listing", hazard_spot=hazard)
    household.hazard_spot = hazard
    household.save()
    household.incomes.update(wage=income, business=0, property=0, transfer=0, expenses=0)
    household.incomes.filter(window_to__lt=TODAY - timedelta(days=90)).delete()
    household.incomes.update(business=0, wage=income)
    household.members.update(labour="skilled", work_months=12)
    case = walked(cast, opened(cast, "edge_listing", household=household), to=4)
    by = officer_of(cast, household, case.at_step)
    make_ready(cast, case, by)
    if sentence is None:
        casework.pass_on(refreshed(case), seen_version=case.version, by=by, at=NOW)
        assert refreshed(case).step == 5
    else:
        assert sentence in " ".join(str(f.sentence) for f in failures(refreshed(case), by))


def test_a_class_needs_the_average_to_be_entered_and_reached(cast):
    case = walked(cast, opened(cast, "class_change"), to=1)
    township = officer_of(cast, case.household, case.at_step)
    casework.pass_on(case, seen_version=case.version, because="属实", by=township, at=NOW)
    case = refreshed(case)
    by = officer_of(cast, case.household, case.at_step)
    [missing] = failures(case, by)
    assert "rural average income is not entered" in missing.sentence
    assert missing.url == "policy"
    switch(cast, "rural_average", 60000)
    [low] = failures(refreshed(case), by)
    assert "does not reach 54,000.00 yuan" in low.sentence


def noticed(cast):
    case = walked(cast, opened(cast, "return"), to=2)
    return case, officer_of(cast, case.household, case.at_step)


def test_a_notice_needs_its_photo_its_days_and_its_answers(cast):
    case, by = noticed(cast)
    with pytest.raises(Refused, match="cannot be older"):
        records.put_up_notice(
            case, place="公开栏", up_on=TODAY - timedelta(days=6), until=TODAY, by=by, at=NOW
        )
    open_for_days(case)
    sentences = [failure.sentence for failure in failures(case, by)]
    assert sentences == ["No public notice has been put up."]
    notice = records.put_up_notice(
        refreshed(case), place="公开栏", up_on=TODAY - timedelta(days=2),
        until=TODAY + timedelta(days=3), by=by, at=NOW,
    )  # fmt: skip
    objection = records.raise_objection(notice, words="家里有车", raised_on=TODAY, by=by, at=NOW)
    records.take_down_notice(notice, down_on=TODAY, by=by, at=NOW)
    words = " ".join(failure.sentence for failure in failures(refreshed(case), by))
    assert "photo of the posted notice is missing" in words
    assert "5 days only on" in words
    assert "objection is not answered" in words
    records.answer_objection(objection, answer="车属于邻居", upheld=True, by=by, at=NOW)
    words = " ".join(failure.sentence for failure in failures(refreshed(case), by))
    assert "objection was upheld" in words


def test_a_territory_switches_the_notice_on_and_a_case_keeps_its_chain(cast):
    before = opened(cast, "edge_listing")
    switch(cast, "listing_notice", 1)
    after = opened(cast, "edge_listing")
    assert [step.code for step in before.steps] == [
        "compare", "verify", "study", "review", "approve", "enter",
    ]  # fmt: skip
    assert [step.code for step in after.steps] == [
        "compare", "verify", "study", "notice", "review", "approve", "enter",
    ]  # fmt: skip
    assert refreshed(before).steps == PROCEDURES["edge_listing"].variant("2019").steps
    assert walked(cast, after).state == walked(cast, before).state == "done"


def test_a_majority_is_more_than_half_of_those_present(cast):
    case = walked(cast, opened(cast, "return"), to=1)
    by = officer_of(cast, case.household, case.at_step)
    put_paper(case, "minutes", by)
    said = {"held_on": TODAY, "place": "村部", "chair": "李传明", "by": by, "at": NOW}
    records.hold_democratic_review(case, in_favour=5, against=3, abstained=2, **said)
    [failure] = failures(refreshed(case), by)
    assert "5 of 10" in failure.sentence
    records.hold_democratic_review(refreshed(case), in_favour=6, against=3, abstained=2, **said)
    casework.pass_on(refreshed(case), seen_version=case.version, by=by, at=NOW)
    assert refreshed(case).step == 2


def test_the_township_answers_why_a_suggestion_differs_from_the_analysis(cast):
    case = walked(cast, opened(cast, "tier"), to=1)
    by = officer_of(cast, case.household, case.at_step)
    with pytest.raises(NotYet, match="say why in your reason"):
        casework.pass_on(case, seen_version=case.version, by=by, at=NOW)
    casework.pass_on(case, seen_version=case.version, because="刚出院，先列黄色", by=by, at=NOW)


def test_a_phone_call_does_not_count_for_a_tier(cast):
    household = cast.family(exited_class="supported")
    visit(cast, household, method="phone")
    [failure] = failures(opened(cast, "tier", household=household))
    assert "a phone call does not count" in failure.sentence
    visit(cast, household)
    case = household.cases.get()
    casework.pass_on(case, seen_version=case.version, by=case.opened_by, at=NOW)
