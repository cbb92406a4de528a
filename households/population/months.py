"""What falls on which day: windows of income, visits of each month, days of change."""

from datetime import date, timedelta


def month_of(day, back=0):
    """The first day of the month ``back`` months before that of ``day``."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


REASONS = ("逐月更新", "入户走访后更新", "帮扶干部工作变动")


class Calendar:
    """The months of a population that ends on ``until`` and runs for ``months`` months."""

    def __init__(self, until, months):
        self.until, self.months = until, months
        start = month_of(until, months + 5)
        self.since = f"{start}\t{start} 09:00+08\t"
        self._changes = [self._days(back) for back in range(months - 1)]
        self._visit_months = [self._days(back) for back in range(max(months, 6))]
        self._statements = {listed: list(self._windows(listed)) for listed in (True, False)}

    def _days(self, back):
        """The days of the month ``back`` months ago, up to the 28th and to the last day."""
        first = month_of(self.until, back)
        return [
            first + timedelta(days=n) for n in range(28) if first.replace(day=n + 1) <= self.until
        ]

    def change(self, rng, share):
        """A day of change, when it was recorded and why; nothing for most."""
        drawn = rng.random()
        if drawn >= share * len(self._changes):
            return "", "", ""
        days = self._changes[int(drawn / share)]
        day = days[int(rng.random() * len(days))]
        return day, f"{day} 15:00+08", REASONS[int(rng.random() * 2)]

    def visit_days(self, rng, listed):
        """Listed households monthly but for some, others once in a quarter; oldest first."""
        months = self._visit_months
        if listed:
            wanted = range(max(self.months, 3) - 1, -1, -1)
            picked = [months[n] for n in wanted if rng.random() < 0.94]
        else:
            quarters = range((max(self.months, 4) + 2) // 3 - 1, -1, -1)
            picked = [months[min(3 * n + int(rng.random() * 3), len(months) - 1)] for n in quarters]
        return [days[int(rng.random() * len(days))] for days in picked]

    def statements(self, listed):
        """Windows with which amounts of a family they show, and how far they have drifted."""
        return self._statements[listed]

    def _windows(self, listed):
        """The twelve months before this month and the twelve before those; listed: each month."""
        for back in range(self.months - 1 if listed else 0, -1, -1):
            end = month_of(self.until, back)
            yield self._window(end, 12), "before", 1 - 0.01 * back
            yield self._window(end, 0), "now", 1 - 0.02 * back

    def _window(self, month, back):
        first, next_one = month_of(month, back + 12), month_of(month, back)
        told = next_one + timedelta(days=9)
        return f"{first}\t{next_one - timedelta(days=1)}\t{told}\t{told} 16:00+08"
