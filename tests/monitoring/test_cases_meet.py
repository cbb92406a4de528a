"""Cases of one household that meet: what one decided must not be undone by another unseen."""

from datetime import timedelta

import pytest

from accounts.refusals import Refused
from monitoring.cases import casework, records
from monitoring.cases.casework import NotYet
from monitoring.inbox.chasing import chase
from monitoring.models import Case, Objection
from monitoring.procedures import PROCEDURES
from tests.cast import NOW, TODAY
from tests.monitoring import chains

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def last_step(code):
    return len(PROCEDURES[code].variants[-1].steps) - 1


def test_a_class_change_does_not_go_around_a_listing(cast):
    """AH 3.3: only a closing ends monitoring."""
    household = chains.subject_of(cast, "unstable_listing", exited_class="independent")
    change = casework.open_case(
        procedure="class_change",
        household=household,
        proposal={"exited_class": "supported"},
        because="收入下降",
        by=chains.officer_of(cast, household, PROCEDURES["class_change"].variants[0].steps[0]),
        at=NOW,
    )
    change = chains.walked(cast, change, to=2)
    listing = chains.opened(cast, "unstable_listing", household=household)
    chains.walked(cast, listing)
    with pytest.raises(Refused):
        chains.step_on(cast, change)
    household.refresh_from_db()
    assert household.exited_class == "monitored"
    assert chains.refreshed(change).is_open


def test_a_case_refused_after_its_listing_takes_the_listing_back(cast):
    case = chains.walked(cast, chains.opened(cast, "edge_listing"), to=5)
    case.household.refresh_from_db()
    assert case.household.status == "edge"
    casework.return_case(
        case, seen_version=case.version, because="重复",
        by=chains.officer_of(cast, case.household, case.at_step), at=NOW,
    )  # fmt: skip
    case = chains.refreshed(case)
    by = case.actors.get(step=4).officer.posts.get()
    casework.refuse(case, seen_version=case.version, because="不属实", by=by, at=NOW)
    case.household.refresh_from_db()
    assert case.household.status == "general"
    assert case.household.listed_on is None


def test_a_case_withdrawn_after_its_listing_takes_the_listing_back(cast):
    case = chains.walked(cast, chains.opened(cast, "unstable_listing"), to=4)
    casework.return_case(
        case, seen_version=case.version, because="重复", to_start=True,
        by=chains.officer_of(cast, case.household, case.at_step), at=NOW,
    )  # fmt: skip
    case = chains.refreshed(case)
    casework.withdraw(case, seen_version=case.version, because="不属实", by=case.opened_by, at=NOW)
    case.household.refresh_from_db()
    assert case.household.exited_class == "supported"


def test_approved_twice_a_household_is_listed_since_the_first_day(cast):
    case = chains.walked(cast, chains.opened(cast, "edge_listing"), to=5)
    casework.return_case(
        case, seen_version=case.version, because="重复",
        by=chains.officer_of(cast, case.household, case.at_step), at=NOW,
    )  # fmt: skip
    by = case.actors.get(step=4).officer.posts.get()
    case = chains.step_on(cast, case, at=LATER, by=by)
    case.household.refresh_from_db()
    assert case.household.listed_on == TODAY


def test_a_later_step_does_not_change_what_is_asked_for(cast):
    case = chains.walked(cast, chains.opened(cast, "tier"), to=2)
    by = chains.officer_of(cast, case.household, case.at_step)
    with pytest.raises(Refused):
        casework.pass_on(case, seen_version=case.version, proposal={"tier": "blue"}, by=by, at=NOW)
    assert chains.refreshed(case).proposal == {"tier": "yellow"}


def test_a_new_notice_does_not_hide_an_open_objection(cast):
    case = chains.walked(cast, chains.opened(cast, "intervention"), to=3)
    by = chains.officer_of(cast, case.household, case.at_step)
    chains.make_ready(cast, case, by)
    notice = case.notices.get()
    records.raise_objection(notice, words="有车", raised_on=TODAY, by=by, at=NOW)
    chains.make_ready(cast, case, by)
    with pytest.raises(NotYet):
        casework.pass_on(case, seen_version=case.version, by=by, at=NOW)


def test_an_objection_sent_twice_is_one(cast):
    case = chains.walked(cast, chains.opened(cast, "intervention"), to=3)
    by = chains.officer_of(cast, case.household, case.at_step)
    chains.make_ready(cast, case, by)
    notice = case.notices.get()
    for _time in range(2):
        records.raise_objection(notice, words="有车", raised_on=TODAY, by=by, at=NOW)
    assert Objection.objects.filter(case=case).count() == 1


def test_a_meeting_sent_twice_is_one(cast):
    case = chains.walked(cast, chains.opened(cast, "return"), to=1)
    by = chains.officer_of(cast, case.household, case.at_step)
    chains.make_ready(cast, case, by)
    said = {"held_on": TODAY, "place": "村部", "chair": "李传明", "in_favour": 9, "against": 1}
    for _time in range(2):
        records.hold_democratic_review(case, **said, abstained=1, by=by, at=NOW)
    assert case.meetings.count() == 1


def test_no_visit_and_no_day_of_listing_is_a_sentence(cast):
    household = cast.family(exited_class="monitored", listed_on=None)
    case = chains.opened(cast, "closing_exited", household=household)
    with pytest.raises(NotYet):
        casework.pass_on(case, seen_version=1, by=case.opened_by, at=NOW)


def test_a_case_goes_along_with_its_household(cast):
    case = chains.walked(cast, chains.opened(cast, "tier"), to=1)
    new = cast.divisions["341524106210"]
    type(case.household).objects.filter(pk=case.household_id).update(
        village=new, township=new.township
    )
    chase(at=NOW)
    case = chains.refreshed(case)
    assert case.waiting_at == new.township
    assert Case.objects.open().waiting_for(cast.next_township).get() == case
