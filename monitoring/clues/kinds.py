"""The tasks that a clue puts on desks, one at a time, and who is told when the whole is late."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import COUNTY, TOWNSHIP, VILLAGE
from duties.kinds import Kind, add_kind
from monitoring.models.clues import ClueState

CHECK, CONFIRM, CASE, END = "clue_check", "clue_confirm", "clue_case", "clue_end"
KIND_OF = {ClueState.CHECK: CHECK, ClueState.CONFIRM: CONFIRM, ClueState.TO_OPEN: CASE}
LEVEL_OF = {CHECK: VILLAGE, CONFIRM: TOWNSHIP, CASE: COUNTY}
CONFIRM_DAYS = CASE_DAYS = 2  # working days; no document gives them
OUTCOMES = {
    "checked": _("checked at home"),
    "answered": _("answered"),
    "returned": _("sent back"),
    "case": _("case opened"),
    "merged": _("joined to another clue"),
    "withdrawn": _("withdrawn: the department took its data back"),
}


def _page(task):
    return reverse("clue", args=[task.key])


def _kind(words, todo, clause, role, days, **more):
    return Kind(words, todo, clause, role, days, page=_page, **more)


def _of_a_desk(words, todo, clause, role, days):
    return _kind(words, todo, clause, role, days, outcomes=OUTCOMES, done_elsewhere=True)


add_kind(
    CHECK,
    _of_a_desk(
        _("check of a clue"), _("Go to the household, and record what you found."),
        "GZ 4.2.2, AH 2.3", "village", 2,
    ),
)  # fmt: skip
add_kind(
    CONFIRM,
    _of_a_desk(
        _("clue not confirmed by the village"),
        _("Confirm that the household needs no help, or send the clue back."),
        "AH 3.2", "township", CONFIRM_DAYS,
    ),
)  # fmt: skip
add_kind(
    CASE,
    _of_a_desk(
        _("case of a clue"), _("The village found a risk. Open the case, or send the clue back."),
        "GZ 4.2.2, AH 2.2", "county", CASE_DAYS,
    ),
)  # fmt: skip
add_kind(
    END,
    _kind(
        _("clue whose time runs out"), _("See to it that the clue gets its answer in time."),
        "GZ 4.2.2", "township", 3, follows=True,
    ),
)  # fmt: skip
