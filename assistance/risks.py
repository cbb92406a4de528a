"""Which risks call for help. The rooms above know what a risk is; they tell it here when they load.

So measures are proposed, named and checked without this room looking up into theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
    flagged: Callable = lambda: Q(pk__in=())  # () -> condition on households with an open red flag
    effects: Callable = lambda measures, post: {}  # -> {measure id: [Effect]}


@dataclass(frozen=True)
class Effect:
    """What became of a rule that a measure answers, by the latest review since it began."""

    words: str
    state: str  # turned, eased, stays, unknown, waiting
    on: date | None = None

    @property
    def said(self):
        return EFFECT_WORDS[self.state]

    @property
    def look(self):
        return {"turned": "ok", "eased": "info", "waiting": "wait", "unknown": "wait"}.get(
            self.state, ""
        )


EFFECT_WORDS = {
    "turned": _("turned"),
    "eased": _("eased from red to yellow"),
    "stays": _("has not turned yet"),
    "unknown": _("not known any more"),
    "waiting": _("not reviewed since it began"),
}
_source = Source()


def tell_risks(**told):
    """``words``, ``of``, ``flagged``, ``effects``: as ``Source`` says."""
    for name, function in told.items():
        setattr(_source, name, function)


def risk_words():
    """Code -> words of every rule that a measure may answer."""
    return _source.words()


def risks_of(household, post):
    """What stands against the household now, red first."""
    return _source.of(household, post)


def flagged():
    """A condition on households: the province's red flag stands (AH 3.2)."""
    return _source.flagged()


def effects_of(measures, post):
    """Measure id -> what became of the rules that it answers, as far as the post sees them."""
    return _source.effects(list(measures), post)
