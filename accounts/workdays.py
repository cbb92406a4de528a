"""Working days of the State Council's calendar; Monday to Friday in years not yet published."""

from datetime import timedelta

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
    if end < start:
        return -workdays_between(end, start)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(map(is_workday, days))


def add_workdays(day, count):
    """The working day that is ``count`` working days after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
