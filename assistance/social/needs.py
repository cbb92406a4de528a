"""A need: noted with the household, published by somebody else without a name, closed."""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.refusals import Refused
from accounts.typed import check_typed
from assistance.models import NeedState, SocialNeed
from assistance.social.naming import names_somebody
from assistance.social.refusals import Late, SocialRefusal
from households.models import Household


def may_note(post):
    return post.may("carry_measures") and post.role_row.sees != "line"


def check_helps(household, by):
    """Whoever carries out measures of the household; departments have measures of their own."""
    if not may_note(by):
        raise SocialRefusal(_("Your post does not note needs of households."))
    if not Household.objects.visible_to(by).filter(pk=household.pk).exists():
        raise SocialRefusal(_("This household lies outside the division of your post."))


def check_matches(household, by):
    if not by.may("match_offers") or not by.division.contains(household.village):
        raise SocialRefusal(_("Township and county check needs and offers."))


def check_quantity(amount, kind):
    """Yuan and jin have decimals; jobs, pieces and times are whole."""
    digits = 2 if kind in ("money", "sale") else 0
    if amount <= 0 or amount != round(amount, digits) or amount > 10_000_000:
        raise SocialRefusal(_("Enter how much, more than nothing and in whole units."), "amount")


def typed(field, *words):
    try:
        check_typed(*words)
    except Refused as refusal:
        raise SocialRefusal(str(refusal), field) from None


def note_need(household, *, kind, amount, words, agreed, public_words="", client_id=None, by, at):
    """``(need, stored now)``. ``public_words`` are proposed; whoever publishes may change them."""
    check_helps(household, by)
    if client_id and (stored := SocialNeed.objects.filter(client_id=client_id).first()):
        if stored.household_id != household.pk:
            raise SocialRefusal(_("This need is already stored for another household."))
        return stored, False
    check_quantity(amount, kind)
    typed("words", words)
    if not words.strip():
        raise SocialRefusal(_("Say what is needed, and why."), "words")
    if not agreed:
        raise SocialRefusal(_("Ask the household first: without its consent nothing is published."),
                            "agreed")  # fmt: skip
    said = {"public_words": public_words.strip(), "agreed": True}
    return SocialNeed.objects.get_or_create(
        client_id=client_id or uuid4(),
        defaults=said | {"household": household, "kind": kind, "amount": amount,
                         "words": words.strip(), "recorded_by": by, "recorded_at": at},
    )  # fmt: skip


@transaction.atomic
def publish_need(need, *, public_words, seen_version, by, at):
    """By somebody else than who noted it: two people have read that nobody can be known."""
    current = taken(need, seen_version)
    household = current.household
    check_matches(household, by)
    if current.state != NeedState.NOTED:
        raise SocialRefusal(_("This need is published already, or closed."))
    if persons_behind(by) & persons_behind(current.recorded_by):
        raise SocialRefusal(_("You noted this need; somebody else publishes it."))
    public_words = public_words.strip()
    if not public_words:
        raise SocialRefusal(_("Say it in words that everybody may read."), "public_words")
    if sentence := names_somebody(public_words, household):
        raise SocialRefusal(sentence, "public_words")
    current.public_words, current.state = public_words, NeedState.OPEN
    current.published_by, current.published_at = by, at
    return saved(current, "public_words", "state", "published_by", "published_at")


@transaction.atomic
def close_need(need, *, because, seen_version, by, at):
    """It is no longer needed, or cannot be published. What is promised is delivered first."""
    current = taken(need, seen_version)
    check_helps(current.household, by)
    if current.state not in (NeedState.NOTED, NeedState.OPEN):
        raise SocialRefusal(_("This need is closed already."))
    if not because.strip():
        raise SocialRefusal(_("Say why it is closed."), "because")
    typed("because", because)
    if current.matches.filter(ended_at=None).exists():
        raise SocialRefusal(_("Something is still promised to it; end that first."))
    current.state, current.because = NeedState.CLOSED, because.strip()
    return ended(current, "state", "because", by=by, at=at)


def taken(row, seen_version=None):
    """The row of a need or an offer, locked, as it was seen."""
    rows = type(row).objects.select_for_update(no_key=True, of=("self",))
    current = rows.get(pk=row.pk)
    if seen_version not in (None, current.version):
        raise Late(_("Somebody changed this meanwhile. Look at it again."))
    return current


def ended(row, *fields, by, at):
    row.ended_at, row.ended_by = at, by
    return saved(row, *fields, "ended_at", "ended_by")


def saved(row, *fields):
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row
