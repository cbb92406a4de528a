"""Where a fault is mended: the page that its check names, as far as the post may open it, at the
field that the check asks about."""

import re
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from households.correction_forms import GROUPS, MEMBER_GROUPS


@dataclass(frozen=True)
class Place:
    words: str
    ability: str = ""  # blank: whoever sees the household
    of_member: bool = False
    of_household: bool = True
    groups: dict | None = None  # of its form, when it has a field for each fact
    goes_on: bool = False  # its form goes on to the next fault


PLACES = {
    "household": Place(_("Open the household")),
    "household_members": Place(_("See the members")),
    "household_income": Place(_("See the income")),
    "household_visits": Place(_("See the visits")),
    "household_correct": Place(
        _("Correct the household"), "edit_household", groups=GROUPS, goes_on=True
    ),
    "household_head": Place(_("Choose the head"), "edit_household", goes_on=True),
    "household_move": Place(_("Move the household"), "edit_household", goes_on=True),
    "household_person": Place(_("Name the person"), "assign", goes_on=True),
    "member_correct": Place(
        _("Correct the member"),
        "edit_household",
        of_member=True,
        groups=MEMBER_GROUPS,
        goes_on=True,
    ),
    "household_sources": Place(_("Name the source of the money"), "carry_measures", goes_on=True),
    "visit_new": Place(_("Record a visit"), "record_visit"),
    "imports": Place(_("Import of the national export"), "import_register", of_household=False),
}


# What a visit writes into the register (visit_answers.py): who may not correct may visit.
_VISITED = (
    "house_grade unsafe_house safe_home_elsewhere parents_in_unsafe_house house_at_risk "
    "hazard_spot water_safe water_quality water_quantity water_hours water_convenience "
    "water_reliability water_seasonal_shortage business_short_of_funds chronic_illness "
    "major_illness untreated family_doctor labour work_months work_place trained "
    "medical_insurance school school_exemption dropout_warning"
)


def mended_at(fault, post, kept=None):
    """(address, words of the link). Who may not mend there is shown the household.

    The page that mends knows the fault, so that it can say it and go on to the next one of the
    list; ``kept`` are the filters of that list.
    """
    name = fault.check_.mend
    place = PLACES[name]
    # Whoever has left is mended no more; the members say when they left.
    gone = place.of_member and (fault.member is None or fault.member.left_on)
    if gone or (place.ability and not post.may(place.ability)):
        name = "household_members" if gone else _instead(fault.check_, post)
        place = PLACES[name]
    ids = [fault.household_id] if place.of_household else []
    if place.of_member:
        ids.append(fault.member_id)
    address = reverse(name, args=ids)
    if place.goes_on:
        address += f"?{urlencode({'fault': fault.pk, **(kept or {})})}"
    field = field_of(fault.check_) if place.groups else ""
    return f"{address}#id_{field}" if field else address, place.words


def _instead(check, post):
    visited = PLACES[check.mend].groups and set(_VISITED.split()) & set(asked_by(check))
    return "visit_new" if visited and post.may("record_visit") else "household"


@cache
def asked_by(check):
    """The facts that the check asks about, as its condition names them."""
    columns = re.findall(r"\b[hm]\.(\w+)", check.condition)
    return tuple(re.sub(r"_(masked|index)$", "", column) for column in columns)


@cache
def field_of(check):
    """The first fact that the check asks about and the form of its page has; blank if none."""
    groups = PLACES[check.mend].groups or {}
    fields = set(" ".join(groups.values()).split())
    return next((column for column in asked_by(check) if column in fields), "")
