from datetime import date, datetime

import pytest

from duties.models import Task
from households.models import Event
from households.register import record_household, record_member
from jobs.running import Refused
from monitoring.models import Assessment, Clue, FlagLine, RedFlag, Run
from monitoring.policy.parameters import set_parameter
from monitoring.policy.rules import BY_CODE
from monitoring.review import review_month
from tests.cast import NOW, SHANGHAI

JUNE, JULY = date(2020, 6, 1), date(2020, 7, 1)
AUGUST_EVE = datetime(2020, 7, 31, 23, 30, tzinfo=SHANGHAI)


def review(cast, month=JUNE, at=AUGUST_EVE, **kwargs):
    return review_month(
        province=cast.province.division, month=month, by=cast.province, at=at, **kwargs
    )


def visit(cast, household, on=date(2020, 6, 20), **found):
    from uuid import uuid4

    return household.visits.create(
        client_id=uuid4(),
        visited_on=on,
        made_at=NOW,
        received_at=NOW,
        officer=cast.village.officer,
        post=cast.village,
        method="in_person",
        **({"food": "secure", "clothing": "secure"} | found),
    )


def test_a_healthy_household_is_blue(cast):
    household = cast.family()
    visit(cast, household)
    run = review(cast)
    assessment = Assessment.objects.get(household=household)
    assert (assessment.tier, assessment.red, assessment.yellow, assessment.unknown) == (
        "blue",
        0,
        0,
        0,
    )
    assert run.state == "frozen" and run.policy.name == "安徽2020-06"


def test_never_visited_is_not_fine(cast):
    household = cast.family()
    review(cast)
    assessment = Assessment.objects.get(household=household)
    assert assessment.tier == "unknown"
    assert assessment.unknown == BY_CODE["food"].bit | BY_CODE["clothing"].bit


def make_red(cast, **facts):
    household = cast.family(**facts)
    visit(cast, household)
    record_household(
        household, on=date(2020, 6, 20), origin="visit", by=None, at=NOW, house_grade="D"
    )
    return household


def test_a_red_listed_household_gets_a_flag_with_a_deadline_and_a_line(cast):
    household = make_red(cast, responsible_name="李传明")
    review(cast)
    flag = RedFlag.objects.get()
    assert flag.household == household
    assert (flag.opened_on, flag.deadline_on) == (date(2020, 6, 30), date(2020, 7, 30))
    line = FlagLine.objects.get()
    assert (line.change, line.responsible_name, line.red) == (
        "new",
        "李传明",
        BY_CODE["housing"].bit,
    )


def test_a_sudden_event_has_the_shorter_deadline(cast):
    household = cast.family(status="edge")
    Event.objects.create(
        household=household,
        kind="disaster",
        happened_on=date(2020, 6, 12),
        causes_risk=True,
        recorded_at=NOW,
    )
    review(cast)
    assert RedFlag.objects.get().deadline_on == date(2020, 7, 15)


def test_a_red_household_that_is_not_listed_becomes_a_clue(cast):
    make_red(cast, exited_class="supported")
    review(cast)
    assert not RedFlag.objects.exists() and not FlagLine.objects.exists()
    assert Clue.objects.get().rules == BY_CODE["housing"].bit
    review(cast, JULY)
    assert Clue.objects.get().last_found_on == date(2020, 7, 31)


def test_next_month_keeps_and_then_clears(cast):
    household = make_red(cast)
    review(cast)
    record_household(
        household, on=date(2020, 7, 20), origin="visit", by=None, at=NOW, house_grade="B"
    )
    review(cast, JULY)
    line = FlagLine.objects.get(run__month=JULY)
    assert line.change == "cleared"
    assert RedFlag.objects.get().ended_on == date(2020, 7, 31)
    assert FlagLine.objects.get(run__month=JUNE).change == "new"


def test_a_flag_is_kept_and_overdue_while_the_fact_is_not_known(cast):
    household = make_red(cast)
    review(cast)
    record_household(
        household,
        on=date(2020, 7, 20),
        origin="correction",
        by=None,
        at=NOW,
        house_grade="",
        unsafe_house=None,
    )
    review(cast, JULY)
    line = FlagLine.objects.get(run__month=JULY)
    assert (line.change, line.overdue, line.red) == ("kept", True, 0)


def test_run_twice_the_month_is_the_same_and_frozen(cast):
    household = make_red(cast)
    first = review(cast)
    before = list(FlagLine.objects.values())
    record_household(
        household, on=date(2020, 6, 25), origin="visit", by=None, at=NOW, house_grade="A"
    )
    again = review(cast)
    assert again.id == first.id and Run.objects.count() == 1
    assert list(FlagLine.objects.values()) == before
    assert Assessment.objects.count() == 1


def test_a_correction_stands_beside_the_frozen_month_and_touches_no_flag(cast):
    household = make_red(cast)
    review(cast)
    record_household(
        household, on=date(2020, 6, 25), origin="correction", by=None, at=NOW, house_grade="A"
    )
    run = review(cast, name="更正1", because="鉴定有误")
    assert Assessment.objects.get(run=run).tier == "blue"
    assert RedFlag.objects.get().ended_on is None
    assert FlagLine.objects.get(run=run).change == "cleared"


def test_the_past_is_judged_by_what_was_known_of_it(cast):
    household = cast.family()
    visit(cast, household)
    record_household(
        household, on=date(2020, 7, 10), origin="visit", by=None, at=NOW, house_grade="D"
    )
    review(cast)
    assert Assessment.objects.get(run__month=JUNE).tier == "blue"
    review(cast, JULY)
    assert Assessment.objects.get(run__month=JULY).tier == "red"


