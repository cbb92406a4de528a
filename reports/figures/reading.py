"""Figures as pages show them: of a division, of those below it, over months and quarters."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Division
from accounts.models.divisions import Level
from reports.figures.table import DAYS, FIGURES, SHARE
from reports.models import Rollup

MONTHS = 12
NONE = [0, None]


@dataclass(frozen=True)
class Value:
    """``n`` of ``of``; ``of`` is None where the figure is a plain number."""

    figure: object
    n: int
    of: int | None

    @property
    def number(self):
        """What is compared and drawn: the count, the share of 1, the mean. None of nothing."""
        if self.figure.unit in (SHARE, DAYS):
            return Decimal(self.n) / self.of if self.of else None
        return self.n

    @property
    def worse_order(self):
        """Sorts the worst first; what has no value comes last."""
        if self.number is None:
            return (1, 0)
        return (0, self.number if self.figure.good == "up" else -self.number)


def value_of(figure, values):
    n, of = values.get(figure.code, NONE)
    return Value(figure, n or 0, of if figure.of or figure.unit == DAYS else None)


def months_of(post):
    """The months with figures, latest first."""
    mine = Rollup.objects.filter(division=post.division_id).order_by("-month")
    return list(mine.values_list("month", flat=True))


def quarter_of(month):
    """The months of its quarter."""
    first = month.month - (month.month - 1) % 3
    return [month.replace(month=first + n) for n in range(3)]


def summed(rollups, figures=FIGURES):
    """The values of several months as one: what happened adds up, of what stood the last counts.

    ``rollups``: of one division, any order. Returns code -> [numerator, denominator].
    """
    total = {}
    for rollup in sorted(rollups, key=lambda one: one.month):
        for figure in figures:
            n, of = rollup.values.get(figure.code, NONE)
            if figure.stock:
                total[figure.code] = [n, of]
            else:
                before = total.get(figure.code, [0, 0])
                total[figure.code] = [before[0] + (n or 0), (before[1] or 0) + (of or 0)]
    return total


def of_division(division, months):
    """code -> Value of a division over the months."""
    rows = Rollup.objects.filter(division=division, month__in=months)
    values = summed(rows)
    return {figure.code: value_of(figure, values) for figure in FIGURES}


def below(division, months):
    """[(division, code -> Value)] of the next level, in the order of the codes: two queries."""
    level = min(division.level + 1, Level.VILLAGE)
    places = Division.objects.below(division).filter(level=level).order_by("code")
    kept = {place.id: [] for place in places}
    for row in Rollup.objects.filter(division__in=list(kept), month__in=months):
        kept[row.division_id].append(row)
    found = []
    for place in places:
        if kept[place.id]:
            values = summed(kept[place.id])
            found.append((place, {one.code: value_of(one, values) for one in FIGURES}))
    return found


def trends(divisions, month, figures=FIGURES):
    """(division id, code) -> [number or None] of the twelve months up to ``month``."""
    months = months_before(month)
    place = {one: n for n, one in enumerate(months)}
    found = {}
    rows = Rollup.objects.filter(division__in=divisions, month__in=months)
    for row in rows:
        for figure in figures:
            line = found.setdefault((row.division_id, figure.code), [None] * MONTHS)
            line[place[row.month]] = value_of(figure, row.values).number
    return found


def months_before(month):
    """The twelve months up to ``month``."""
    return [_back(month, n) for n in range(MONTHS - 1, -1, -1)]


def _back(month, n):
    years, months = divmod(month.year * 12 + month.month - 1 - n, 12)
    return date(years, months + 1, 1)
