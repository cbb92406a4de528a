"""The figures (domain.md 6), put together from ``declared/``, and the groups that pages show."""

from django.utils.translation import gettext_lazy as _

from feeds.models.uploads import OVERSEERS
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
    "OVERSEEN",
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
OVERSEEN = "departments"  # the group of all departments' figures
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


def oversees(post):
    """Whether the post is told what each department did, as it is shown their files."""
    return post.role in OVERSEERS


def is_told(post, figure):
    """Departments have their own, all others those of divisions."""
    if figure.department and not post.department:
        return oversees(post)
    return figure.department == post.department


def figures_for(post):
    return [figure for figure in FIGURES if is_told(post, figure)]


def groups_for(post):
    if post.department:
        return departments.GROUPS
    return GROUPS | {OVERSEEN: _("Departments")} if oversees(post) else GROUPS


def head_for(post):
    """Codes of the figures above every group."""
    return departments.head_of(post.department) if post.department else HEAD
