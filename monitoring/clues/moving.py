"""How a clue moves: who holds it, whose turn is next, the task of that desk, and the trail."""

from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.refusals import Refused, TakenFirst
from accounts.workdays import add_workdays
from duties.doing import at_desk, open_task, settle
from duties.models import Task
from monitoring.clues.kinds import CASE_DAYS, CONFIRM_DAYS, KIND_OF, LEVEL_OF
from monitoring.models import Clue, ClueAct, ClueState, ClueWhat
from monitoring.policy.parameters import figures_on
from monitoring.procedures import OPENED_AT, ROLE_AT


def figures_of(village, day):
    return figures_on(day, [village.county])[village.county_id]


def days_of(village, day):
    """Working days for the check at home and for the whole procedure (parameters)."""
    figures = figures_of(village, day)
    return int(figures["clue_check_days"]), int(figures["clue_days"])


def claim(clue, seen_version, by):
    """Takes hold of the open clue as ``by`` saw it, until the transaction ends."""
    held = Clue.objects.filter(pk=clue.pk, ended_on=None, version=seen_version)
    if not held.update(version=F("version") + 1):
        raise TakenFirst(_("Somebody was first: the clue has changed. Look at it again."))
    found = Clue.objects.select_related("household", "village__county").get(pk=clue.pk)
    if not on_desk(found, by):
        raise Refused(_("This clue does not lie on your desk."))
    return found


def task_of(clue):
    kind = KIND_OF.get(clue.state)
    return Task.objects.filter(kind=kind, key=str(clue.pk), ended_at=None).first() if kind else None


def on_desk(clue, by):
    """Whether the step that waits is the business of ``by``; the task may be handed over."""
    task = task_of(clue)
    return task is not None and at_desk(task, by)


def arrive(clue, state, *, by, at):
    """Puts the clue on the desk of ``state``; the caller saves it."""
    kind = KIND_OF[state]
    level = OPENED_AT[clue.procedure] if state == ClueState.TO_OPEN else LEVEL_OF[kind]
    days = {ClueState.CONFIRM: CONFIRM_DAYS, ClueState.TO_OPEN: CASE_DAYS}.get(state)
    if days is None:
        days = days_of(clue.village, localdate(at))[0]
    clue.state, clue.step_due_on = state, add_workdays(localdate(at), days)
    open_task(
        kind, key=clue.pk, household=clue.household, role=ROLE_AT[level], due_on=clue.step_due_on,
        at_division=Division.objects.get(pk=getattr(clue.village, LEVEL_COLUMNS[level])),
        by=by, at=at,
    )  # fmt: skip


def leave(clue, outcome, *, by, at, result=""):
    """Ends the task of the step that waits."""
    if kind := KIND_OF.get(clue.state):
        settle(kind, clue.pk, outcome=outcome, result=result, by=by, at=at)


def end(clue, answer, *, because, by, at, outcome="answered"):
    leave(clue, outcome, by=by, at=at, result=because)
    clue.state, clue.step_due_on = ClueState.ENDED, None
    clue.ended_on, clue.answer, clue.because = localdate(at), answer, because.strip()[:500]
    clue.save()
    said = [str(clue.get_answer_display()), because.strip()]
    record(clue, ClueWhat.ENDED, because=_(": ").join(filter(None, said)), by=by, at=at)


def record(clue, what, *, by, at, because=""):
    ClueAct.objects.create(clue=clue, what=what, by=by, at=at, because=because.strip()[:500])
