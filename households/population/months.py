"""What falls on which day: windows of income, visits of each month, days of change."""

from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from households.population.rows import EMPTY, dated, moment, words

CHINA = timezone(timedelta(hours=8))


def month_of(day, back=0):
    """The first day of the month ``back`` months before that of ``day``."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


class Change(NamedTuple):
    day: bytes
    since: bytes  # since, recorded_at and because as COPY columns


class Calendar:
    """The months of a population that ends on ``until`` and runs for ``months`` months."""

    def __init__(self, until, months):
        self.until, self.months = until, months
        start = month_of(until, months + 5)
        self.since = dated(start) + moment(at(start, 9)) + EMPTY
        self._changes = [[_change(day) for day in self._days(back)] for back in range(months - 1)]
        self._visits = [
            [_visited(day) for day in self._days(back)] for back in range(max(months, 6))
        ]
        self._monthly = self._visits[: max(months, 3)][::-1]
        quarters = range((max(months, 4) + 2) // 3 - 1, -1, -1)
        visits = [*self._visits, *self._visits[-1:] * 2]
        self._quarters = [visits[3 * quarter :][:3] for quarter in quarters]
        self._windows = {
            True: list(self._told(range(months - 1, -1, -1))),
            False: list(self._told(range(months - 1, -1, -3))),
        }

    def _days(self, back):
        """The days of the month ``back`` months ago, up to the 28th and to the last day."""
        first = month_of(self.until, back)
        days = [first + timedelta(days=number) for number in range(28)]
        return [day for day in days if day <= self.until]

    def change(self, draw, share):
        """When something changed; None for most. ``share`` is that of one month."""
        drawn = draw() / share
        if drawn >= len(self._changes):
            return None
        days = self._changes[int(drawn)]
        return days[int(draw() * len(days))]

    def visit_days(self, draw, listed, missed):
        """Listed households monthly but for the share ``missed``, others once in a quarter; the
        oldest first."""
        if listed:
            months = [days for days in self._monthly if draw() >= missed]
        else:
            months = [quarter[int(draw() * 3)] for quarter in self._quarters]
        return [days[int(draw() * len(days))] for days in months]

    def windows(self, listed):
        """(window and days as COPY columns, amounts of "now" or "before", drift) of statements.

        The twelve months before a month and the twelve before those; of listed households for
        every month, of others from the first month on once in a quarter.
        """
        return self._windows[listed]

    def _told(self, months_back):
        for back in months_back:
            yield self._window(back + 12), "before", 1 - 0.01 * back
            yield self._window(back), "now", 1 - 0.02 * back

    def _window(self, back):
        first, following = month_of(self.until, back + 12), month_of(self.until, back)
        told = following + timedelta(days=9)
        window = dated(first) + dated(following - timedelta(days=1))
        return window + dated(told) + moment(at(told, 16))


def _change(day):
    return Change(dated(day), dated(day) + moment(at(day, 15)) + words("逐月更新"))


def _visited(day):
    """A day, and what a visit on it is told of: day, made and received at."""
    told = dated(day)
    return told, told + moment(at(day, 10, 20)) + moment(at(day, 10, 31))
