"""The two tasks of a finding: the locality answers it, who found it looks the answer through."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from duties.kinds import Kind, add_kind

ANSWER, LOOK = "finding", "finding_look"
LOOK_DAYS = 5


def _page(task):
    return reverse("finding", args=[task.key])


add_kind(
    ANSWER,
    Kind(
        words=_("finding of supervisors"),
        todo=_("Mend what was found, and answer with words and proof."),
        clause="AH 6.2",
        role="village",
        days=10,
        outcomes={"answered": _("answered"), "withdrawn": _("withdrawn")},
        page=_page,
        done_elsewhere=True,
    ),
)
add_kind(
    LOOK,
    Kind(
        words=_("answer to a finding"),
        todo=_("Look the answer through: accept it, or return it with a reason."),
        clause="AH 6.2",
        role="county",
        days=LOOK_DAYS,
        outcomes={"accepted": _("accepted"), "returned": _("returned")},
        page=_page,
        done_elsewhere=True,
    ),
)
