"""Red flags, as the lines of a frozen month tell them."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from monitoring.models import Change, FlagLine
from reports.figures.declared.homes import STOOD
from reports.figures.figure import DAYS, SHARE, Figure, where
from reports.figures.sources import Source

LINES = Source(FlagLine, lambda m: Q(run=m.run), "village_id", by_run=True)
STANDING = ~Q(change=Change.CLEARED)

FIGURES = (
    Figure("flags_opened", _("red flags set"), "AH 3.2", LINES, where(change=Change.NEW)),
    Figure(
        "flags_standing", _("red flags standing"), "AH 3.2", LINES, lambda m: STANDING, stock=True
    ),
    Figure(
        "flags_cleared", _("red flags cleared"), "AH 3.2", LINES, where(change=Change.CLEARED),
        good="up",
    ),
    Figure(
        "flags_overdue", _("red flags overdue"), "AH 3.2", LINES,
        lambda m: STANDING & Q(overdue=True), of=lambda m: STANDING, stock=True,
    ),
    Figure(
        "days_to_clear", _("days to clear a red flag"), "AH 3.2", LINES,
        where(change=Change.CLEARED), unit=DAYS,
        amount=F("run__as_of") - F("flagged_on"),
    ),
    Figure(
        "flags_reopened", _("households flagged again"), "AH 3.3", LINES,
        where(change=Change.NEW, reopened=True),
    ),
    Figure(
        "flags_helped", _("flagged households with a measure under way"), "AH 3.2", STOOD,
        where(flagged=True, helped=True), of=where(flagged=True), unit=SHARE, good="up",
        stock=True,
    ),
)  # fmt: skip
