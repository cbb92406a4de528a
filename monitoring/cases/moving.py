"""How a case moves: who holds it, who takes part, where it goes, and the line in its trail.

The acts of ``casework.py`` and ``records.py`` are made of these.
"""

from django.db import connection
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from accounts.refusals import Refused, TakenFirst
from accounts.roles import ROLES
from accounts.typed import check_typed
from accounts.workdays import add_workdays
from households.register import RegisterRefusal
from monitoring.cases.outcomes import OUTCOMES, has_changed
from monitoring.cases.proposals import checked_proposal
from monitoring.clues import with_cases
from monitoring.models import (
    Case,
    CaseAct,
    CaseActor,
    CaseCounter,
    State,
    What,
)

MOVING = (What.PASSED, What.CONCLUDED, What.RETURNED, What.REFUSED)


def claim(case, seen_version, by, state=State.OPEN):
    """Takes hold of the case as ``by`` saw it, until the transaction ends."""
    taken = Case.objects.filter(pk=case.pk, state=state, version=seen_version).update(
        version=F("version") + 1
    )
    if not taken:
        raise TakenFirst(what_happened(case, by))
    return Case.objects.select_related(
        "household__village", "household__county", "consolidation", "flag"
    ).get(pk=case.pk)


def what_happened(case, by):
    """The latest act, in a sentence for the officer who came second."""
    last = case.acts.exclude(by=None).select_related("by__officer", "by__division").last()
    if last is None:
        return _("The case has changed meanwhile. Look at it again.")
    if last.by.officer_id == by.officer_id:
        return _("You have already done this: %(what)s.") % {"what": last.get_what_display()}
    return _("%(who)s was first: %(what)s. Look at the case again.") % {
        "who": f"{last.by.division.name} {last.by.signature}",
        "what": last.get_what_display(),
    }


def check_desk(case, by):
    if not at_desk(case, by):
        step = case.at_step
        raise Refused(
            _("The case waits for the %(role)s of %(division)s: %(step)s.")
            % {
                "role": role_words(step.role),
                "division": case.waiting_at.name,
                "step": step.words,
            }
        )


def at_desk(case, by):
    """Whether the case lies on the desk of ``by``. A department answers, it does not pass on."""
    return (
        case.is_open
        and by.role == case.waiting_role != "department"
        and by.division_id == case.waiting_at_id
    )


def take_part(case, by):
    """Notes who acts at the step; refuses whoever took part in another one."""
    check_part(case, by)
    CaseActor.objects.bulk_create(
        [
            CaseActor(case=case, officer_id=officer, step=case.step)
            for officer in sorted(persons_behind(by))
        ],
        ignore_conflicts=True,
    )


def check_part(case, by):
    other = case.actors.filter(officer__in=persons_behind(by)).exclude(step=case.step).first()
    if other:
        raise Refused(
            _(
                "Nobody acts at two steps of one case: you took part in “%(step)s”. "
                "Another officer of your office must do this."
            )
            % {"step": case.steps[other.step].words}
        )


def check_words(because, sentence):
    check_typed(because)
    if not because.strip():
        raise Refused(sentence)


def check_asked(case, proposal):
    """What a case asks for is written at its first step; a later one enters what it is asked."""
    for name, value in proposal.items():
        if value not in ("", None, case.proposal.get(name)) and name not in case.at_step.asks:
            raise Refused(_("The request is changed where it was written; return the case first."))


def propose(case, proposal, because):
    """Takes over what the officer of the step enters; returns [[field, before, after], …]."""
    entered = checked_proposal(case.row, case.household, proposal)
    changes = [
        [f"proposal.{name}", case.proposal.get(name, ""), value]
        for name, value in entered.items()
        if case.proposal.get(name) != value
    ]
    case.proposal = {**case.proposal, **entered}
    if case.step == 0 and because.strip() and because != case.because:
        changes.append(["because", case.because, because])
        case.because = because
    return changes


def move_forward(case, because, changes, by, at):
    step, last = case.at_step, case.step + 1 == len(case.steps)
    try:
        once = step.outcomes and not has_changed(case)
        for code in step.outcomes if once else ():
            changes = changes + OUTCOMES[code](case, by=by, at=at)
    except RegisterRefusal as refusal:
        raise Refused(str(refusal)) from None
    what = What.CONCLUDED if last else What.PASSED
    to = None if last else case.step + 1
    record(case, what, to_step=to, because=because, changes=changes, by=by, at=at)
    if last:
        end(case, State.DONE, at)
    else:
        arrive(case, to, at)


def arrive(case, step, at):
    case.step = step
    case.waiting_at = desk(case.household, case.at_step)
    case.waiting_role = case.at_step.role
    case.arrived_at, case.due_on = at, add_workdays(localdate(at), case.at_step.days)
    case.escalated_to, case.reminded = None, False
    save(case)
    departments_done(case, at)


def departments_done(case, at):
    """Passes a step that waits for departments, once the last one has answered."""
    if not case.is_open or not case.at_step.by_departments or case.enquiries.open().exists():
        return
    last = case.enquiries.exclude(answered_at=None).order_by("answered_at", "id").last()
    if last:
        Case.objects.filter(pk=case.pk).update(version=F("version") + 1)
        take_part(case, last.answered_by)
        move_forward(case, "", [], last.answered_by, at)


def end(case, state, at):
    case.state, case.ended_at = state, at
    case.waiting_at, case.waiting_role, case.due_on, case.escalated_to = None, "", None, None
    save(case)
    with_cases.case_over(case, state, at=at)


def save(case):
    """Everything but the version, which the claim has moved on."""
    case.save(
        update_fields=[
            "state", "step", "waiting_at", "waiting_role", "arrived_at", "due_on", "escalated_to",
            "reminded", "because", "proposal", "consolidation", "help_from", "ended_at",
        ]
    )  # fmt: skip


def record(case, what, *, by, at, because="", to_step=None, changes=()):
    """A line of the trail, at the step where the case is."""
    moves = what in MOVING
    return CaseAct.objects.create(
        case=case,
        step=case.step,
        what=what,
        to_step=to_step,
        by=by,
        at=at,
        because=because.strip(),
        changes=list(changes),
        waited_since=case.arrived_at if moves else None,
        due_on=case.due_on if moves else None,
    )


def desk(household, step):
    return Division.objects.get(pk=getattr(household, LEVEL_COLUMNS[step.level]))


def next_number(letter, county_id, year):
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {CaseCounter._meta.db_table} (county_id, letter, year, last)"
            " VALUES (%s, %s, %s, 1) ON CONFLICT (county_id, letter, year)"
            f" DO UPDATE SET last = {CaseCounter._meta.db_table}.last + 1 RETURNING last,"
            " (SELECT left(code, 6) FROM accounts_division WHERE id = %s)",
            [county_id, letter, year, county_id],
        )
        last, code = cursor.fetchone()
    return f"{letter}-{code}-{year}-{last:04d}"


def role_words(role):
    return _("department officer") if role == "department" else ROLES[role].name


def level_words(level):
    return Level(level).label
