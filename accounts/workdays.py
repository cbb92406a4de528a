"""Working days of the State Council's calendar; Monday to Friday in years not yet published."""

from datetime import date, timedelta
from functools import cache
from itertools import accumulate

import chinese_calendar
from chinese_calendar import constants

PUBLISHED = frozenset(day.year for day in constants.holidays)


def is_published(year):
    """Whether the State Council's notice for the year is in the calendar."""
    return year in PUBLISHED


def is_workday(day):
    return chinese_calendar.is_workday(day) if is_published(day.year) else day.weekday() < 5


def workdays_between(start, end):
    """Working days after ``start`` up to and including ``end``; negative when ``end`` is past."""
    return _until(end) - _until(start)


def _until(day):
    """Working days from the year 2000 up to and including ``day``."""
    return _before(day.year) + _of(day.year)[day.timetuple().tm_yday]


@cache
def _before(year):
    return sum(_of(earlier)[-1] for earlier in range(2000, year))


@cache
def _of(year):
    """How many working days a year has seen by each of its days, from none before the first."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return [0, *accumulate(map(is_workday, days))]


def add_workdays(day, count):
    """The working day that is ``count`` working days after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
