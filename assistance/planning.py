"""Acts on measures. Each writes what it changed beside it: nothing entered is lost."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.catalogue import MEASURE_TYPES
from assistance.checks import (
    MeasureRefusal,
    Outdated,
    check,
    check_kind,
    check_may_carry,
    check_money,
    check_named,
)
from assistance.models import InsuranceClaim, Measure, MeasureChange, MeasureNote, Result


def add_measure(household, *, client_id=None, by, at, **facts):
    """``(measure, stored now)``. ``facts`` are fields of ``Measure``; a missing department is that
    of the catalogue. The same ``client_id`` again gives the stored measure."""
    client_id = client_id or uuid4()
    if stored := Measure.objects.filter(client_id=client_id).first():
        return _same(stored, household)
    measure = Measure(household=household, recorded_by=by, recorded_at=at, **facts)
    measure.department = measure.department or MEASURE_TYPES[measure.kind].department
    check_may_carry(measure, by)
    check_kind(measure, by)
    check(measure, at)
    values = {f.attname: getattr(measure, f.attname) for f in Measure._meta.concrete_fields}
    del values["id"], values["client_id"]
    stored, new = Measure.objects.get_or_create(client_id=client_id, defaults=values)
    return (stored, True) if new else _same(stored, household)


def _same(stored, household):
    if stored.household_id != household.pk:
        raise MeasureRefusal(_("This measure is already stored for another household."))
    return stored, False


@transaction.atomic
def change_measure(measure, *, seen_version, because="", by, at, **changes):
    """Returns the changed fields. A new due day takes the old reason for being late away: the
    reason stays in the history, and the new day is a new promise."""
    current = _taken_up(measure, seen_version, by)
    due = changes.get("due_on", current.due_on)
    if due != current.due_on and current.open_because:
        changes.setdefault("open_because", "")
    return _write(measure, current, changes, because, by, at)


@transaction.atomic
def explain_open(measure, *, because, seen_version, by, at):
    """Why it is open past its time, or open without an end."""
    if not because.strip():
        raise MeasureRefusal(_("Say why it is still open."), "because")
    current = _taken_up(measure, seen_version, by)
    return _write(measure, current, {"open_because": because}, "", by, at)


@transaction.atomic
def end_measure(measure, *, on, result, words="", source="", seen_version, by, at):
    """``source`` names where its money comes from, if that is not named yet."""
    current = _taken_up(measure, seen_version, by)
    if on < current.started_on and result == Result.DONE:
        raise MeasureRefusal(_("It cannot be done before it began."), "on")
    if on > timezone.localdate(at):
        raise MeasureRefusal(_("The day lies in the future."), "on")
    if result != Result.DONE and not words.strip():
        raise MeasureRefusal(_("Say why it ends without having been done."), "words")
    source = source or current.source
    check_named(current, result, source)
    ended = {"ended_on": on, "result": result, "result_words": words, "source": source}
    return _write(measure, current, ended, "", by, at)


@transaction.atomic
def name_source(measure, *, source, seen_version, by, at, **exception):
    """Where the money of one that is done came from; ``exception``: that of AH 4.1.2. What it was
    when it was entered is no question any more: only the rules of money are asked."""
    current = _taken_up(measure, seen_version, by, ended=True)
    if not current.lacks_source:
        raise MeasureRefusal(_("No source is missing here. To correct it, open the measure again."))
    check_named(current, current.result, source)
    named = {"source": source, **{name: said for name, said in exception.items() if said}}
    return _write(measure, current, named, "", by, at, check=lambda row, _at: check_money(row))


@transaction.atomic
def resume_measure(measure, *, because, seen_version, by, at):
    """It was ended wrongly: it is open again, as it was before."""
    current = _taken_up(measure, seen_version, by, ended=True)
    open_again = {"ended_on": None, "result": "", "result_words": ""}
    return _write(measure, current, open_again, because, by, at)


@transaction.atomic
def note_progress(measure, *, on, words, client_id=None, photo=None, taken_at=None, by, at):
    """``(note, stored now)``. ``photo`` is a checked file (``households/photos.py``)."""
    client_id = client_id or uuid4()
    if stored := MeasureNote.objects.filter(client_id=client_id, measure=measure).first():
        return stored, False
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    check_may_carry(measure, by)
    if not measure.is_open:
        raise MeasureRefusal(_("This measure has ended."))
    if not measure.started_on <= on <= timezone.localdate(at):
        raise MeasureRefusal(_("The day lies before its beginning, or in the future."), "on")
    if not words.strip():
        raise MeasureRefusal(_("Say how it goes."), "words")
    said = {"on": on, "words": words, "photo": photo or "", "taken_at": taken_at}
    said |= {"measure": measure, "recorded_by": by, "recorded_at": at}
    return MeasureNote.objects.get_or_create(client_id=client_id, defaults=said)


def _taken_up(measure, seen_version, by, ended=False):
    """The row, locked, as it was seen."""
    current = Measure.objects.select_for_update().get(pk=measure.pk)
    if seen_version != current.version:
        raise Outdated(_("Somebody changed this measure meanwhile. Look at it again."))
    check_may_carry(current, by)
    if claim := InsuranceClaim.objects.filter(measure=current).first():
        words = _("This is the payout of claim %(number)s; it is taken back there.")
        raise MeasureRefusal(words % {"number": claim.number})
    if current.is_open == ended:
        raise MeasureRefusal(_("This measure is open.") if ended else _("This measure has ended."))
    return current


def _write(measure, current, changes, because, by, at, check=check):
    changed = {
        name: [_plain(getattr(current, name)), _plain(value)]
        for name, value in changes.items()
        if getattr(current, name) != value
    }
    if not changed:
        return []
    for name in changed:
        setattr(current, name, changes[name])
    check_may_carry(current, by)
    if "kind" in changed:
        check_kind(current, by)
    check(current, at)
    current.version += 1
    current.save(update_fields=[*changed, "version"])
    MeasureChange.objects.create(
        measure=current, changes=changed, because=because, recorded_by=by, recorded_at=at
    )
    measure.refresh_from_db()
    return list(changed)


def _plain(value):
    """As JSON has it: days and amounts as text, rows by their id."""
    if isinstance(value, date | Decimal):
        return str(value)
    return getattr(value, "pk", value)
