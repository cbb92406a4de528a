"""What village collectives earned in the twelve months up to the end of a month (GZ 2.5).

In December that is the year. A village without an entry is not counted as poor: nobody knows.
"""

from django.db.models import OuterRef, Q
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import Level
from assistance.projects.lists import a_year_to, earned_or_nothing, has_entries, least_income
from reports.figures.figure import Figure
from reports.figures.sources import Source


def _villages(month):
    here = Q(valid_from=None) | Q(valid_from__lte=month.last)
    return Q(level=Level.VILLAGE) & here & (Q(valid_to=None) | Q(valid_to__gt=month.last))


VILLAGES = Source(Division, _villages, "village_id")
OF_VILLAGES = {"stock": True, "group": "help", "counts": _("villages")}


def _known(month):
    return Q(has_entries(*a_year_to(month.last), OuterRef("pk"), month.ends))


def _low(month):
    earned = earned_or_nothing(*a_year_to(month.last), OuterRef("pk"), month.ends)
    return _known(month) & Q(LessThan(earned, least_income(month.last, "")))


FIGURES = (
    Figure(
        "collectives_low", _("villages with too little collective income"), "GZ 2.5",
        VILLAGES, _low, of=_known, **OF_VILLAGES,
    ),
    Figure(
        "collectives_unknown", _("villages without collective income on record"), "GZ 2.5",
        VILLAGES, lambda month: ~_known(month), **OF_VILLAGES,
    ),
)  # fmt: skip
