from datetime import date, timedelta

import pytest

from accounts.templatetags.pw import due
from accounts.workdays import add_workdays, is_published, is_workday, workdays_between

DAYS = [
    (date(2020, 1, 19), True),  # a Sunday worked for the Spring Festival
    (date(2020, 1, 31), False),  # the festival was made longer in 2020
    (date(2020, 10, 1), False),
    (date(2020, 10, 10), True),  # a Saturday worked for the National Day
    (date(2020, 10, 12), True),
]


@pytest.mark.parametrize(("day", "works"), DAYS)
def test_the_calendar_of_the_state_council(day, works):
    assert is_workday(day) is works


def test_years_not_yet_published_have_plain_weeks():
    assert not is_published(2031)
    assert is_workday(date(2031, 1, 1))
    assert not is_workday(date(2031, 1, 4))


def test_days_are_counted_after_the_first_and_with_the_last():
    assert workdays_between(date(2020, 9, 30), date(2020, 10, 9)) == 1
    assert workdays_between(date(2020, 9, 30), date(2020, 9, 30)) == 0
    assert workdays_between(date(2020, 10, 9), date(2020, 9, 30)) == -1


def test_adding_is_the_way_back_of_counting():
    for offset in range(30):
        day = date(2020, 9, 20) + timedelta(days=offset)
        for count in (1, 5, 15):
            end = add_workdays(day, count)
            assert workdays_between(day, end) == count
            assert is_workday(end)


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2020, 10, 20), ""),
        (date(2020, 10, 27), "pw-due-soon"),
        (date(2020, 10, 30), "pw-due-soon"),
        (date(2020, 10, 31), "pw-due-late"),  # a Saturday: no working day lost, and still over
    ],
)
def test_a_deadline_is_marked_by_working_days(today, kind):
    mark = due(date(2020, 10, 30), today=today)
    assert ("pw-due-soon" in mark, "pw-due-late" in mark) == (
        kind == "pw-due-soon",
        kind == "pw-due-late",
    )


MADE_UP_SATURDAYS = [date(2020, 6, 28), date(2020, 9, 27), date(2020, 10, 10), date(2020, 5, 9)]


@pytest.mark.parametrize("day", MADE_UP_SATURDAYS)
def test_weekends_made_up_in_2020_are_worked(day):
    assert day.weekday() >= 5
    assert is_workday(day)
    assert workdays_between(day - timedelta(days=1), day) == 1


def test_the_spring_festival_takes_no_working_day():
    assert workdays_between(date(2020, 1, 23), date(2020, 2, 2)) == 0
    assert add_workdays(date(2020, 1, 23), 1) == date(2020, 2, 3)
