"""What a department did, for its own eyes: questions, measures, tasks, files (domain.md 1, 6)."""

from django.db.models import BigIntegerField, F, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.divisions import Level
from accounts.roles import DEPARTMENTS
from assistance.models import Result
from duties.models import Task
from feeds.models import FeedUpload, UploadState
from monitoring.models import Enquiry
from reports.figures.declared.clues import IN_TIME, tasks_of
from reports.figures.declared.helping import BEGUN, ENDED, OPEN, unaccounted
from reports.figures.figure import DAYS, SHARE, Figure
from reports.figures.sources import Source

HOME = "case__household__village_id"
ASKED = Source(Enquiry, lambda m: Q(asked_at__range=(m.begins, m.ends)), HOME)
DUE = Source(Enquiry, lambda m: Q(due_on__range=(m.first, m.last), withdrawn_at=None), HOME)
ANSWERED = Source(Enquiry, lambda m: Q(answered_at__range=(m.begins, m.ends)), HOME)
LATE = Source(
    Enquiry,
    lambda m: (
        Q(due_on__lt=m.last, asked_at__lte=m.ends)
        & (Q(answered_at=None) | Q(answered_at__gt=m.ends))
        & (Q(withdrawn_at=None) | Q(withdrawn_at__gt=m.ends))
    ),
    HOME,
)
TASKS = Source(
    Task, lambda m: tasks_of(m) & Q(role="department"), "at_id"
)  # fmt: skip
FILES = Source(
    FeedUpload,
    lambda m: Q(state=UploadState.LOADED, loaded_at__range=(m.begins, m.ends)),
    "division_id",
)
QUESTIONS = {"group": "questions", "counts": pgettext_lazy("counted", "questions")}
CARRIED = {"group": "carried", "counts": pgettext_lazy("counted", "measures")}
# Files and tasks are of the department's own division, never of one below a county.
DATA = {"group": "data", "counts": pgettext_lazy("counted", "files"), "deepest": Level.COUNTY}
GROUPS = {
    "questions": _("Questions to us"),
    "carried": _("Measures and tasks"),
    "data": _("Department data"),
}


def count_of(name):
    """What the report of an upload counted."""
    return Cast(KeyTextTransform(name, "counts"), BigIntegerField())


def _of(code):
    """The figures of one department."""
    mine = Q(department=code)
    own = {"department": code}

    def these(_month):
        return mine

    return (
        Figure(f"asked_{code}", _("questions asked"), "AH 2.1", ASKED, these, good="",
               **QUESTIONS, **own),
        Figure(f"answered_{code}", _("questions answered in time"), "AH 2.1", DUE,
               lambda m: mine & Q(answered_at__date__lte=F("due_on")), of=these, unit=SHARE,
               good="up", **QUESTIONS, **own),
        Figure(f"days_to_answer_{code}", _("days until the answer"), "AH 2.1", ANSWERED, these,
               unit=DAYS, amount=F("answered_at") - F("asked_at"), **QUESTIONS, **own),
        Figure(f"late_{code}", _("questions late at the end"), "AH 2.1", LATE, these, stock=True,
               **QUESTIONS, **own),
        Figure(f"carried_{code}", _("measures under way"), "AH 3.2", OPEN, these, good="",
               stock=True, **CARRIED, **own),
        Figure(f"begun_{code}", _("measures begun"), "AH 3.2", BEGUN, these, good="", **CARRIED,
               **own),
        Figure(f"done_{code}", _("ended measures that were carried out"), "AH 3.2", ENDED,
               lambda m: mine & Q(result=Result.DONE), of=these, unit=SHARE, good="up",
               **CARRIED, **own),
        Figure(f"unaccounted_{code}", _("open measures past their time, without a reason"),
               "AH 3.3", OPEN, lambda m: mine & unaccounted(m), of=these, stock=True, **CARRIED,
               **own),
        Figure(f"tasks_{code}", _("tasks ended in time"), "XC 5.1", TASKS,
               lambda m: mine & IN_TIME, of=these, unit=SHARE, good="up", group="carried",
               counts=pgettext_lazy("counted", "tasks"), deepest=Level.COUNTY, **own),
        Figure(f"files_{code}", _("files brought"), "AH 2.1", FILES, these, good="", **DATA,
               **own),
        Figure(f"rows_{code}", _("rows brought"), "AH 2.1", FILES, these, good="",
               amount=count_of("rows"), **DATA, **own),
        Figure(f"matched_{code}", _("rows that found their member"), "AH 2.1", FILES, these,
               unit=SHARE, amount=count_of("matched"), over=count_of("rows"), good="up", **DATA,
               **own),
    )  # fmt: skip


FIGURES = tuple(figure for code in DEPARTMENTS for figure in _of(code))


# What whoever oversees the departments is told of each.
TOLD = ("asked", "answered", "days_to_answer", "late", "carried", "unaccounted", "tasks", "files",
        "matched")  # fmt: skip


def head_of(code):
    """Shown above every group."""
    return [f"{name}_{code}" for name in ("asked", "late", "carried", "unaccounted", "matched")]
