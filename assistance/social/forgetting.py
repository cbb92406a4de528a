"""Name and phone of a giver are removed some time after the end (个人信息保护法 19, 47). A company
and an organisation keep their name: the public list of help received names them."""

from django.utils.timezone import timedelta

from assistance.models import Giver, SocialOffer

KEPT = timedelta(days=180)  # default
AT_ONCE = 2000


def forget_givers(*, at):
    """How many were forgotten."""
    rows = SocialOffer.objects.filter(forgotten_at=None, ended_at__lt=at - KEPT)
    due = list(rows.order_by("id")[:AT_ONCE])
    for offer in due:
        offer.phone, offer.contact, offer.forgotten_at = "", "", at
        if offer.giver == Giver.PERSON:
            offer.name, offer.words = "", ""
        offer.save()
    return len(due)
