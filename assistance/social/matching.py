"""One need, one offer, an amount: promised, delivered with a proof, thanked for; or given up.

Whoever acts holds the need, then the offer: of two officers at once the second sees what the first
has left. Each match is a measure of the household, so that its plan, its pages, its handbook and
the closing guard know of it.
"""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from assistance.catalogue import MEASURE_TYPES
from assistance.models import (
    Give,
    Measure,
    NeedState,
    OfferState,
    Result,
    SocialDelivery,
    SocialMatch,
)
from assistance.planning import add_measure, change_measure, end_measure, note_progress
from assistance.social.naming import names_somebody
from assistance.social.needs import (
    check_helps,
    check_matches,
    check_quantity,
    ended,
    saved,
    taken,
    typed,
)
from assistance.social.offers import check_checks
from assistance.social.refusals import SocialRefusal
from assistance.spending import Source

# What a match is as a measure.
MEASURES = {
    Give.MONEY: "donation",
    Give.GOODS: "donation",
    Give.WORK: "employment",
    Give.SALE: "consumption",
    Give.TIME: "care",
}


@transaction.atomic
def match(need, offer, *, amount, client_id=None, by, at):
    """``(match, stored now)``."""
    need, offer = taken(need), taken(offer)
    check_matches(need.household, by)
    check_checks(offer, by)
    if client_id and (stored := SocialMatch.objects.filter(client_id=client_id).first()):
        if (stored.need_id, stored.offer_id) != (need.pk, offer.pk):
            raise SocialRefusal(_("This match is already stored for another need."))
        return stored, False
    _check_fit(need, offer, amount)
    measure = _measure_of(need, offer, amount, by, at)
    for row in (need, offer):
        row.promised += amount
        saved(row, "promised")
    return SocialMatch.objects.create(
        client_id=client_id or uuid4(), need=need, offer=offer, amount=amount, measure=measure,
        matched_by=by, matched_at=at,
    ), True  # fmt: skip


def _check_fit(need, offer, amount):
    if need.state != NeedState.OPEN:
        raise SocialRefusal(_("This need is not published, or no longer open."))
    if offer.state != OfferState.OPEN:
        raise SocialRefusal(_("Only a checked offer that is open can be matched."))
    if need.kind != offer.kind:
        raise SocialRefusal(_("What is offered is not what is needed."))
    check_quantity(amount, need.kind)
    said = {"unit": need.unit, "need": plain(need.left), "offer": plain(offer.left)}
    if amount > min(need.left, offer.left):
        sentence = _("%(need)s %(unit)s are still needed and %(offer)s still offered; "
                     "enter no more than the less of the two.")  # fmt: skip
        raise SocialRefusal(sentence % said, "amount")


def plain(amount):
    """12,000 or 12.50, without needless decimals."""
    text = f"{amount:,.2f}"
    return text.removesuffix(".00")


def _measure_of(need, offer, amount, by, at):
    """Departments see measures: what the need says for the office alone does not go there."""
    home, kind, today = need.household, MEASURES[need.kind], localdate(at)
    with override("zh-hans"):  # what is kept is kept in the language of the house
        words = f"{offer.kept_name}：{need.public_words}，{plain(amount)}{need.unit}"
    measure, _new = add_measure(
        home, kind=kind, words=words[:200], source=Source.SOCIAL,
        responsible=home.responsible_name or home.contact_name or by.officer.name,
        amount=amount if need.kind == Give.MONEY else None,
        started_on=today, due_on=today + timedelta(days=MEASURE_TYPES[kind].days), by=by, at=at,
    )  # fmt: skip
    return measure


def held(match):
    """The match with its need and offer, each held; in the order in which all hold them."""
    need, offer = taken(match.need), taken(match.offer)
    rows = SocialMatch.objects.select_for_update(no_key=True, of=("self",))
    current = rows.get(pk=match.pk)
    current.need, current.offer = need, offer
    return current


@transaction.atomic
def deliver(match, *, amount, on, proof="", photo=None, client_id=None, by, at):
    """``(delivery, stored now)``. ``photo`` is a checked file (``households/photos.py``)."""
    current = held(match)
    check_helps(current.need.household, by)
    if client_id and (stored := SocialDelivery.objects.filter(client_id=client_id).first()):
        if stored.match_id != current.pk:
            raise SocialRefusal(_("This delivery is already stored for another match."))
        return stored, False
    _check_delivery(current, amount, on, proof, photo, at)
    delivery = SocialDelivery.objects.create(
        client_id=client_id or uuid4(), match=current, amount=amount, on=on, proof=proof.strip(),
        photo=photo or "", recorded_by=by, recorded_at=at,
    )  # fmt: skip
    for row in (current.need, current.offer):
        row.delivered += amount
        saved(row, "delivered")
    current.delivered += amount
    current.save(update_fields=["delivered"])
    _tell_measure(current, delivery, by, at)
    if current.left == 0:
        _end(current, on, by, at)
    return delivery, True


