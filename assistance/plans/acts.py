"""Acts on plans: written, submitted, withdrawn, returned, approved. Each leaves a line.

With the approval each line becomes a measure; the open measures that were there join the plan.
"""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assistance.models import AssistancePlan, PlanAct, PlanLine, PlanState, PlanWhat
from assistance.planning import add_measure
from assistance.plans.checks import (
    Outdated,
    PlanRefusal,
    check_complete,
    check_lines,
    check_may_approve,
    check_may_withdraw,
    check_may_write,
)
from duties.doing import open_task, settle


@transaction.atomic
def write_plan(household, *, facts, lines, seen_version=None, by, at):
    """The household's plan in hand, made or changed. ``lines``: facts of ``PlanLine``.

    ``seen_version``: of the plan that the form showed; None when there was none.
    """
    check_may_write(household, by)
    plan = AssistancePlan.objects.select_for_update().in_hand().filter(household=household).first()
    if (plan and plan.version) != seen_version:
        raise Outdated(_("Somebody changed this plan meanwhile. Look at it again."))
    what = PlanWhat.CHANGED if plan else PlanWhat.DRAWN_UP
    plan = plan or _new(household, facts, by, at)
    if not plan.may_be_written:
        raise PlanRefusal(_("It waits for the township. Withdraw it first."))
    if facts["valid_until"] < facts["valid_from"]:
        raise PlanRefusal(_("It cannot end before it begins."), "valid_until")
    check_lines(plan, lines, by, at)
    for name, value in facts.items():
        setattr(plan, name, value)
    plan.version += what == PlanWhat.CHANGED
    plan.save()
    plan.lines.all().delete()
    PlanLine.objects.bulk_create(PlanLine(plan=plan, **line) for line in lines)
    was = _plain(facts) | {"lines": [_plain(line) for line in lines]}
    _record(plan, what, was=was, by=by, at=at)
    return plan


def _new(household, facts, by, at):
    last = household.plans.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            return AssistancePlan.objects.create(
                household=household, number=last + 1, recorded_by=by, recorded_at=at, **facts
            )
    except IntegrityError:
        raise Outdated(_("Somebody drew up a plan meanwhile. Look at it first.")) from None


@transaction.atomic
def submit_plan(plan, *, seen_version, by, at):
    plan = _taken_up(plan, seen_version, PlanState.DRAFT, PlanState.RETURNED)
    check_may_write(plan.household, by)
    check_complete(plan)
    _move(plan, PlanState.SUBMITTED, PlanWhat.SUBMITTED, by=by, at=at, submitted_at=at)
    settle("plan_returned", plan.pk, outcome="mended", by=by, at=at)
    home = plan.household
    open_task("plan_approval", key=plan.pk, at_division=home.township, household=home, by=by, at=at)
    return plan


@transaction.atomic
def withdraw_plan(plan, *, seen_version, by, at):
    """While the township has not decided."""
    plan = _taken_up(plan, seen_version, PlanState.SUBMITTED)
    check_may_withdraw(plan, by)
    _move(plan, PlanState.DRAFT, PlanWhat.WITHDRAWN, by=by, at=at)
    settle("plan_approval", plan.pk, outcome="gone", by=by, at=at)
    return plan


@transaction.atomic
def return_plan(plan, *, because, seen_version, by, at):
    if not because.strip():
        raise PlanRefusal(_("Say why you return it."), "because")
    plan = _taken_up(plan, seen_version, PlanState.SUBMITTED)
    check_may_approve(plan, by)
    _move(plan, PlanState.RETURNED, PlanWhat.RETURNED, because=because, by=by, at=at)
    settle("plan_approval", plan.pk, outcome="returned", result=because, by=by, at=at)
    home = plan.household
    open_task("plan_returned", key=plan.pk, at_division=home.village, household=home, by=by, at=at)
    return plan


@transaction.atomic
def approve_plan(plan, *, seen_version, by, at):
    """The plan is in force, the one before is replaced, and every line becomes a measure."""
    plan = _taken_up(plan, seen_version, PlanState.SUBMITTED)
    check_may_approve(plan, by)
    for old in AssistancePlan.objects.select_for_update().filter(
        household=plan.household_id, state=PlanState.APPROVED
    ):
        _move(old, PlanState.REPLACED, PlanWhat.REPLACED, by=by, at=at)
    _move(plan, PlanState.APPROVED, PlanWhat.APPROVED, by=by, at=at, decided_at=at)
    for line in plan.lines.select_related("member"):
        line.measure, _new_one = add_measure(
            plan.household, plan=plan, by=by, at=at, **line.facts()
        )
        line.save(update_fields=["measure"])
    plan.household.measures.open().exclude(plan=plan).update(plan=plan)
    settle("plan_approval", plan.pk, outcome="approved", by=by, at=at)
    settle("plan_missing", plan.household_id, outcome="mended", by=by, at=at)
    return plan


def _taken_up(plan, seen_version, *states):
    """The row, locked, as it was seen."""
    current = (
        AssistancePlan.objects.select_for_update(of=("self",))
        .select_related("household__village", "household__township")
        .get(pk=plan.pk)
    )
    if seen_version != current.version:
        raise Outdated(_("Somebody changed this plan meanwhile. Look at it again."))
    if current.state not in states:
        words = _("The plan is at another step: %(state)s.")
        raise PlanRefusal(words % {"state": current.get_state_display()})
    return current


def _move(plan, state, what, *, because="", by, at, **times):
    plan.state, plan.version = state, plan.version + 1
    for name, value in times.items():
        setattr(plan, name, value)
    plan.save(update_fields=["state", "version", *times])
    _record(plan, what, because=because, by=by, at=at)


def _record(plan, what, *, because="", was=None, by, at):
    PlanAct.objects.create(
        plan=plan, what=what, because=because.strip()[:200], was=was or {}, by=by, at=at
    )


def _plain(facts):
    """As JSON has it: days and amounts as text, rows by their id."""
    return {
        name: str(value) if isinstance(value, date | Decimal) else getattr(value, "pk", value)
        for name, value in facts.items()
    }
