"""What everybody may read says nothing that leads to a household (个人信息保护法 28, 29)."""

import re
import unicodedata

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.typed import number_typed
from households.dossier import living_members
from households.models import Household

LONG_NUMBER = re.compile(r"\d{7,}")
OF_VILLAGES = re.compile(r"(村民委员会|居民委员会|村委会|居委会|社区|村)$")
# Helped households in a place. Where fewer live, the place itself says who is meant (default).
FEWEST = 20


def names_somebody(words, household):
    """The sentence that says what has to go, without repeating a number; blank when nothing."""
    if sentence := number_typed(words):
        return sentence
    if LONG_NUMBER.search(words):
        return _("A long number stands in these words. Leave it out.")
    said = _without_blanks(words)
    for name in _names(household):
        if _without_blanks(name) in said:
            return _("These words say “%(name)s”, which leads to the household. Leave it out.") % {
                "name": name
            }
    return ""


def _without_blanks(words):
    """A name is found in “汪 大山” too."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def _names(household):
    """Names of persons, in full and without the family name; of group and village."""
    for member in living_members(household):
        yield from _of_person(member.name)
    yield from _of_person(household.head_name)
    village = OF_VILLAGES.sub("", household.village.name)
    yield from (name for name in (household.group_name, village) if len(name) > 1)


def _of_person(name):
    if len(name) > 1:
        yield name
    if len(name) > 2:
        yield name[1:]


def places_of(needs):
    """{need id: the smallest place with enough helped households, else the county}."""
    homes = {need.household_id: need.household for need in needs}
    crowded = _crowded("village_id", homes) | _crowded("township_id", homes)
    return {need.pk: _place(homes[need.household_id], crowded) for need in needs}


def _place(home, crowded):
    for place in (home.village, home.township):
        if place.pk in crowded:
            return place
    return home.county


def _crowded(column, homes):
    wanted = {getattr(home, column) for home in homes.values()}
    rows = Household.objects.assessed().filter(**{f"{column}__in": wanted}).order_by()
    counts = rows.values(column).annotate(homes=Count("id")).filter(homes__gte=FEWEST)
    return set(counts.values_list(column, flat=True))
