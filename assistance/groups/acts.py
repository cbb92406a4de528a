"""Acts on actions for many: begun, picked, recorded, ended, undone. Set-based: a few statements
for any number of people. What cannot be taken stays in the list with its reason; the rest goes on.
"""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.catalogue import MEASURE_TYPES
from assistance.checks import Outdated
from assistance.groups.checks import (
    MOST,
    GroupRefusal,
    check_action,
    check_may_act,
    check_preview,
    measure_of,
    named_at_the_end,
    refusals_of,
)
from assistance.models import (
    AssistancePlan,
    GroupAction,
    GroupLine,
    GroupState,
    Measure,
    MeasureChange,
    Result,
)
from assistance.models.excepted import EXCEPTION
from households.models import Household

BATCH = 500


@transaction.atomic
def begin_action(*, client_id=None, by, at, **facts):
    """``(action, begun now)``: with nobody in it yet. The same ``client_id`` gives the stored."""
    client_id = client_id or uuid4()
    row = MEASURE_TYPES[facts["kind"]]
    facts["department"] = facts.get("department") or row.department
    facts["clause"] = facts.get("clause") or row.clause
    given = {"at": by.division, "recorded_by": by, "recorded_at": at, **facts}
    action = GroupAction(client_id=client_id, **given)
    check_may_act(action, by)
    check_action(action, by, at)
    return GroupAction.objects.get_or_create(client_id=client_id, defaults=given)


@transaction.atomic
def pick(action, *, whom, by):
    """``whom``: pairs of household and member id (None for the whole household), or unsaved lines
    of a workbook. Who is in it already is not put in again. Returns how many came in."""
    action = _taken_up(action, by)
    check_preview(action)
    lines = [
        line if isinstance(line, GroupLine) else GroupLine(household_id=line[0], member_id=line[1])
        for line in whom
    ]
    there = set(action.lines.values_list("household_id", "member_id"))
    seen = _visible({line.household_id for line in lines}, by)
    fresh = []
    for line in lines:
        key = (line.household_id, line.member_id)
        if line.household_id and (key in there or line.household_id not in seen):
            continue
        there.add(key)
        line.action = action
        fresh.append(line)
    if action.lines.count() + len(fresh) > MOST:
        raise GroupRefusal(_("At most %(most)d can be in one action.") % {"most": MOST})
    GroupLine.objects.bulk_create(fresh, BATCH)
    return len(fresh)


@transaction.atomic
def take_out(action, *, lines, by):
    """``lines``: ids. Only before it is recorded."""
    action = _taken_up(action, by)
    check_preview(action)
    return action.lines.filter(pk__in=lines).delete()[0]


@transaction.atomic
def record_action(action, *, by, at):
    """A measure for every line that can be taken: ``(measures, refused)`` as numbers."""
    action = _taken_up(action, by)
    check_preview(action)
    check_action(action, by, at)
    lines = list(action.lines.select_related("household__village", "member"))
    refused = refusals_of(action, lines, by, at)
    plans = _plans_of({line.household_id for line in lines}, timezone.localdate(at))
    measures = []
    for line in lines:
        line.refusal = refused.get(line.pk, "")[:300]
        if not line.refusal:
            measure = measure_of(action, line, by, at)
            measure.plan_id = plans.get(line.household_id)
            measures.append(measure)
    if not measures:
        raise GroupRefusal(_("Nobody is in it who can be taken; pick somebody first."))
    Measure.objects.bulk_create(measures, BATCH)
    GroupLine.objects.bulk_update(lines, ["refusal"], BATCH)
    _move(action, GroupState.RECORDED, recorded_by=by, recorded_at=at)
    return len(measures), len(lines) - len(measures)


@transaction.atomic
def end_action(action, *, on, results, source="", seen_version, by, at):
    """Ends the measures that are open still. ``results``: measure id -> (result, words).
    ``source``: where the money comes from of those that do not name it yet."""
    action = _taken_up(action, by, seen_version)
    _check_recorded(action)
    if on > timezone.localdate(at):
        raise GroupRefusal(_("The day lies in the future."), "on")
    if on < action.started_on:
        raise GroupRefusal(_("It cannot be done before it began."), "on")
    rows = action.measures.select_for_update(of=("self",)).filter(ended_on=None)
    rows = list(rows.select_related("household__village"))
    for row in rows:
        result, words = results.get(row.pk, (Result.DONE, ""))
        if result != Result.DONE and not words.strip():
            raise GroupRefusal(_("Say for each why it ends without having been done."), "results")
        named = named_at_the_end(action, row, result, source)
        _end(row, on, result, words, named)
    _write(rows, "", by, at)
    _move(action, GroupState.ENDED, ended_on=on)
    return len(rows)


@transaction.atomic
def undo_action(action, *, because, seen_version, by, at):
    """It was entered by mistake: its open measures end so, and stay in the history."""
    if not because.strip():
        raise GroupRefusal(_("Say why it is undone."), "because")
    action = _taken_up(action, by, seen_version)
    _check_recorded(action)
    rows = list(action.measures.select_for_update(of=("self",)).filter(ended_on=None))
    for row in rows:
        _end(row, timezone.localdate(at), Result.MISTAKE, because.strip())
    _write(rows, because, by, at)
    _move(action, GroupState.UNDONE, undone_because=because.strip()[:200])
    return len(rows)


@transaction.atomic
def drop_action(action, *, by):
    """One that was begun and never recorded leaves nothing behind."""
    action = _taken_up(action, by)
    check_preview(action)
    files = [paper.file for paper in action.exception_papers.all()]
    action.delete()
    transaction.on_commit(lambda: [file.delete(save=False) for file in files])


def _taken_up(action, by, seen_version=None):
    current = GroupAction.objects.select_for_update().get(pk=action.pk)
    check_may_act(current, by)
    if seen_version is not None and seen_version != current.version:
        raise Outdated(_("Somebody changed this action meanwhile. Look at it again."))
    return current


def _check_recorded(action):
    if action.state != GroupState.RECORDED:
        raise GroupRefusal(_("This action is not under way."))


def _visible(ids, by):
    return set(
        Household.objects.visible_to(by).filter(pk__in=ids - {None}).values_list("pk", flat=True)
    )


def _plans_of(households, today):
    plans = AssistancePlan.objects.in_force(today).filter(household__in=households - {None})
    return dict(plans.order_by().values_list("household_id", "pk"))


def _move(action, state, **values):
    action.state, action.version = state, action.version + 1
    for name, value in values.items():
        setattr(action, name, value)
    action.save(update_fields=["state", "version", *values])


def _end(row, on, result, words, named=None):
    row.named = {name: ["", value] for name, value in (named or {}).items()}
    row.ended_on, row.result, row.result_words = on, result, words.strip()[:200]
    row.version += 1


def _write(rows, because, by, at):
    """The measures as they now are, and what changed beside each."""
    fields = ["ended_on", "result", "result_words", "version", "source", *EXCEPTION]
    Measure.objects.bulk_update(rows, fields, BATCH)
    MeasureChange.objects.bulk_create(
        (
            MeasureChange(
                measure=row,
                changes={
                    "ended_on": [None, str(row.ended_on)],
                    "result": ["", str(row.result)],
                    **({"result_words": ["", row.result_words]} if row.result_words else {}),
                    **row.named,
                },
                because=because.strip()[:200],
                recorded_by=by,
                recorded_at=at,
            )
            for row in rows
        ),
        BATCH,
    )
