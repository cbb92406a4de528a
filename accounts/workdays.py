"""Working days of the State Council's calendar; Monday to Friday in years not yet published.

A year that an administrator loaded (``accounts/calendars.py``) is taken as loaded, any other from
the library, as far as it goes. Every process remembers the calendar and looks for a newer one by a
single cheap query, at most every ``STALE_AFTER`` seconds and only while it counts days.
"""

from datetime import date, timedelta
from itertools import accumulate
from time import monotonic

import chinese_calendar
from chinese_calendar import constants
from django.db.models import Max

from accounts.models import CalendarDay

FIRST_YEAR, LAST_YEAR = 2000, 2099
PUBLISHED = frozenset(day.year for day in constants.holidays)
STALE_AFTER = 5


class Calendar:
    """All years as they stood when ``loaded`` was read: {year: {day: (works, name)}}."""

    def __init__(self, version=None, loaded=None):
        self.version = version
        self.loaded = loaded or {}
        self._counts, self._sums = {}, {}

    def is_published(self, year):
        return year in self.loaded or year in PUBLISHED

    def is_workday(self, day):
        if day.year in self.loaded:
            return self.loaded[day.year].get(day, (day.weekday() < 5, ""))[0]
        if day.year in PUBLISHED:
            return chinese_calendar.is_workday(day)
        return day.weekday() < 5

    def name_of(self, day):
        """The holiday that a day belongs to, rested or worked for; blank for a plain day."""
        if day.year in self.loaded:
            return self.loaded[day.year].get(day, (None, ""))[1]
        return constants.holidays.get(day) or constants.workdays.get(day) or ""

    def until(self, day):
        """Working days from the year 2000 up to and including ``day``."""
        return self._before(day.year) + self._of(day.year)[day.timetuple().tm_yday]

    def _before(self, year):
        if year not in self._sums:
            self._sums[year] = sum(self._of(earlier)[-1] for earlier in range(FIRST_YEAR, year))
        return self._sums[year]

    def _of(self, year):
        """How many working days a year has seen by each of its days, from none at its start."""
        if year not in self._counts:
            first = date(year, 1, 1)
            days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
            self._counts[year] = [0, *accumulate(map(self.is_workday, days))]
        return self._counts[year]


_calendar = Calendar()
_looked_at = None  # by the process's clock; None until the first look


def calendar():
    """The calendar as it stands, at most ``STALE_AFTER`` seconds old."""
    if _looked_at is None or monotonic() - _looked_at > STALE_AFTER:
        return look_again()
    return _calendar


def look_again():
    """The calendar as the database has it now. Its version is the newest day's id."""
    global _calendar, _looked_at
    _looked_at = monotonic()
    version = CalendarDay.objects.aggregate(newest=Max("id"))["newest"]
    if version != _calendar.version:
        _calendar = Calendar(version, _loaded_years())
    return _calendar


def _loaded_years():
    years = {}
    for day, works, name in CalendarDay.objects.values_list("day", "works", "name"):
        years.setdefault(day.year, {})[day] = (works, name)
    return years


def is_published(year):
    """Whether the State Council's notice for the year is in the calendar."""
    return calendar().is_published(year)


def is_workday(day):
    return calendar().is_workday(day)


def workdays_between(start, end):
    """Working days after ``start`` up to and including ``end``; negative when ``end`` is past."""
    known = calendar()
    return known.until(end) - known.until(start)


def add_workdays(day, count):
    """The working day that is ``count`` working days after ``day``."""
    known = calendar()
    while count > 0:
        day += timedelta(days=1)
        count -= known.is_workday(day)
    return day
