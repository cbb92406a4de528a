"""Screening of households that are not registered (LA 2.2): the list, and what became of it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.models import CampaignLine, LineStep
from reports.figures.figure import SHARE, Figure, every
from reports.figures.sources import Source

# Lists of screenings that were under way at some time of the month.
LISTED = Source(
    CampaignLine,
    lambda m: (
        Q(campaign__kind="screening", campaign__opened_at__lte=m.ends)
        & (Q(campaign__ended_at=None) | Q(campaign__ended_at__gte=m.begins))
        & ~Q(state=LineStep.DROPPED)
    ),
    "village_id",
)


def _answered(*answers):
    """By the end of the month, and not returned since."""
    given = Q(answer__in=answers) & ~Q(state=LineStep.ANSWER)
    return lambda month: given & Q(answered_at__lte=month.ends)


def _waiting(month):
    later = Q(answered_at=None) | Q(answered_at__gt=month.ends)
    return Q(state=LineStep.ANSWER) | later


def _share(code, words, rows, good):
    return Figure(
        code, words, "LA 2.2", LISTED, rows, of=every, unit=SHARE, good=good, stock=True,
        group="screening",
    )  # fmt: skip


FIGURES = (
    Figure(
        "screening_listed", _("candidates found by screening"), "LA 2.2", LISTED, every, good="",
        stock=True, group="screening",
    ),
    _share("screening_visited", _("candidates visited"), _answered("no_risk", "risk"), "up"),
    _share("screening_excused", _("excused with a reason"), _answered("excused"), ""),
    _share("screening_waiting", _("candidates still waiting"), _waiting, "down"),
    _share("screening_risks", _("candidates with a risk of poverty"), _answered("risk"), ""),
)  # fmt: skip
