"""A task is on one desk, once, with a deadline; who is late is told to the level above, once."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts import workdays
from accounts.models import CalendarDay, Division
from accounts.refusals import Refused
from accounts.workdays import is_workday
from duties import asking
from duties.chasing import chase_tasks
from duties.doing import at_desk, end_task, hand_over, note_task, open_task, settle
from duties.faults import follow_faults
from duties.models import Task, TaskAct, What
from duties.tasks import chase_duties
from households.models import Fault, Household
from households.quality.check import ERROR, WARNING
from households.quality.checks import codes_of
from tests.cast import NOW, SHANGHAI, TODAY

pytestmark = pytest.mark.django_db
BROKEN, DOUBTFUL = codes_of(ERROR)[:2], codes_of(WARNING)[0]


def at_ten(day):
    return datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=10)


def asked(cast, by="township", due=date(2020, 7, 10), **changes):
    division = cast.village.division
    made = {"key": "1", "at_division": division, "words": "Count the wells.", "due_on": due}
    return open_task("request", **{**made, **changes}, by=getattr(cast, by), at=NOW)[0]


def told(what):
    return list(TaskAct.objects.filter(what=what).values_list("task", flat=True))


def test_a_key_has_one_open_task(cast):
    task = asked(cast)
    again, is_new = open_task(
        "request", key="1", at_division=cast.village.division, by=cast.township, at=NOW
    )
    assert (again, is_new) == (task, False)
    assert told(What.OPENED) == [task.id]


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("village", True),
        ("township", True),
        ("county", True),
        ("province", True),
        ("auditor", True),
        ("next_village", False),
        ("next_township", False),
        ("stranger", False),
        ("assigned", False),  # of no household in their charge
        ("administrator", False),
    ],
)
def test_a_task_is_seen_at_its_desk_and_above(cast, role, sees):
    task = asked(cast)
    assert Task.objects.visible_to(getattr(cast, role)).filter(pk=task.pk).exists() is sees


def test_only_its_desk_works_on_it(cast):
    task = asked(cast)
    assert at_desk(task, cast.village)
    for role in ("township", "county", "next_village"):
        with pytest.raises(Refused):
            end_task(
                task, outcome="done", result="Seven.", seen_version=1,
                by=getattr(cast, role), at=NOW,
            )  # fmt: skip
    assert task.acts.count() == 1


def test_it_ends_once_with_an_outcome_and_words(cast):
    task = asked(cast)
    ended = {"outcome": "done", "seen_version": 1, "by": cast.village, "at": NOW}
    with pytest.raises(Refused, match="请说明办理结果"):
        end_task(task, result=" ", **ended)
    with pytest.raises(Refused):
        end_task(task, result="Seven.", **{**ended, "outcome": "mended"})
    task = end_task(task, result="Seven wells.", **ended)
    assert (task.outcome, task.ended_by, task.is_open) == ("done", cast.village, False)
    with pytest.raises(Refused):
        end_task(task, result="Eight.", **ended)


def test_of_two_who_change_it_at_once_the_second_is_told(cast):
    task = asked(cast)
    note_task(task, words="Two are dry.", seen_version=1, by=cast.village, at=NOW)
    with pytest.raises(Refused, match="有人改动过"):
        note_task(task, words="All are dry.", seen_version=1, by=cast.village, at=NOW)


def test_handing_over_keeps_the_deadline_and_moves_the_desk(cast):
    task = asked(cast)
    moved = hand_over(
        task, to_division=cast.township.division, role="township", because="Not in our village.",
        seen_version=1, by=cast.village, at=NOW,
    )  # fmt: skip
    assert moved.due_on == task.due_on
    assert at_desk(moved, cast.township)
    assert not at_desk(moved, cast.village)
    assert TaskAct.objects.get(what=What.HANDED_OVER).because.startswith("汤家汇镇")


def test_the_room_that_opened_it_may_end_it(cast):
    task = asked(cast)
    assert settle("request", "1", outcome="gone", by=None, at=NOW) == task
    assert settle("request", "1", outcome="gone", by=None, at=NOW) is None


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (date(2020, 6, 28), True),  # 25 and 26 June were holidays, the Sunday was made up
        (date(2020, 6, 29), False),
    ],
)
def test_its_desk_is_reminded_a_working_day_before(cast, due, reminded):
    task = asked(cast, due=due)
    chase_tasks(at=NOW)
    chase_tasks(at=NOW)
    assert told(What.REMINDED) == [task.id] * reminded


def test_what_is_late_climbs_one_level_once(cast):
    task = asked(cast, due=TODAY - timedelta(days=1))
    assert chase_tasks(at=NOW).escalated == 1
    assert chase_tasks(at=NOW).escalated == 0
    task.refresh_from_db()
    assert task.escalated_to == cast.township.division


@pytest.mark.parametrize(
    ("opened", "days", "late_on"),
    [
        # New Year 2020: 1 January is a holiday; two 工作日s from 31 December end on the 3rd.
        (date(2019, 12, 31), 2, date(2020, 1, 6)),
        # Spring Festival 2020, prolonged: 24 January to 2 February; the 19th was made up.
        (date(2020, 1, 23), 2, date(2020, 2, 5)),
        (date(2020, 1, 17), 1, date(2020, 1, 20)),
    ],
)
def test_a_late_task_climbs_at_the_right_working_day(cast, opened, days, late_on):
    task, _new = open_task(
        "request", key="1", at_division=cast.village.division, days=days,
        words="Count.", by=cast.township, at=at_ten(opened),
    )  # fmt: skip
    day = opened
    while day <= late_on:
        if is_workday(day):
            chase_tasks(at=at_ten(day))
            task.refresh_from_db()
            assert bool(task.escalated_to_id) is (day == late_on), day
        day += timedelta(days=1)


def with_faults(household, *codes):
    return [Fault.objects.create(household=household, code=c, found_on=TODAY) for c in codes]


def test_a_household_with_errors_is_one_task_until_they_are_mended(cast):
    home = cast.household()
    first, second = with_faults(home, *BROKEN)
    with_faults(cast.household(), DOUBTFUL)  # a warning asks nobody
    assert follow_faults(today=TODAY, at=NOW).opened == 1
    assert follow_faults(today=TODAY, at=NOW).opened == 0
    task = Task.objects.get()
    assert (task.household, task.at, task.figures) == (home, home.village, {"faults": 2})

    Fault.objects.filter(pk=first.pk).update(fixed_on=TODAY)
    follow_faults(today=TODAY, at=NOW)
    task.refresh_from_db()
    assert (task.figures, task.is_open) == ({"faults": 1}, True)

    Fault.objects.filter(pk=second.pk).update(waived_until=TODAY)
    assert follow_faults(today=TODAY, at=NOW).ended == 1
    task.refresh_from_db()
    assert (task.outcome, task.ended_by) == ("mended", None)
    assert follow_faults(today=TODAY + timedelta(days=1), at=NOW).opened == 1


def test_a_task_goes_along_with_its_household(cast):
    home = cast.household()
    with_faults(home, BROKEN[0])
    follow_faults(today=TODAY, at=NOW)
    there = cast.next_village.division
    Household.objects.filter(pk=home.pk).update(village=there)
    assert chase_tasks(at=NOW).moved == 1
    assert Task.objects.get().at == there
    assert told(What.MOVED) == [Task.objects.get().id]


def test_the_level_above_asks_every_village_at_once(cast):
    villages = asking.desks_in(cast.township.division, 5)
    due = date(2020, 7, 10)
    made = asking.ask_below(
        divisions=villages, words="Count the wells.", due_on=due, by=cast.township, at=NOW
    )
    assert {task.at for task in made} == set(villages)
    assert len(made) == 2
    for words, change in [
        ("只能向下级", {"by": cast.next_township}),
        ("只能向下级", {"by": cast.village}),
        ("工作日", {"due_on": date(2020, 7, 11)}),
        ("工作日", {"due_on": TODAY}),
        ("请写明交办", {"words": " "}),
        ("请选择交办", {"divisions": Division.objects.none()}),
    ]:
        given = {"divisions": villages, "words": "Count.", "due_on": due, "by": cast.township}
        with pytest.raises(Refused, match=words):
            asking.ask_below(**{**given, **change}, at=NOW)
    assert Task.objects.count() == 2


@pytest.mark.parametrize("works", [True, False])
def test_the_calendar_rests_on_days_off(cast, monkeypatch, works):
    monkeypatch.setattr(workdays, "_calendar", workdays.calendar())  # as it was, afterwards
    task = asked(cast, due=date(2020, 6, 24))
    CalendarDay.objects.update_or_create(day=timezone.localdate(), defaults={"works": works})
    workdays.look_again()
    chase_duties()
    task.refresh_from_db()
    assert (task.escalated_to is not None) == works
