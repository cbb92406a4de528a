"""What a step does to the register when it passes, and how that is undone.

Each outcome writes through ``households/register.py``, so the household's history tells it, and
returns what changed as [[field, before, after], …] for the trail.
"""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from assistance.persons.missing import want_person
from households.models import Household
from households.models.choices import ExitedClass, Origin, Status
from households.register import RegisterRefusal, record_household
from monitoring.clues import with_cases
from monitoring.models import Case, RedFlag, State

MARKS = ("status", "exited_class", "tier", "listed_on")  # what outcomes set


def hold_household(household):
    """The household as it is now, held until the transaction ends: cases of one meet here."""
    Household.objects.select_for_update().get(pk=household.pk)
    household.refresh_from_db()


def _record(case, by, at, because="", **values):
    household = case.household
    before = _marks(household)
    changed = record_household(
        household,
        on=localdate(at),
        origin=Origin.CASE,
        origin_id=case.id,
        because=f"{case.number} {because or case.row.words}"[:200],
        by=by.officer,
        at=at,
        **values,
    )
    after = _marks(household)
    if {"status", "exited_class"} & set(changed):
        Household.objects.filter(pk=household.pk).update(decided_on=localdate(at))
        want_person(household, by=by, at=at)
    return [[name, before[name], after[name]] for name in MARKS if name in changed]


def _marks(household):
    values = {name: getattr(household, name) for name in MARKS}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def set_tier(case, *, by, at):
    return _record(case, by, at, tier=case.proposal["tier"])


def set_class(case, *, by, at):
    return _record(case, by, at, exited_class=case.proposal["exited_class"])


def start_help(case, *, by, at):
    """Help starts here, not when the chain ends (AH 2.3, LA 2.1.3)."""
    case.help_from = case.help_from or localdate(at)
    return []


def list_edge(case, *, by, at):
    with_cases.listed_by(case, by=by, at=at)
    return _record(case, by, at, status=Status.EDGE, listed_on=localdate(at))


def list_monitored(case, *, by, at):
    with_cases.listed_by(case, by=by, at=at)
    return _record(case, by, at, exited_class=ExitedClass.MONITORED, listed_on=localdate(at))


def become_target(case, *, by, at):
    """An exited or edge household stays what it is; the case is its record (GZ 4.2.2)."""
    with_cases.listed_by(case, by=by, at=at)
    start_help(case, by=by, at=at)
    if case.household.status not in (Status.GENERAL, Status.EDGE_CLEARED):
        return []
    return _record(case, by, at, status=Status.INTERVENTION, listed_on=localdate(at))


def register_returned(case, *, by, at):
    return _end_flags(case, at) + _record(case, by, at, status=Status.RETURNED, listed_on=None)


def register_newly_poor(case, *, by, at):
    return _end_flags(case, at) + _record(case, by, at, status=Status.NEWLY_POOR, listed_on=None)


def close_monitored(case, *, by, at):
    """AH 3.3: monitored becomes supported, and its flags end."""
    ended = _end_flags(case, at)
    return ended + _record(case, by, at, exited_class=ExitedClass.SUPPORTED, listed_on=None)


def close_edge(case, *, by, at):
    ended = _end_flags(case, at)
    return ended + _record(case, by, at, status=Status.EDGE_CLEARED, listed_on=None)


def _end_flags(case, at):
    flags = RedFlag.objects.open().filter(household=case.household)
    days = [f"{flag.opened_on:%Y-%m-%d}" for flag in flags]
    flags.update(ended_on=localdate(at), closed_by=case)
    return [["red_flag", day, ""] for day in days]


OUTCOMES = {
    outcome.__name__: outcome
    for outcome in (
        set_tier,
        set_class,
        start_help,
        list_edge,
        list_monitored,
        become_target,
        register_returned,
        register_newly_poor,
        close_monitored,
        close_edge,
    )
}


def undo(case, *, because, by, at):
    """Takes back what the case did to the register; the flags that it ended stand again.

    Raises ``Refused`` when something else has changed what it set, or a later case stands on it.
    """
    hold_household(case.household)
    since = case.ended_at or at
    if changing := next((act for act in case.acts.all() if marks_set(act)), None):
        since = min(since, changing.at)
    later = Case.objects.filter(household=case.household, opened_at__gt=since)
    later = later.filter(state__in=[State.OPEN, State.DONE]).first()
    if later:
        raise Refused(
            _("Case %(number)s came after it; end or roll back that one first.")
            % {"number": later.number}
        )
    values, now = {}, _marks(case.household)
    for name, before, after in _register_changes(case):
        if now[name] != after:
            raise Refused(
                _("The register has changed since: %(field)s is no longer what the case set.")
                % {"field": case.household._meta.get_field(name).verbose_name}
            )
        values[name] = before
    if "listed_on" in values:
        values["listed_on"] = (
            date.fromisoformat(values["listed_on"]) if values["listed_on"] else None
        )
    standing = RedFlag.objects.open().filter(household=case.household)
    flags = RedFlag.objects.filter(closed_by=case) if not standing else RedFlag.objects.none()
    again = [["red_flag", "", f"{flag.opened_on:%Y-%m-%d}"] for flag in flags]
    flags.update(ended_on=None, closed_by=None)
    if case.row.lists and values:  # who is no longer listed keeps no flag
        again = _end_flags(case, at)
    try:
        return again + (_record(case, by, at, because=because, **values) if values else [])
    except RegisterRefusal as refusal:
        raise Refused(str(refusal)) from None


def _register_changes(case):
    """What the case last set of each field, with what stood there before it began."""
    changes = {}
    for act in case.acts.all():
        for name, before, after in marks_set(act):
            changes[name] = [name, changes.get(name, [name, before])[1], after]
    return changes.values()


def marks_set(act):
    return [change for change in act.changes if change[0] in MARKS]


def has_changed(case):
    """Whether a step of the case has changed the register: approved again, it changes it once."""
    return bool(_register_changes(case))


def taken_back(case, *, because, by, at):
    """As ``undo``, for a case that ends without being concluded after it changed the register."""
    return undo(case, because=because, by=by, at=at) if has_changed(case) else []
