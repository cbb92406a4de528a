"""Tasks, and faults of the data by severity and age."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duties.models import Task
from households.models import Fault, Waiver
from households.quality.check import ERROR, WARNING
from households.quality.checks import codes_of
from reports.figures.declared.clues import IN_TIME, tasks_of
from reports.figures.figure import DAYS, SHARE, Figure, every
from reports.figures.sources import Source

TASKS = Source(Task, tasks_of, "at_id")
HOME = "household__village_id"


def _standing(month):
    """At its end, and not waived by then; a waiver given later waives later months."""
    waived = Waiver.objects.filter(fault=OuterRef("pk"), at__lte=month.known)
    return (
        Q(found_on__lte=month.last)
        & (Q(fixed_on=None) | Q(fixed_on__gt=month.last))
        & ~Q(Exists(waived.filter(until__gte=month.last)))
    )


FAULTS = Source(Fault, _standing, HOME)
MENDED = Source(Fault, lambda m: Q(fixed_on__range=(m.first, m.last)), HOME)
PLACES = {"counts": _("places"), "group": "work"}
ERRORS, WARNINGS = Q(code__in=codes_of(ERROR)), Q(code__in=codes_of(WARNING))


def _errors_older_than(days):
    return lambda month: ERRORS & Q(found_on__lt=month.last - timedelta(days=days))


FIGURES = (
    Figure(
        "tasks_in_time", _("tasks ended in time"), "XC 5.1", TASKS, lambda m: IN_TIME,
        of=every, unit=SHARE, good="up", group="work", counts=pgettext_lazy("counted", "tasks"),
    ),
    Figure(
        "faults", _("errors of the data"), "XC 4.1.2", FAULTS, lambda m: ERRORS, stock=True,
        **PLACES,
    ),
    *(
        Figure(
            f"faults_{days}", words, "XC 4.1.2", FAULTS, _errors_older_than(days), stock=True,
            **PLACES,
        )
        for days, words in (
            (30, _("errors of the data for more than 30 days")),
            (90, _("errors of the data for more than 90 days")),
        )
    ),
    Figure(
        "warnings", _("warnings of the data"), "XC 4.1.2", FAULTS, lambda m: WARNINGS, stock=True,
        **PLACES,
    ),
    Figure(
        "faults_mended", _("errors of the data mended"), "XC 4.1.2", MENDED, lambda m: ERRORS,
        good="up", **PLACES,
    ),
    Figure(
        "days_to_mend", _("days until an error was mended"), "XC 4.1.2", MENDED, lambda m: ERRORS,
        unit=DAYS, amount=F("fixed_on") - F("found_on"), **PLACES,
    ),
)  # fmt: skip
