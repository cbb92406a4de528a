"""Measures and money: what was begun and ended, what nobody accounts for, what was granted."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.models import Grant, Measure, MeasureChange, Result
from reports.figures.figure import SHARE, YUAN, Figure, every, where
from reports.figures.sources import Source

HOME = "household__village_id"


def _ended_later(month):
    """Its end was entered after the month was frozen, for whatever day."""
    ends = MeasureChange.objects.filter(measure=OuterRef("pk"), changes__has_key="ended_on")
    return Q(Exists(ends.filter(recorded_at__gt=month.known)))


def _begun(month):
    return Q(started_on__range=(month.first, month.last), recorded_at__lte=month.known)


def _ended(month):
    return Q(
        ended_on__range=(month.first, month.last), recorded_at__lte=month.known
    ) & ~_ended_later(month)


def _open(month):
    stood = Q(ended_on=None) | Q(ended_on__gt=month.last) | _ended_later(month)
    return Q(started_on__lte=month.last, recorded_at__lte=month.known) & stood


BEGUN = Source(Measure, _begun, HOME)
ENDED = Source(Measure, _ended, HOME)
OPEN = Source(Measure, _open, HOME)
GRANTS = Source(Grant, lambda m: Q(paid_on__range=(m.first, m.last)), HOME)
UNFILED = Source(
    Grant,
    lambda m: Q(urgent=True, paid_on__lte=m.last) & (Q(filed_at=None) | Q(filed_at__gt=m.ends)),
    HOME,
)
MEASURES = {"group": "help", "counts": pgettext_lazy("counted", "measures")}
MONEY = {"group": "help", "counts": _("grants")}


def unaccounted(month):
    """Past its time, or without one, and nobody said why (domain.md 4)."""
    return Q(open_because="") & (Q(due_on=None) | Q(due_on__lte=month.last))


FIGURES = (
    Figure("measures_begun", _("measures begun"), "AH 3.2", BEGUN, every, good="", **MEASURES),
    Figure(
        "measures_done", _("ended measures that were carried out"), "AH 3.2", ENDED,
        where(result=Result.DONE), of=every, unit=SHARE, good="up", **MEASURES,
    ),
    Figure(
        "measures_unaccounted", _("open measures past their time, without a reason"), "AH 3.3",
        OPEN, unaccounted, of=every, stock=True, **MEASURES,
    ),
    Figure(
        "grants_paid", _("grants paid from relief funds"), "AH 4.2.3", GRANTS, every, good="",
        **MONEY,
    ),
    Figure(
        "grants_amount", _("yuan paid from relief funds"), "AH 4.2.3", GRANTS, every, unit=YUAN,
        amount=F("amount") * 100, good="", **MONEY,
    ),
    Figure(
        "relief_unfiled", _("urgent relief not filed"), "AH 5.5", UNFILED, every, stock=True,
        **MONEY,
    ),
)  # fmt: skip
