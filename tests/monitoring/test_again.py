"""What comes after a closing: rolled back as wrong, or marked again as the household turned."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from accounts.refusals import Refused
from households.models import Household
from monitoring.cases import casework
from monitoring.clues.moving import task_of
from monitoring.clues.receiving import report_clue
from monitoring.models import Clue, RedFlag, State, What
from monitoring.policy.rules import BY_CODE
from tests.cast import NOW, TODAY
from tests.monitoring.chains import officer_of, opened, refreshed, subject_of, visit, walked
from tests.monitoring.test_today import flag


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def closed(cast):
    """A flagged household whose house was mended, closed by the province."""
    household = subject_of(cast, "closing_exited")
    RedFlag.objects.filter(pk=flag(cast, household).pk).update(
        rules=BY_CODE["housing"].bit, opened_on=TODAY - timedelta(days=20)
    )
    visit(cast, household)
    cast.measure(household)
    return walked(cast, opened(cast, "closing_exited", household=household))


def household_of(case):
    return Household.objects.get(pk=case.household_id)


def roll_back(cast, case, at=NOW):
    by = officer_of(cast, case.household, case.steps[-1])
    said = {"seen_version": case.version, "because": "水质复检不达标", "by": by, "at": at}
    return casework.roll_back(case, **said)


def test_a_closing_ends_monitoring_and_its_flags(closed):
    flags = RedFlag.objects.filter(household=closed.household)
    assert [(row.ended_on, row.closed_by) for row in flags] == [(TODAY, closed)]
    assert household_of(closed).exited_class == "supported"


def test_rolled_back_the_old_mark_stands_as_if_never_closed(cast, closed):
    before = RedFlag.objects.get()
    roll_back(cast, closed)
    after = RedFlag.objects.get()
    assert (after.ended_on, after.closed_by) == (None, None)
    assert (after.opened_on, after.deadline_on) == (before.opened_on, before.deadline_on)
    assert household_of(closed).exited_class == "monitored"


def test_the_history_tells_the_whole_story(cast, closed, client):
    roll_back(cast, closed, at=NOW + timedelta(hours=2))
    household = household_of(closed)
    told = [(past.exited_class, past.origin) for past in household.past.order_by("id")]
    assert told == [("monitored", "import"), ("supported", "case")]
    assert household.because == f"{closed.number} 水质复检不达标"
    trail = closed.acts.values_list("what", flat=True)
    assert [what for what in trail if what != What.PAPER] == [
        "opened", "passed", "passed", "passed", "passed", "concluded", "rolled_back",
    ]  # fmt: skip
    client.force_login(cast.county.officer)
    page = client.get(
        f"/households/{household.id}/history/", headers={"accept-language": "zh-hans"}
    )
    assert closed.number in page.text and "水质复检不达标" in page.text


def test_a_rolled_back_closing_may_be_asked_for_again(cast, closed):
    roll_back(cast, closed)
    again = walked(cast, opened(cast, "closing_exited", household=household_of(closed)))
    assert again.state == State.DONE
    assert household_of(closed).exited_class == "supported"


@pytest.mark.parametrize(("months", "counted"), [(11, True), (13, False)])
def test_a_household_that_turns_again_is_marked_again(cast, closed, months, counted):
    """Within twelve months it counts as reopened (domain.md 4)."""
    at = NOW + timedelta(days=30 * months + 10)
    again = opened(cast, "unstable_listing", household=household_of(closed), at=at)
    assert (again.earlier, again.reopened) == (closed, counted)
    assert again.acts.first().what == What.MARKED_AGAIN


def test_a_first_listing_is_not_marked_again(cast):
    case = opened(cast, "unstable_listing")
    assert (case.earlier, case.reopened) == (None, False)
    assert case.acts.first().what == What.OPENED


def test_a_closing_on_which_a_later_case_stands_is_not_rolled_back(cast, closed):
    later = opened(cast, "unstable_listing", household=household_of(closed),
                   at=NOW + timedelta(days=1))  # fmt: skip
    with pytest.raises(Refused, match=later.number):
        roll_back(cast, refreshed(closed), at=NOW + timedelta(days=2))


def test_what_somebody_else_changed_since_is_not_rolled_over(cast, closed):
    Household.objects.filter(pk=closed.household_id).update(exited_class="independent")
    with pytest.raises(Refused, match="register has changed since"):
        roll_back(cast, refreshed(closed))


@pytest.mark.parametrize("by_case", [True, False], ids=["taken up by the case", "beside it"])
def test_a_listing_rolled_back_leaves_its_clue_to_be_looked_at_again(cast, by_case):
    household = subject_of(cast, "edge_listing")
    said = {"village": household.village, "household": household, "by": cast.village, "at": NOW}
    clue, _new = report_clue(words="户主住院", **said)
    case = casework.open_case(
        procedure="edge_listing", household=household, by=cast.county, at=NOW, because="线索",
        clue=clue if by_case else None,
    )  # fmt: skip
    case = walked(cast, case)
    clue.refresh_from_db()
    assert clue.ended_on and clue.answer == "case_opened"
    by = officer_of(cast, case.household, case.steps[casework.decided_at(case)])
    casework.roll_back(
        case, seen_version=case.version, because="收入核算有误", by=by, at=NOW + timedelta(hours=1)
    )
    clue.refresh_from_db()
    assert (clue.ended_on, clue.answer, clue.state) == (None, "", "check")
    assert task_of(clue) is not None and case.number in clue.acts.last().because
    assert household_of(case).status == "general"


def test_a_newer_clue_is_enough(cast):
    household = subject_of(cast, "edge_listing")
    said = {"village": household.village, "household": household, "by": cast.village, "at": NOW}
    first, _new = report_clue(words="户主住院", **said)
    case = walked(cast, opened(cast, "edge_listing", household=household))
    Household.objects.filter(pk=household.pk).update(status="general")
    second, new = report_clue(words="又遭灾", **said)
    Household.objects.filter(pk=household.pk).update(status="edge")
    assert new
    by = officer_of(cast, case.household, case.steps[casework.decided_at(case)])
    casework.roll_back(case, seen_version=case.version, because="有误", by=by, at=NOW)
    first.refresh_from_db()
    assert first.ended_on and Clue.objects.open().get() == second
