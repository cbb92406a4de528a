"""What a figure is (domain.md 6): the rows that it counts, never a number that somebody typed.

A figure is the number of its ``rows``, their share ``of`` other rows, or a sum of ``amount`` over
them, by itself or divided: by their number (a mean) or by the sum of ``over``. ``good`` says
whether less or more is better. A ``stock`` is what stood at the end of a month; anything else
happened in it and adds up over the months of a quarter.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from accounts.models.divisions import Level
from accounts.roles import DEPARTMENTS
from reports.figures.sources import Month, Source

# Sums of a YUAN are kept in fen, of MINUTES in seconds.
NUMBER, SHARE, DAYS, YUAN, MINUTES = "number", "share", "days", "yuan", "minutes"
HOUSEHOLDS = _("households, counted")
MEANS = (DAYS, MINUTES)
WORDS_OF_GOOD = {"down": _("the fewer, the better"), "up": _("the more, the better"), "": ""}


@dataclass(frozen=True)
class Figure:
    code: str
    words: str
    clause: str
    source: Source
    rows: Callable[[Month], Q]
    of: Callable[[Month], Q] | None = None
    unit: str = NUMBER
    amount: Combinable | None = None
    over: Combinable | None = None
    good: str = "down"
    stock: bool = False
    group: str = "flags"
    counts: str = HOUSEHOLDS
    # Of a place by itself: no table, no map and no order among places, no list of rows (AH 6.3).
    compared: bool = True
    department: str = ""  # whose own figure it is; besides, only who oversees it is shown it
    deepest: int = Level.VILLAGE  # no row of it belongs to a division below this level

    def counted(self, month, post):
        """The rows behind the figure that ``post`` may see."""
        return self.counted_in([month], post)

    def counted_in(self, months, post):
        """As ``counted``, of several months."""
        found = Q(pk__in=[])
        for month in months:
            found |= self.source.of(month) & self.rows(month)
        rows = self.source.model.objects.visible_to(post)
        return rows.filter(found & self.source.of_any(months)) if months else rows.none()

    @property
    def title(self):
        """For whoever is told figures of several departments."""
        return f"{DEPARTMENTS[self.department]} {self.words}" if self.department else self.words

    @property
    def divided(self):
        return bool(self.of or self.over) or self.unit in MEANS

    @property
    def good_words(self):
        return WORDS_OF_GOOD[self.good]


def every(_month):
    return Q()


def where(**conditions):
    return lambda _month: Q(**conditions)
