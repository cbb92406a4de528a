"""An offer: made without an account, checked by township or county, closed; told by its receipt."""

from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from accounts.protected import blind_index
from accounts.receipts import is_receipt, new_receipt
from accounts.slowing import count_person
from accounts.typed import number_typed
from assistance.models import OfferState, SocialOffer
from assistance.social.naming import names_somebody
from assistance.social.needs import check_quantity, ended, saved, taken, typed
from assistance.social.refusals import SocialRefusal

GIVEN = ("giver", "name", "contact", "phone", "kind", "amount", "words")


def place_for(need):
    """Its township answers an offer for a published need; the county sees it too."""
    return need.household.township


def offer(*, division, need=None, client_id=None, at, **given):
    """Returns the receipt. ``given``: ``GIVEN``. Raises ``TooMany``. The register is not asked.
    Sent twice with one ``client_id`` it is one offer, with one receipt; with other words another.
    """
    said = {name: _tidy(given[name]) for name in GIVEN}
    stored = SocialOffer.objects.filter(client_id=client_id).first() if client_id else None
    if stored and _same(stored, said):
        return stored.receipt
    count_person(given["phone"], at=at)
    check_quantity(given["amount"], given["kind"])
    for name in ("name", "contact", "words"):
        _without_numbers(name, given[name])
    said |= {"receipt": new_receipt(), "division": division, "need": need, "made_at": at}
    number = uuid4() if stored or not client_id else client_id
    return SocialOffer.objects.get_or_create(client_id=number, defaults=said)[0].receipt


def _same(stored, said):
    plain = [name for name in GIVEN if name != "phone"]
    phone = stored.phone_index == blind_index(said["phone"])
    return phone and all(getattr(stored, name) == said[name] for name in plain)


def _without_numbers(field, words):
    if number_typed(words):
        sentence = _("A phone, identity or account number stands here. Leave it out; "
                     "your phone has a field of its own, which is kept encrypted.")  # fmt: skip
        raise SocialRefusal(sentence, field)


def _tidy(value):
    return value.strip() if isinstance(value, str) else value


def may_check(offer, post):
    """The county its own and its townships', a township its own."""
    return post.may("match_offers") and post.division.contains(offer.division)


def check_checks(offer, by):
    if not may_check(offer, by):
        raise SocialRefusal(_("This offer was made to another division."))


@transaction.atomic
def accept_offer(offer, *, because="", seen_version, by, at):
    """The giver was called: the offer is meant, and the giver is who they say."""
    current = _to_check(offer, seen_version, by)
    typed("because", because)
    current.state, current.because = OfferState.OPEN, because.strip()
    return _checked(current, by, at)


@transaction.atomic
def refuse_offer(offer, *, because, seen_version, by, at):
    """``because`` is shown to the giver."""
    current = _to_check(offer, seen_version, by)
    if not because.strip():
        raise SocialRefusal(_("Say why; the giver reads it."), "because")
    typed("because", because)
    if current.need and (sentence := names_somebody(because, current.need.household)):
        raise SocialRefusal(sentence, "because")
    current.state, current.because = OfferState.REFUSED, because.strip()
    current.ended_at, current.ended_by = at, by
    return _checked(current, by, at)


def _to_check(offer, seen_version, by):
    current = taken(offer, seen_version)
    check_checks(current, by)
    if current.state != OfferState.RECEIVED:
        raise SocialRefusal(_("This offer has been checked already."))
    return current


def _checked(current, by, at):
    current.checked_by, current.checked_at = by, at
    ends = ("ended_at", "ended_by")
    return saved(current, "state", "because", *ends, "checked_by", "checked_at")


@transaction.atomic
def close_offer(offer, *, because, seen_version, by, at):
    """Nothing more is taken of it: withdrawn by the giver, or nobody needs the rest."""
    current = taken(offer, seen_version)
    check_checks(current, by)
    if current.state != OfferState.OPEN:
        raise SocialRefusal(_("Only a checked offer is closed."))
    if not because.strip():
        raise SocialRefusal(_("Say why it is closed."), "because")
    typed("because", because)
    if current.matches.filter(ended_at=None).exists():
        raise SocialRefusal(_("Something of it is still promised; end that first."))
    current.state, current.because = OfferState.CLOSED, because.strip()
    return ended(current, "state", "because", by=by, at=at)


def told_by(receipt):
    """What the giver may know, or None: of households nothing but their thanks."""
    if not is_receipt(receipt):
        return None
    told = Q(forgotten_at=None) | Q(state=OfferState.LAPSED)  # why nobody called
    found = SocialOffer.objects.filter(told, receipt=receipt).first()
    if found is None:
        return None
    said = {name: getattr(found, name) for name in ("kind", "unit", "amount", "state")}
    said |= {"promised": found.promised, "delivered": found.delivered}
    refused = found.state == OfferState.REFUSED
    said["because"] = found.because if refused else ""
    thanks = found.matches.exclude(thanks="").order_by("id")
    return said | {"thanks": list(thanks.values_list("thanks", flat=True))}


def asked_places(chosen):
    """The division that an offer without a need is made to: the smallest chosen, a township or a
    county."""
    fit = [place for place in chosen if place.level in (Level.COUNTY, Level.TOWNSHIP)]
    return fit[-1] if fit else None
