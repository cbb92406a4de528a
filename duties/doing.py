"""The acts on a task: opened, noted, handed over, ended. Each leaves a line in its trail."""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from accounts.workdays import add_workdays
from duties.kinds import KINDS
from duties.models import Task, TaskAct, What


@transaction.atomic
def open_task(
    kind, *, key, at_division, by, at,
    household=None, role="", department="", words="", figures=None, due_on=None, days=None,
):  # fmt: skip
    """``(task, opened now)``: the open task of this key, made when there is none."""
    row = KINDS[kind]
    task, is_new = Task.objects.get_or_create(
        kind=kind,
        key=str(key),
        ended_at=None,
        defaults={
            "household": household,
            "at": at_division,
            "role": role or row.role,
            "department": department,
            "words": words.strip(),
            "figures": figures or {},
            "opened_by": by,
            "opened_at": at,
            "due_on": due_on or add_workdays(localdate(at), row.days if days is None else days),
        },
    )
    if is_new:
        _record(task, What.OPENED, by=by, at=at)
    return task, is_new


@transaction.atomic
def note_task(task, *, words, seen_version, by, at):
    if not words.strip():
        raise Refused(_("Write what there is to note."))
    _claim(task, seen_version, by)
    _record(task, What.NOTED, because=words, by=by, at=at)


@transaction.atomic
def hand_over(task, *, to_division, role, because, department="", seen_version, by, at):
    """The deadline stays: handing over wins no time."""
    if not because.strip():
        raise Refused(_("Say why you hand it over."))
    if (to_division.pk, role, department) == (task.at_id, task.role, task.department):
        raise Refused(_("It lies on this desk already."))
    task = _claim(task, seen_version, by)
    task.at, task.role, task.department = to_division, role, department
    task.escalated_to = None
    task.save(update_fields=["at", "role", "department", "escalated_to"])
    to = f"{to_division.name} {task.get_department_display() or task.get_role_display()}"
    _record(task, What.HANDED_OVER, because=f"{to}: {because.strip()}", by=by, at=at)
    return task


@transaction.atomic
def end_task(task, *, outcome, result, seen_version, by, at):
    """By its own page: only kinds whose end somebody decides."""
    if task.row.follows or task.row.done_elsewhere or outcome not in task.row.outcomes:
        raise Refused(_("This task ends by itself when what it is about is mended."))
    if not result.strip():
        raise Refused(_("Say how it ended."))
    task = _claim(task, seen_version, by)
    return _end(task, outcome, result, by, at)


@transaction.atomic
def settle(kind, key, *, outcome, result="", by, at):
    """By the room that opened it: ends the open task of this key, if there is one."""
    task = Task.objects.select_for_update().filter(kind=kind, key=str(key), ended_at=None).first()
    return _end(task, outcome, result, by, at) if task else None


def at_desk(task, by):
    """Whether it is the business of ``by``: the desk, or the person in charge of its household."""
    return task.is_open and Task.objects.visible_to(by).waiting_for(by).filter(pk=task.pk).exists()


def _claim(task, seen_version, by):
    """Takes hold of the task as ``by`` saw it, until the transaction ends."""
    if not at_desk(task, by):
        raise Refused(_("This task does not lie on your desk."))
    taken = Task.objects.filter(pk=task.pk, ended_at=None, version=seen_version)
    if not taken.update(version=F("version") + 1):
        raise Refused(_("Somebody changed this task meanwhile. Look at it again."))
    return Task.objects.get(pk=task.pk)


def _end(task, outcome, result, by, at):
    task.outcome, task.result = outcome, result.strip()
    task.ended_at, task.ended_by, task.escalated_to = at, by, None
    task.save(update_fields=["outcome", "result", "ended_at", "ended_by", "escalated_to"])
    _record(task, What.ENDED, because=result, by=by, at=at)
    return task


def _record(task, what, *, by, at, because=""):
    TaskAct.objects.create(task=task, what=what, by=by, at=at, because=because.strip()[:500])
