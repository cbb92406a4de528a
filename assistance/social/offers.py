"""An offer: made without an account, checked by township or county, closed; told by its receipt."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from accounts.receipts import is_receipt, new_receipt
from accounts.slowing import count_person
from assistance.models import OfferState, SocialOffer
from assistance.social.needs import check_quantity, saved, taken, typed
from assistance.social.refusals import SocialRefusal

GIVEN = ("giver", "name", "contact", "phone", "kind", "amount", "words")


def place_for(need):
    """Its township answers an offer for a published need; the county sees it too."""
    return need.household.township


def offer(*, division, need=None, at, **given):
    """Returns the receipt. ``given``: ``GIVEN``. Raises ``TooMany``. The register is not asked."""
    count_person(given["phone"], at=at)
    check_quantity(given["amount"], given["kind"])
    receipt = new_receipt()
    given = {name: _tidy(given[name]) for name in GIVEN}
    SocialOffer.objects.create(receipt=receipt, division=division, need=need, made_at=at, **given)
    return receipt


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
    current.state, current.because = OfferState.OPEN, because.strip()
    return _checked(current, by, at)


@transaction.atomic
def refuse_offer(offer, *, because, seen_version, by, at):
    """``because`` is shown to the giver."""
    current = _to_check(offer, seen_version, by)
    if not because.strip():
        raise SocialRefusal(_("Say why; the giver reads it."), "because")
    typed("because", because)
    current.state, current.because, current.ended_at = OfferState.REFUSED, because.strip(), at
    return _checked(current, by, at)


def _to_check(offer, seen_version, by):
    current = taken(offer, seen_version)
    check_checks(current, by)
    if current.state != OfferState.RECEIVED:
        raise SocialRefusal(_("This offer has been checked already."))
    return current


def _checked(current, by, at):
    current.checked_by, current.checked_at = by, at
    return saved(current, "state", "because", "ended_at", "checked_by", "checked_at")


@transaction.atomic
def close_offer(offer, *, because, seen_version, by, at):
    """Nothing more is taken of it: withdrawn by the giver, or nobody needs the rest."""
    current = taken(offer, seen_version)
    check_checks(current, by)
    if current.state != OfferState.OPEN:
        raise SocialRefusal(_("Only a checked offer is closed."))
    if not because.strip():
        raise SocialRefusal(_("Say why it is closed."), "because")
    if current.matches.filter(ended_at=None).exists():
        raise SocialRefusal(_("Something of it is still promised; end that first."))
    current.state, current.because, current.ended_at = OfferState.CLOSED, because.strip(), at
    return saved(current, "state", "because", "ended_at")


def told_by(receipt):
    """What the giver may know, or None: of households nothing but their thanks."""
    if not is_receipt(receipt):
        return None
    found = SocialOffer.objects.filter(receipt=receipt, forgotten_at=None).first()
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
