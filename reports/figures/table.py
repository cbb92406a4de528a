"""The figures (domain.md 6), put together from ``declared/``, and the groups that pages show."""

from django.utils.translation import gettext_lazy as _

from reports.figures.declared import (
    burden,
    clues,
    collectives,
    departments,
    flags,
    helping,
    homes,
    screening,
    steps,
    work,
)
from reports.figures.declared.homes import MOVES, TOLD
from reports.figures.declared.steps import BY_KIND
from reports.figures.figure import DAYS, MINUTES, NUMBER, SHARE, YUAN, Figure

__all__ = [
    "BY_CODE",
    "BY_KIND",
    "DAYS",
    "FIGURES",
    "GROUPS",
    "HEAD",
    "MINUTES",
    "MOVES",
    "NUMBER",
    "SHARE",
    "SHOWN",
    "TOLD",
    "YUAN",
    "Figure",
]
GROUPS = {
    "flags": _("Red flags"),
    "visits": _("Visits and persons"),
    "clues": _("Clues"),
    "screening": _("Screening"),
    "help": _("Plans and funds"),
    "tiers": _("Tiers"),
    "steps": _("Approval times"),
    "work": _("Tasks and data"),
    "burden": _("What villages are asked"),
}
HEAD = ("flags_standing", "flags_opened", "flags_overdue", "visits_monthly", "faults")
FIGURES = (
    *flags.FIGURES,
    *homes.VISITS,
    *clues.FIGURES,
    *screening.FIGURES,
    *homes.PLANS,
    *helping.FIGURES,
    *collectives.FIGURES,
    *homes.TIERS,
    *steps.FIGURES,
    *work.FIGURES,
    *burden.FIGURES,
    *departments.FIGURES,
)
# What everybody who sees a division whole is shown; moves and kinds of steps have drawings and
# tables of their own.
SHOWN = tuple(figure for figure in FIGURES if figure.group in GROUPS)
BY_CODE = {figure.code: figure for figure in FIGURES}


def figures_for(post):
    """Departments have their own, all others those of divisions."""
    return [figure for figure in FIGURES if figure.department == post.department]


def groups_for(post):
    return departments.GROUPS if post.department else GROUPS


def head_for(post):
    """Codes of the figures above every group."""
    return departments.head_of(post.department) if post.department else HEAD
