"""Which counties the bulletin names 工作推进不力、进度迟缓: those late by the table below.

The limits are defaults of ours; the bulletin says them. A county is named for a figure only where
there was something to do.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reports.figures import reading
from reports.figures.table import BY_CODE


@dataclass(frozen=True)
class Limit:
    """``least``: a share under it is late; ``most``: a number above it is."""

    least: Decimal | None = None
    most: int | None = None

    def is_late(self, value):
        if value.number is None:
            return False
        return value.number < self.least if self.least is not None else value.n > self.most

    @property
    def words(self):
        if self.least is not None:
            return _("under %(share)s%%") % {"share": f"{self.least * 100:.0f}"}
        return _("more than %(most)d") % {"most": self.most}


LIMITS = {
    "flags_overdue": Limit(most=0),
    "visits_monthly": Limit(least=Decimal("0.90")),
    "without_responsible": Limit(most=0),
    "without_contact": Limit(most=0),
    "tasks_in_time": Limit(least=Decimal("0.80")),
}
WEAK_FROM = 3  # late figures: 工作推进不力; fewer: 进度迟缓


def late_figures(values):
    """Codes of the figures that a county is late in; ``values`` as a bulletin keeps them."""
    return [
        code
        for code, limit in LIMITS.items()
        if limit.is_late(reading.value_of(BY_CODE[code], values))
    ]
