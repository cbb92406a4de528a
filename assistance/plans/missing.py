"""Households without an approved plan that is in force, and the tasks that plans give.

A plan is asked for every household that is monitored, at its edge, in sudden difficulty, returned
or newly poor, and for every household with an open red flag (AH 4.1.3, LA 2.1.4, XC 4.5.23).
"""

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import AssistancePlan
from assistance.risks import flagged
from duties.following import follow
from duties.kinds import Kind, add_kind
from households.due import MONTHLY
from households.models import Household


def needs_a_plan():
    return MONTHLY | flagged()


def without_plan(households, on):
    """Those of ``households`` that need a plan and have none in force."""
    in_force = AssistancePlan.objects.in_force(on).filter(household=OuterRef("pk"))
    return households.filter(needs_a_plan() & ~Q(Exists(in_force)))


def follow_missing_plans(*, today, at):
    """One task for a household; every night, or whenever."""
    rows = without_plan(Household.objects.order_by(), today).annotate(
        key=Cast("id", CharField()),
        household_id=F("id"),
        at_id=F("village_id"),
        figures=JSONObject(kind=Value("plan")),
    )
    return follow("plan_missing", rows, at=at)


KINDS = {
    "plan_missing": Kind(
        words=_("no assistance plan"),
        todo=_("Draw up a plan with the household and submit it to the township."),
        clause="AH 4.1.3, LA 2.1.4, XC 4.5.23",
        role="village",
        days=10,
        follows=True,
        page=lambda task: reverse("plan_write", args=[task.household_id]),
    ),
    "plan_approval": Kind(
        words=_("plan to be approved"),
        todo=_("Approve the assistance plan, or return it with a reason."),
        clause="AH 4.1.3, 4.2.1",
        role="township",
        days=5,
        outcomes={"approved": _("approved"), "returned": _("returned")},
        page=lambda task: reverse("plan", args=[task.key]),
        done_elsewhere=True,
    ),
    "plan_returned": Kind(
        words=_("plan returned by the township"),
        todo=_("Change the assistance plan as the township asks, and submit it again."),
        clause="AH 4.1.3",
        role="village",
        days=5,
        page=lambda task: reverse("plan_write", args=[task.household_id]),
        done_elsewhere=True,
    ),
}
for code, kind in KINDS.items():
    add_kind(code, kind)
