"""Measures and money: what was begun and ended, what nobody accounts for, what was granted."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.models import Grant, Measure, Result
from reports.figures.figure import SHARE, YUAN, Figure, every, where
from reports.figures.sources import Source

HOME = "household__village_id"
BEGUN = Source(Measure, lambda m: Q(started_on__range=(m.first, m.last)), HOME)
ENDED = Source(Measure, lambda m: Q(ended_on__range=(m.first, m.last)), HOME)
OPEN = Source(
    Measure,
    lambda m: Q(started_on__lte=m.last) & (Q(ended_on=None) | Q(ended_on__gt=m.last)),
    HOME,
)
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
