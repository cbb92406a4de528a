"""The task of a village to look at a difference."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from duties.kinds import Kind, add_kind
from monitoring.comparison.rules import RULES

DIFFERENCE = "difference"
KEPT = "kept"


def _told(task):
    rule = RULES.get(task.figures.get("rule"))
    return rule.words if rule else task.row.todo


add_kind(
    DIFFERENCE,
    Kind(
        words=_("difference to a department's data"),
        todo=_("Mend the register, or keep it and say why."),
        clause="AH 2.1, GZ 4.4.3",
        role="village",
        days=10,
        follows=True,
        outcomes={KEPT: _("the register is kept")},
        page=lambda task: reverse("difference", args=[task.key]),
        told=_told,
    ),
)
