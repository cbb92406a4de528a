"""Acts of visits: what an officer found is stored once and becomes part of the register."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from households.findings import Findings
from households.found import bring_into_register
from households.models import Event, Household, HouseholdPast, Member, Photo, Visit
from households.models.choices import Origin
from households.pinyin import initials_of, pinyin_of
from households.register import record_household, record_member

OLDEST = timedelta(days=366)
TAKERS = []  # rooms above that look at what a visit reports


def also_takes_visits(taker):
    """A room above takes up each visit that is stored: ``taker(visit, findings, at)`` runs in its
    transaction, once a visit; what it does with others' work waits until that is committed."""
    TAKERS.append(taker)
    return taker


class VisitRefusal(Exception):
    """A visit that cannot be stored; the message is for the person."""


class HouseholdMoved(VisitRefusal):
    """The household is no longer among those of the post; the visit waits for a decision."""


def household_to_visit(household_id, *, by):
    """The household if ``by`` sees it. Raises ``HouseholdMoved`` when it was once in the charge of
    ``by``, else ``Household.DoesNotExist``."""
    seen = Household.objects.visible_to(by).filter(pk=household_id).first()
    if seen:
        return seen
    if left := _was_in_charge(household_id, by):
        raise HouseholdMoved(
            _(
                "This household has been assigned elsewhere since %(day)s, so the visit cannot be "
                "stored here. Hand it over to the officers who are in charge now."
            )
            % {"day": left.until}
        )
    raise Household.DoesNotExist


def _was_in_charge(household_id, post):
    """The last past version in which the household lay where ``post`` is (or was its own)."""
    past = HouseholdPast.objects.filter(household_id=household_id)
    past = past.filter(**{post.division.level_column: post.division_id})
    if post.role_row.sees == "assigned":
        past = past.filter(in_charge_id=post.holder_id)
    return past.order_by("-until", "-id").first() if post.may("record_visit") else None


def stored_visit(household, client_id):
    """The visit that came before under this id, looked up before its answers are read again."""
    try:
        key = UUID(str(client_id))
    except ValueError:
        return None
    return Visit.objects.filter(household=household, client_id=key).first()


@transaction.atomic
def record_visit(
    household,
    *,
    client_id,
    visited_on,
    made_at,
    method,
    findings=None,
    met="",
    unchanged=False,
    needs=(),
    words="",
    money=None,
    seconds_spent=None,
    by,
    at,
):
    """Returns ``(visit, stored now)``. The same ``client_id`` again gives the stored visit.

    The household's row is locked first: two sendings of one visit come one after the other.
    """
    Household.objects.select_for_update().get(pk=household.pk)
    if stored := Visit.objects.filter(client_id=client_id).first():
        return _same_visit(stored, household), False
    check_may_visit(household, visited_on, by, at)
    findings = findings or Findings()
    visit = _insert(
        client_id=client_id,
        household=household,
        visited_on=visited_on,
        made_at=made_at,
        received_at=at,
        officer=by.officer,
        post=by,
        method=method,
        met=met,
        unchanged=unchanged,
        other_risk=findings.other_risk,
        needs=list(needs),
        words=words,
        money=money or {},
        found=findings.as_json(),
        seconds_spent=seconds_spent,
        **findings.assurances,
    )
    _write_findings(visit, findings, by=by, at=at)
    Household.objects.filter(pk=household.pk).update(
        last_visited_on=Greatest(F("last_visited_on"), Value(visited_on))
    )
    household.refresh_from_db()
    for taker in TAKERS:
        taker(visit, findings, at)
    return visit, True


def check_may_visit(household, visited_on, by, at):
    if not by.may("record_visit"):
        raise VisitRefusal(_("Your post does not record visits."))
    household_to_visit(household.pk, by=by)
    today = timezone.localdate(at)
    if visited_on > today:
        raise VisitRefusal(_("The day of the visit is still to come. Set the right date."))
    if visited_on < today - OLDEST:
        raise VisitRefusal(_("The visit is more than a year old. Set the right date."))


def _same_visit(stored, household):
    if stored.household_id != household.pk:
        raise VisitRefusal(_("This visit is already stored for another household."))
    return stored


def _insert(**fields):
    try:
        with transaction.atomic():
            return Visit.objects.create(**fields)
    except IntegrityError:
        raise VisitRefusal(_("This visit is already stored for another household.")) from None


def _write_findings(visit, findings, *, by, at):
    for member, left in findings.left.items():
        findings.members.setdefault(member, {}).update(left_on=left.on)
    kept = bring_into_register(visit, findings.household, findings.members, by=by, at=at)
    _change_head(visit, findings, by, at)
    if kept:
        visit.found["kept"] = kept
        visit.save(update_fields=["found"])
    for newcomer in findings.joined:
        Member.objects.create(
            household=visit.household,
            since=visit.visited_on,
            recorded_at=at,
            recorded_by=by.officer,
            origin=Origin.VISIT,
            origin_id=visit.id,
            **newcomer,
        )
    for event in findings.events:
        Event.objects.create(household=visit.household, visit=visit, recorded_at=at, **event)
    open_events = Event.objects.filter(household=visit.household, resolved_on=None)
    for event_id, risk in findings.judged.items():
        open_events.filter(id=event_id, causes_risk=None).update(causes_risk=risk)
    for event_id, day in findings.resolved.items():
        ended = open_events.filter(id=event_id, happened_on__lte=day)
        ended.update(resolved_on=day, resolved_at=at)


def _change_head(visit, findings, by, at):
    """The old head steps down before the new one is named: a household has one head at a time."""
    if not findings.new_head:
        return
    said = {"origin": Origin.VISIT, "origin_id": visit.id, "by": by.officer, "at": at}
    for old in visit.household.members.filter(relation="head", left_on=None):
        on = max(visit.visited_on, old.since)
        record_member(old, on=on, relation="other", **said)
    head = findings.new_head
    record_member(head, on=max(visit.visited_on, head.since), relation="head", **said)
    household = visit.household
    on = max(visit.visited_on, household.since)
    record_household(household, on=on, head_name=head.name, **said)
    Household.objects.filter(pk=household.pk).update(
        head_pinyin=pinyin_of(head.name), head_initials=initials_of(head.name)
    )


def add_photo(visit, *, client_id, image, taken_at, by, at):
    """``image`` is a checked file (``households/photos.py``). Returns ``(photo, stored now)``."""
    if stored := Photo.objects.filter(client_id=client_id).first():
        if stored.visit_id != visit.pk:
            raise VisitRefusal(_("This photo is already stored with another visit."))
        return stored, False
    if visit.post_id != by.pk:
        raise VisitRefusal(_("Photos are added by whoever recorded the visit."))
    if visit.photos.count() >= MOST_PHOTOS:
        raise VisitRefusal(_("A visit holds at most %(most)d photos.") % {"most": MOST_PHOTOS})
    with transaction.atomic():
        return Photo.objects.create(
            visit=visit, client_id=client_id, image=image, taken_at=taken_at
        ), True


MOST_PHOTOS = 9
