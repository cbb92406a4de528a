"""Figures as pages show them: of a division, of those below it, over months and quarters."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Division
from accounts.models.divisions import Level
from reports.figures.table import BY_CODE, DAYS, FIGURES, MINUTES, SHARE, YUAN
from reports.models import Rollup

MONTHS = 12
FEN = 100
DIVISORS = {SHARE: 1, DAYS: 1, MINUTES: 60}
NONE = [0, None]


@dataclass(frozen=True)
class Value:
    """``n`` of ``of``; ``of`` is None where the figure is a plain number."""

    figure: object
    n: int
    of: int | None

    @property
    def number(self):
        """What is compared and drawn: count, share of 1, mean, yuan. None of nothing."""
        if self.figure.unit in DIVISORS:
            return Decimal(self.n) / self.of / DIVISORS[self.figure.unit] if self.of else None
        return Decimal(self.n) / FEN if self.figure.unit == YUAN else self.n

    @property
    def worse_order(self):
        """Sorts the worst first; what has no value comes last."""
        if self.number is None:
            return (1, 0)
        return (0, self.number if self.figure.good == "up" else -self.number)


def value_of(figure, values):
    n, of = values.get(figure.code, NONE)
    return Value(figure, n or 0, of if figure.divided else None)


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
    wanted = {figure.code for figure in figures}
    months = sorted(rollups, key=lambda one: one.month)
    total = {}
    for rollup in months:
        last = rollup is months[-1]
        for code, (n, of) in rollup.values.items():
            if code not in wanted:
                continue
            if not BY_CODE[code].stock:
                before = total.get(code, [0, 0])
                total[code] = [before[0] + (n or 0), (before[1] or 0) + (of or 0)]
            elif last:
                total[code] = [n, of]
    return total


@dataclass(frozen=True)
class Kept:
    """Of a roll-up, the figures that are asked for; a whole one is read many times slower."""

    division: int
    month: date
    values: dict


def kept(divisions, months, figures):
    """Division id -> its roll-ups, with these figures only."""
    codes = [figure.code for figure in figures]
    rows = Rollup.objects.filter(division__in=divisions, month__in=months)
    found = {}
    for division, month, *pairs in rows.values_list(
        "division_id", "month", *(f"values__{code}" for code in codes)
    ):
        values = {code: pair for code, pair in zip(codes, pairs, strict=True) if pair}
        found.setdefault(division, []).append(Kept(division, month, values))
    return found


def of_division(division, months, figures=FIGURES):
    """code -> Value of a division over the months."""
    values = summed(kept([division.id], months, figures).get(division.id, []), figures)
    return {figure.code: value_of(figure, values) for figure in figures}


def below(division, months, figures=FIGURES):
    """[(division, code -> Value)] of the next level, in the order of the codes: two queries."""
    level = min(division.level + 1, Level.VILLAGE)
    places = list(Division.objects.below(division).filter(level=level).order_by("code"))
    rows = kept([place.id for place in places], months, figures)
    found = []
    for place in places:
        if place.id in rows:
            values = summed(rows[place.id], figures)
            found.append((place, {one.code: value_of(one, values) for one in figures}))
    return found


def trends(divisions, month, figures=FIGURES):
    """(division id, code) -> [number or None] of the twelve months up to ``month``."""
    months = months_before(month)
    place = {one: n for n, one in enumerate(months)}
    found = {}
    for division, rows in kept(divisions, months, figures).items():
        for figure in figures:
            line = found.setdefault((division, figure.code), [None] * MONTHS)
            for row in rows:
                line[place[row.month]] = value_of(figure, row.values).number
    return found


def months_before(month):
    """The twelve months up to ``month``."""
    return [_back(month, n) for n in range(MONTHS - 1, -1, -1)]


def _back(month, n):
    years, months = divmod(month.year * 12 + month.month - 1 - n, 12)
    return date(years, months + 1, 1)
