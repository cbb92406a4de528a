"""Clues come in: one is open for a household or person at a time, later sources are added."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.protected import blind_index
from accounts.refusals import Refused
from accounts.typed import check_typed
from accounts.workdays import add_workdays
from households.models import Household
from monitoring.clues.moving import arrive, days_of, record
from monitoring.models import Channel, Clue, ClueSource, ClueState, ClueWhat

# Who may tell a clue, and by which channel it then came.
CHANNEL_OF = {
    "village": Channel.VILLAGE,
    "assigned": Channel.VILLAGE,
    "township": Channel.SUPERVISION,
    "county": Channel.SUPERVISION,
    "city": Channel.SUPERVISION,
    "province": Channel.SUPERVISION,
}


@dataclass(frozen=True)
class Person:
    """Somebody whose household nobody has found yet."""

    name: str
    resident_id: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Told:
    """A source: its channel, who said so, in which words; ``reference`` tells it from others."""

    channel: str
    words: str = ""
    who: str = ""
    reference: str = ""


@transaction.atomic
def report_clue(*, village, words, household=None, person=None, by, at):
    """An officer tells what was seen or heard. Returns ``(clue, opened now)``."""
    channel = CHANNEL_OF.get(by.role)
    if channel is None or not by.division.contains(village):
        raise Refused(_("Clues are told by officers of the village and of the levels above it."))
    if by.role == "assigned" and household is None:
        raise Refused(_("Choose a household of yours."))
    if not words.strip():
        raise Refused(_("Say what was seen or heard."))
    check_typed(words)
    if household and is_monitored(household):
        raise Refused(
            _("This household is monitored already. Record what you saw as a visit; the next "
              "analysis will take it up.")
        )  # fmt: skip
    who = f"{by.division.name} {by.signature}"
    told = Told(channel, words, who)
    return receive(told, village=village, household=household, person=person, by=by, at=at)


def is_monitored(household):
    return Household.objects.listed().filter(pk=household.pk).exists()


@transaction.atomic
def receive(told, *, village=None, household=None, person=None, by, at):
    """``(clue, opened now)``. The same source again changes nothing."""
    if household:
        Household.objects.select_for_update().get(pk=household.pk)
        village = household.village
    clue = _open_clue(household, person)
    is_new = clue is None
    if is_new:
        clue, is_new = _begin(village, household, person, by, at)
    if add_source(clue, told, by=by, at=at) and not is_new:
        Clue.objects.filter(pk=clue.pk).update(last_found_on=localdate(at))
        record(clue, ClueWhat.ADDED, because=source_words(told), by=by, at=at)
    return clue, is_new


def add_source(clue, told, *, by, at):
    """Whether it is told for the first time."""
    given = {"who": told.who[:120], "words": told.words.strip()[:1000], "by": by, "at": at}
    if not told.reference:
        ClueSource.objects.create(clue=clue, channel=told.channel, **given)
        return True
    _source, is_new = ClueSource.objects.get_or_create(
        clue=clue, channel=told.channel, reference=told.reference, defaults=given
    )
    return is_new


def source_words(told):
    return f"{Channel(told.channel).label} {told.who}".strip()


def _open_clue(household, person):
    rows = Clue.objects.open().select_related("village__county", "household")
    if household:
        return rows.filter(household=household).first()
    index = blind_index(person.resident_id)
    return rows.filter(household=None, resident_id_index=index).first() if index else None


def _begin(village, household, person, by, at):
    today = localdate(at)
    _check, whole = days_of(village, today)
    about = {"household": household}
    if person:
        about |= {
            "name": person.name, "resident_id": person.resident_id, "phone": person.phone
        }  # fmt: skip
    try:
        with transaction.atomic():
            clue = Clue.objects.create(
                village=village, found_on=today, last_found_on=today,
                due_on=add_workdays(today, whole), **about,
            )  # fmt: skip
    except IntegrityError:  # told by two at the same moment
        return _open_clue(household, person), False
    record(clue, ClueWhat.OPENED, by=by, at=at)
    arrive(clue, ClueState.CHECK, by=by, at=at)
    clue.save(update_fields=["state", "step_due_on"])
    return clue, True