def test_a_month_reviewed_late_leaves_what_later_months_said(cast):
    """June after July: the flag of July stands, June has its own marks and opens no second one."""
    household = make_red(cast)
    review(cast, JULY)
    flag = RedFlag.objects.get()
    late = review(cast, JUNE)
    assert Assessment.objects.get(run=late).tier == "red"
    assert RedFlag.objects.get() == flag and flag.opened_on == date(2020, 7, 31)
    assert FlagLine.objects.get(run=late, household=household).change == "new"


def test_a_month_reviewed_late_does_not_end_a_flag_that_a_later_month_kept(cast):
    household = make_red(cast)
    review(cast, JUNE)
    record_household(
        household, on=date(2020, 7, 5), origin="visit", by=None, at=NOW, house_grade="A"
    )
    record_household(
        household, on=date(2020, 8, 5), origin="visit", by=None, at=NOW, house_grade="D"
    )
    september = datetime(2020, 9, 1, tzinfo=SHANGHAI)
    review(cast, date(2020, 8, 1), at=september)
    july = review(cast, JULY, at=september)
    assert FlagLine.objects.get(run=july).change == "cleared"
    assert RedFlag.objects.get().ended_on is None


def no_longer_monitored(household, on):
    record_household(household, on=on, origin="case", by=None, at=NOW, exited_class="supported")


def test_who_is_no_longer_listed_keeps_no_flag(cast):
    """However the listing ended: still red, but it is not monitored any more."""
    household = make_red(cast)
    review(cast, JUNE)
    no_longer_monitored(household, date(2020, 7, 5))
    review(cast, JULY)
    assert RedFlag.objects.get().ended_on == date(2020, 7, 31)


def test_a_month_reviewed_late_flags_nobody_whose_monitoring_has_ended(cast):
    household = make_red(cast)
    no_longer_monitored(household, date(2020, 7, 5))
    late = review(cast, JUNE)
    assert FlagLine.objects.get(run=late).change == "new"
    assert not RedFlag.objects.exists()


def test_a_month_that_has_not_ended_is_refused(cast):
    with pytest.raises(Refused):
        review(cast, JULY, at=datetime(2020, 7, 30, 12, tzinfo=SHANGHAI))


def test_without_a_line_nothing_is_invented(cast):
    cast.family()
    at = datetime(2024, 2, 1, tzinfo=SHANGHAI)
    with pytest.raises(Refused) as refusal:
        review(cast, date(2024, 1, 1), at=at)
    assert "安徽省" in str(refusal.value)
    set_parameter(
        name="line",
        territory=cast.province.division,
        since=date(2024, 1, 1),
        value=8800,
        because="省定",
        by=cast.province,
        at=at,
    )
    assert review(cast, date(2024, 1, 1), at=at).counts["tier unknown"] == 1


def test_flagged_again_within_twelve_months_counts_as_reopened(cast):
    household = make_red(cast)
    review(cast)
    for on, grade in ((date(2020, 7, 5), "A"), (date(2020, 8, 5), "C")):
        record_household(household, on=on, origin="visit", by=None, at=NOW, house_grade=grade)
    review(cast, JULY)
    review(cast, date(2020, 8, 1), at=datetime(2020, 9, 1, tzinfo=SHANGHAI))
    assert [flag.reopened for flag in RedFlag.objects.order_by("id")] == [False, True]


def test_the_new_figure_of_one_county_judges_that_county_alone(cast):
    here, there = cast.family(), cast.family("341525100201")
    for household in (here, there):
        visit(cast, household)
    set_parameter(
        name="line",
        territory=cast.divisions["341524000000"],
        since=date(2020, 6, 1),
        value=50000,
        because="县定",
        by=cast.province,
        at=NOW,
    )
    review(cast)
    assert Assessment.objects.get(household=here).yellow & BY_CODE["low_income"].bit
    assert Assessment.objects.get(household=there).tier == "blue"


def test_a_member_who_left_is_no_longer_counted(cast):
    household = cast.family()
    ill = cast.member(household, name="汪小雨", major_illness=True, labour="none", untreated=True)
    visit(cast, household)
    record_member(
        ill, on=date(2020, 7, 3), origin="visit", by=None, at=NOW, left_on=date(2020, 7, 3)
    )
    review(cast)
    assert RedFlag.objects.get().rules == BY_CODE["medical"].bit
    review(cast, JULY)
    assert RedFlag.objects.get().ended_on == date(2020, 7, 31)


def test_a_clue_of_the_analysis_is_a_task_and_is_not_asked_again_soon(cast):
    """Months later, while nothing new is red, what the village checked is not asked again."""
    later = datetime(2020, 12, 1, 9, tzinfo=SHANGHAI)
    home = make_red(cast, exited_class="supported")
    review(cast)
    clue = Clue.objects.get()
    task = Task.objects.get(kind="clue_check")
    assert (task.key, task.at, task.due_on) == (str(clue.pk), home.village, clue.step_due_on)
    assert clue.sources.get().figures == {"rules": clue.rules, "month": "2020-06"}

    review(cast, JULY)
    assert (Clue.objects.count(), Task.objects.count(), clue.sources.count()) == (1, 1, 2)

    Clue.objects.update(state="ended", ended_on=date(2020, 8, 3), answer="not_confirmed")
    review(cast, date(2020, 8, 1), at=later)
    assert Clue.objects.count() == 1

    Clue.objects.update(ended_on=date(2020, 2, 3))
    review(cast, date(2020, 9, 1), at=later)
    assert Clue.objects.count() == 2
