"""What an action for many must fulfil, and which of its lines cannot be taken, and why."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.checks import (
    LONGEST,
    MeasureRefusal,
    check,
    check_exception,
    check_money,
    check_named,
    kinds_of,
    needs_exception,
)
from assistance.models import GroupState, Measure, Result
from households.models import Household

MOST = 2000  # lines


class GroupRefusal(MeasureRefusal):
    """What cannot be done with an action; ``field`` is the one of the form that is to be mended."""


def check_may_act(action, by):
    if not by.may("carry_measures"):
        raise GroupRefusal(_("Your post does not carry out measures."))
    if action.at_id != by.division_id:
        raise GroupRefusal(_("This action was entered by another desk."))
    if by.role_row.sees == "line" and action.department != by.department:
        raise GroupRefusal(_("A department carries out the measures that it is in charge of."))


def check_action(action, by, at):
    """As for a measure: its facts as a whole."""
    today = timezone.localdate(at)
    if action.kind not in kinds_of(by):
        raise GroupRefusal(_("A department records the measures of its own line."), "kind")
    if not action.title.strip() or not action.organiser.strip():
        raise GroupRefusal(_("Say what exactly is done, and who sees to it."), "title")
    if not today - LONGEST <= action.started_on <= today + timedelta(days=366):
        raise GroupRefusal(_("Check the year in which it begins."), "started_on")
    if action.due_on < action.started_on:
        raise GroupRefusal(_("It cannot be due before it begins."), "due_on")
    if action.due_on > action.started_on + LONGEST:
        raise GroupRefusal(_("Check the year in which it is due."), "due_on")
    try:
        check_exception(action)
    except MeasureRefusal as refusal:
        raise GroupRefusal(str(refusal), refusal.field) from None


def check_preview(action):
    if action.state != GroupState.PREVIEW:
        raise GroupRefusal(_("This action is recorded already."))


def measure_of(action, line, by, at):
    """The measure that a line is to become, with the exception if it is refused without it."""
    measure = Measure(
        household=line.household,
        member=line.member,
        action=action,
        kind=action.kind,
        words=action.title,
        department=action.department,
        responsible=action.organiser,
        amount=action.amount,
        source=action.source,
        started_on=action.started_on,
        due_on=action.due_on,
        recorded_by=by,
        recorded_at=at,
    )
    if action.exception and needs_exception(measure):
        for name, value in action.exception_facts().items():
            setattr(measure, name, value)
    return measure


def named_at_the_end(action, measure, result, source):
    """What naming the source changes of a measure that ends (domain.md 5, AH 4.1.2, 4.2.1): its
    fields. One that names its source already keeps it."""
    named = measure.source or source
    try:
        check_named(measure, result, named)
        if result != Result.DONE or not measure.amount or measure.source:
            return {}
        measure.source, changed = named, {"source": named}
        if action.exception and not measure.exception and needs_exception(measure):
            changed |= action.exception_facts()
            for name, value in action.exception_facts().items():
                setattr(measure, name, value)
        check_money(measure)
    except MeasureRefusal as refusal:
        raise GroupRefusal(_of_whom(measure, refusal), "source") from None
    return changed


def _of_whom(measure, refusal):
    if not measure.source:  # the same for all
        return str(refusal)
    home = measure.household
    words = _("%(name)s, %(number)s: %(why)s This one can be ended by itself, on its own page.")
    return words % {"name": home.head_name, "number": home.number, "why": refusal}


def refusals_of(action, lines, by, at):
    """``{line id: sentence}`` of the lines that cannot be taken. ``lines`` with household and
    member at hand; who may be seen is asked once for all."""
    seen = set(
        Household.objects.visible_to(by)
        .filter(pk__in={line.household_id for line in lines if line.household_id})
        .values_list("pk", flat=True)
    )
    refused = {}
    for line in lines:
        if line.refusal:
            refused[line.pk] = line.refusal
        elif line.household_id not in seen:
            refused[line.pk] = _("This household lies outside the division of your post.")
        elif line.member and line.member.left_on:
            refused[line.pk] = _("%(name)s has left the household.") % {"name": line.member.name}
        else:
            try:
                check(measure_of(action, line, by, at), at)
            except MeasureRefusal as refusal:
                refused[line.pk] = str(refusal)
    return refused


def having_it_already(action, lines):
    """Ids of lines whose person or household has an open measure of the kind: told, not refused."""
    open_ones = Measure.objects.filter(
        household__in={line.household_id for line in lines if line.household_id}, kind=action.kind
    ).open()
    there = set(open_ones.order_by().values_list("household_id", "member_id"))
    return {line.pk for line in lines if (line.household_id, line.member_id) in there}
