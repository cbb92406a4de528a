"""Which risks call for help. The rooms above know what a risk is; they tell it here when they load.

So measures are proposed, named and checked without this room looking up into theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistance.catalogue import MEASURE_TYPES


@dataclass(frozen=True)
class Risk:
    """A rule that speaks of a household: since when, and the kinds of measures that answer it."""

    code: str
    words: str
    mark: str  # red or yellow
    kinds: tuple
    since: date

    @property
    def types(self):
        return [MEASURE_TYPES[code] for code in self.kinds]


@dataclass
class Source:
    words: Callable = dict  # () -> {code: words} of every rule
    of: Callable = lambda household, post: []  # the risks of a household that a post may see


_source = Source()


def tell_risks(*, words, of):
    _source.words, _source.of = words, of


def risk_words():
    """Code -> words of every rule that a measure may answer."""
    return _source.words()


def risks_of(household, post):
    """What stands against the household now, red first."""
    return _source.of(household, post)