def _check_delivery(current, amount, on, proof, photo, at):
    if current.ended_at:
        raise SocialRefusal(_("This match has ended."))
    check_quantity(amount, current.need.kind)
    if amount > current.left:
        said = {"left": plain(current.left), "unit": current.need.unit}
        raise SocialRefusal(_("Only %(left)s %(unit)s are left to deliver.") % said, "amount")
    if not localdate(current.matched_at) <= on <= localdate(at):
        words = _("The day lies before the match, or in the future.")
        raise SocialRefusal(words, "on")
    if not proof.strip() and not photo:
        raise SocialRefusal(_("Add a photo, or the number of the receipt."), "proof")
    typed("proof", proof)


def _tell_measure(current, delivery, by, at):
    """A measure that somebody ended by hand is left as it is."""
    measure = Measure.objects.get(pk=current.measure_id)
    if not measure.is_open:
        return
    with override("zh-hans"):
        words = f"已送达 {plain(delivery.amount)}{current.need.unit} {delivery.proof}".strip()
    photo = delivery.photo.name
    note_progress(measure, on=delivery.on, words=words, photo=photo, by=by, at=at)


def _end(current, on, by, at):
    """All of it has arrived: so has the measure, and perhaps the need and the offer."""
    current.ended_at, current.ended_by = at, by
    current.save(update_fields=["ended_at", "ended_by"])
    measure = Measure.objects.get(pk=current.measure_id)
    if measure.is_open:
        end_measure(measure, on=on, result=Result.DONE, words="", seen_version=measure.version,
                    source=measure.source or Source.SOCIAL, by=by, at=at)  # fmt: skip
    _settle(current, by, at)


def _settle(current, by, at):
    for row, state in ((current.need, NeedState.MET), (current.offer, OfferState.USED)):
        if row.delivered == row.amount and row.ended_at is None:
            row.state = state
            ended(row, "state", by=by, at=at)


@transaction.atomic
def give_up(match, *, because, by, at):
    """The rest does not come: need and offer have it back, what arrived stays."""
    current = held(match)
    check_matches(current.need.household, by)
    check_checks(current.offer, by)
    if current.ended_at:
        raise SocialRefusal(_("This match has ended."))
    because = because.strip()
    if not because:
        raise SocialRefusal(_("Say why the rest does not come."), "because")
    typed("because", because)
    for row in (current.need, current.offer):
        row.promised -= current.left
        saved(row, "promised")
    current.ended_at, current.ended_by, current.because = at, by, because
    current.save(update_fields=["ended_at", "ended_by", "because"])
    _stop_measure(current, because, by, at)
    return current


def _stop_measure(current, because, by, at):
    measure = Measure.objects.get(pk=current.measure_id)
    if not measure.is_open:
        return
    done = current.delivered > 0
    if done and measure.amount is not None:
        change_measure(measure, amount=Decimal(current.delivered), because=because,
                       seen_version=measure.version, by=by, at=at)  # fmt: skip
    result = Result.DONE if done else Result.STOPPED
    end_measure(measure, on=localdate(at), result=result, words=because,
                source=measure.source or Source.SOCIAL,
                seen_version=measure.version, by=by, at=at)  # fmt: skip


@transaction.atomic
def answer(match, *, result_words, thanks="", by, at):
    """What came of it, for the office; ``thanks`` go to the giver, without a name."""
    current = held(match)
    check_helps(current.need.household, by)
    if not current.ended_at or not current.delivered:
        raise SocialRefusal(_("First something is delivered, and the match ends."))
    if not result_words.strip():
        raise SocialRefusal(_("Say what came of it."), "result_words")
    typed("result_words", result_words)
    if sentence := names_somebody(thanks, current.need.household):
        raise SocialRefusal(sentence, "thanks")
    current.result_words, current.thanks = result_words.strip(), thanks.strip()
    current.answered_at, current.answered_by = at, by
    current.save(update_fields=["result_words", "thanks", "answered_at", "answered_by"])
    return current
