"""What a claim comes from, as the link that opened the form says, and what is known by it."""

from assistance.models import ClaimOccasion, Peril
from households.models import Event
from households.models.choices import EventKind

# What an event on record is insured as.
PERILS = {
    EventKind.DISASTER: Peril.DISASTER,
    EventKind.EPIDEMIC_CASE: Peril.ILLNESS,
    EventKind.EPIDEMIC_APART: Peril.BUSINESS,
    EventKind.EPIDEMIC_WORK: Peril.BUSINESS,
    EventKind.EPIDEMIC_LOSS: Peril.BUSINESS,
    EventKind.ACCIDENT: Peril.ACCIDENT,
    EventKind.LABOURER_DEATH: Peril.FAMILY,
    EventKind.FAMILY_CHANGE: Peril.FAMILY,
    EventKind.INDUSTRY_LOSS: Peril.BUSINESS,
}


def occasion_of(asked, household, post):
    """``(facts of the claim, what the form is filled with)`` for ``?event=`` or ``?from=``."""
    if event := _event(asked.get("event", ""), household, post):
        known = {"peril": PERILS[event.kind], "happened_on": event.happened_on}
        known |= {"words": event.description, "loss": event.loss, "member": event.member_id}
        return {"occasion": ClaimOccasion.EVENT, "event": event}, known
    came = asked.get("from", "")
    if came not in ClaimOccasion or came == ClaimOccasion.EVENT:
        came = ClaimOccasion.NEED
    return {"occasion": came, "occasion_words": asked.get("about", "").replace("\0", "")[:60]}, {}


def _event(pk, household, post):
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 18):
        return None
    rows = Event.objects.visible_to(post).filter(household=household)
    return rows.filter(pk=pk).first()


def events_to_claim(household, post):
    """Events on record that no claim was opened for, latest first."""
    rows = Event.objects.visible_to(post).filter(household=household, claims=None)
    return rows.order_by("-happened_on", "-id")[:5]
