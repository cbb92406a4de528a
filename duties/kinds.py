"""What a task can be about: one row a kind (清单管理、闭环调度; XC 5.1).

A room above adds the kinds that it opens with ``add_kind`` when it is loaded. ``role`` owns the
task unless the one who opens it says otherwise; ``days`` are working days. A kind that ``follows``
ends when what it was opened for is mended, and by nobody's click; of the others ``outcomes`` says
how they may end (code -> words), one of which the officer chooses.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Kind:
    words: str
    todo: str  # what is to be done, as a sentence
    clause: str
    role: str
    days: int
    follows: bool = False
    outcomes: dict = field(default_factory=dict)
    page: Callable | None = None  # task -> address of the page where it is done
    told: Callable | None = None  # task -> a sentence of its ``figures``
    done_elsewhere: bool = False  # ends by an act of its own page, not by the task's


KINDS = {
    "request": Kind(
        words=_("request of the level above"),
        todo=_("Do what is asked and say how it ended."),
        clause="XC 5.1",
        role="village",
        days=5,
        outcomes={"done": _("done"), "not_possible": _("cannot be done")},
    ),
    "fault": Kind(
        words=_("faults of the data"),
        todo=_("Mend what is wrong in the register."),
        clause="XC 4.1.2",
        role="village",
        days=10,
        follows=True,
        page=lambda task: reverse("household", args=[task.household_id]),
        told=lambda task: (
            ngettext(
                "%(faults)d fault is to be mended in the register.",
                "%(faults)d faults are to be mended in the register.",
                task.figures["faults"],
            )
            % task.figures
        ),
    ),
}


def add_kind(code, kind):
    """Called in a room's ``ready``; the same code twice is a mistake."""
    if KINDS.get(code, kind) is not kind:
        raise ValueError(f"{code}: two kinds of task with one code")
    KINDS[code] = kind
