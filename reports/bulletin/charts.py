"""The charts of a bulletin: what is drawn, once, for Word, PDF, workbook and screen.

Grey and dark, so that they read in black and white; every bar and point carries its number.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from reports.bulletin.composing import places_of
from reports.figures import reading
from reports.figures.table import BY_CODE, NUMBER, SHARE

BARS, LINE = "bars", "line"
FILLS = ("D3DCE6", "1F3A57")  # of the first and the second series
OUTLINE = "1F3A57"


@dataclass(frozen=True)
class Series:
    words: str
    numbers: list  # as drawn: counts, or shares of 1; None where nothing is known
    unit: str
    fill: str

    def label(self, number):
        if number is None:
            return ""
        return f"{number * 100:.1f}%" if self.unit == SHARE else f"{number:,}"

    @property
    def labelled(self):
        return [(number, self.label(number)) for number in self.numbers]

    @property
    def number_format(self):
        return "0.0%" if self.unit == SHARE else "#,##0"


@dataclass(frozen=True)
class Chart:
    title: str
    kind: str
    names: list
    series: list

    @property
    def unit(self):
        return self.series[0].unit

    @property
    def most(self):
        """Where its scale ends."""
        known = [n for one in self.series for n in one.numbers if n is not None]
        return max([1, *known]) if self.unit == NUMBER else 1

    @property
    def said(self):
        """For whoever cannot see it."""
        parts = []
        for at, name in enumerate(self.names):
            said = [f"{s.words} {s.label(s.numbers[at]) or _('none')}" for s in self.series]
            parts.append(f"{name}: {', '.join(said)}")
        return "; ".join(parts)


def charts_of(figures):
    """Those that there is something to draw for."""
    found = [
        _by_city(
            figures,
            _("Chart 1: red flags standing at the end of the quarter, and overdue, by city"),
            "flags_standing", "flags_overdue",
        ),
        _by_month(
            figures, LINE, _("Chart 2: red flags standing at the end of the month, twelve months"),
            "flags_standing",
        ),
        _by_month(
            figures, BARS, _("Chart 3: red flags set and cleared, twelve months"),
            "flags_opened", "flags_cleared",
        ),
        _by_city(figures, _("Chart 4: monthly visits made, by city"), "visits_monthly"),
    ]  # fmt: skip
    return [chart for chart in found if _says_something(chart)]


def _says_something(chart):
    return any(number is not None for one in chart.series for number in one.numbers)


def _by_city(figures, title, *codes):
    places = places_of(figures, Level.CITY)
    numbers = [[_number(code, place["values"]) for place in places] for code in codes]
    return Chart(title, BARS, [place["name"] for place in places], _series(codes, numbers))


def _by_month(figures, kind, title, *codes):
    """From the first month that was reviewed on. Bulletins composed before there were charts have
    no line of months."""
    lines = figures.get("lines") or {"months": [], "values": {}}
    pairs = [lines["values"].get(code, []) for code in codes]
    first = next((at for at, known in enumerate(zip(*pairs, strict=True)) if any(known)), None)
    kept = slice(first, None)
    numbers = [
        [pair and _number(code, {code: pair}) for pair in row[kept]]
        for code, row in zip(codes, pairs, strict=True)
    ]
    names = [f"{date.fromisoformat(month):%Y-%m}" for month in lines["months"][kept]]
    return Chart(title, kind, names, _series(codes, numbers))


def _series(codes, numbers):
    return [
        Series(str(figure.words), row, SHARE if figure.unit == SHARE else NUMBER, fill)
        for figure, row, fill in zip(map(BY_CODE.get, codes), numbers, FILLS, strict=False)
    ]


def _number(code, values):
    """A share as it is drawn; of a figure that is counted the count, whatever it is a part of."""
    value = reading.value_of(BY_CODE[code], values)
    if value.figure.unit != SHARE:
        return value.n
    return float(round(value.number, 4)) if value.number is not None else None
