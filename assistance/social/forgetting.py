"""Name and phone of a giver are removed some time after the end (个人信息保护法 19, 47). A company
and an organisation keep their name: the public list of help received names them.

An offer that nobody checked has no end of its own: after the days that hold in its county it is
closed and its giver forgotten at once. What was not needed for so long is not kept.
"""

import logging

from django.db import transaction
from django.utils.timezone import localdate, timedelta
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Division
from assistance.funds.limits import limits_on
from assistance.models import Giver, OfferState, SocialOffer

KEPT = timedelta(days=180)  # default
AT_ONCE = 2000
log = logging.getLogger(__name__)


def forget_givers(*, at):
    """How many were forgotten."""
    rows = SocialOffer.objects.filter(forgotten_at=None, ended_at__lt=at - KEPT)
    due = list(rows.order_by("id")[:AT_ONCE])
    for offer in due:
        _forget(offer, at)
        offer.save()
    return len(due)


def days_unchecked(county, day):
    """How long an offer made in the county may wait to be checked, by the limit of the day."""
    return int(limits_on(day, county)["offer_days"])


def closes_on(offer, day):
    """The day on which the night closes it, as the limits stand on ``day``."""
    days = days_unchecked(offer.division.county, day)
    return localdate(offer.made_at) + timedelta(days=days + 1)


@transaction.atomic
def close_unchecked(*, at):
    """How many were closed. One that an officer holds at this moment waits for another night."""
    today, closed, waiting = localdate(at), 0, SocialOffer.objects.to_check()
    for county in Division.objects.filter(pk__in=waiting.order_by().values("division__county")):
        days = days_unchecked(county, today)
        rows = waiting.filter(
            division__county=county, made_at__date__lt=today - timedelta(days=days)
        )
        for offer in rows.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]:
            _lapse(offer, days, at)
            closed += 1
    if closed:
        log.warning("%d offers of help closed: nobody checked them in time", closed)
    return closed


def _lapse(offer, days, at):
    with override("zh-hans"):  # what is kept is kept in the language of the house
        offer.because = _("Nobody checked it within %(days)d days.") % {"days": days}
    offer.state, offer.ended_at = OfferState.LAPSED, at
    offer.version += 1
    _forget(offer, at)
    offer.save()


def _forget(offer, at):
    offer.phone, offer.contact, offer.forgotten_at = "", "", at
    if offer.giver == Giver.PERSON:
        offer.name, offer.words = "", ""
