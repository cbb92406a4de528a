"""Where a fault is mended: the page that its check names, as far as the post may open it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    words: str
    ability: str = ""  # blank: whoever sees the household
    of_member: bool = False
    of_household: bool = True


PLACES = {
    "household": Place(_("Open the household")),
    "household_members": Place(_("See the members")),
    "household_income": Place(_("See the income")),
    "household_visits": Place(_("See the visits")),
    "household_correct": Place(_("Correct the household"), "edit_household"),
    "household_head": Place(_("Choose the head"), "edit_household"),
    "household_move": Place(_("Move the household"), "edit_household"),
    "household_person": Place(_("Name the person"), "assign"),
    "member_correct": Place(_("Correct the member"), "edit_household", of_member=True),
    "visit_new": Place(_("Record a visit"), "record_visit"),
    "imports": Place(_("Import of the national export"), "import_register", of_household=False),
}


def mended_at(fault, post):
    """(address, words of the link). Who may not mend there is shown the household."""
    name = fault.check_.mend
    place = PLACES[name]
    # Whoever has left is mended no more; the members say when they left.
    gone = place.of_member and (fault.member is None or fault.member.left_on)
    if gone or (place.ability and not post.may(place.ability)):
        name = "household_members" if gone else "household"
        place = PLACES[name]
    ids = [fault.household_id] if place.of_household else []
    if place.of_member:
        ids.append(fault.member_id)
    return reverse(name, args=ids), place.words
