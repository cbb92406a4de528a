"""The key groups that a screening looks at (LA 2.2); the list is open: a county adds its own.

From the register of general households, whose facts departments keep up to date, and from the rows
of departments that no field of the register holds.
"""

from datetime import timedelta

from django.db.models import Case, CharField, Exists, Func, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from feeds.models import FeedRow
from households.models import Event, Member
from households.models.choices import EventKind

LATELY = timedelta(days=365)
OWN = "added"


def _member(**facts):
    rows = Member.objects.living_there().filter(household=OuterRef("pk"))
    return lambda day: Q(Exists(rows.filter(**facts)))


def _ill():
    rows = Member.objects.living_there().filter(household=OuterRef("pk"))
    return lambda day: Q(Exists(rows.filter(Q(major_illness=True) | Q(chronic_illness=True))))


def _event(*kinds):
    def since(day):
        rows = Event.objects.filter(household=OuterRef("pk"), kind__in=kinds)
        return Q(Exists(rows.filter(happened_on__gte=day - LATELY, happened_on__lte=day)))

    return since


def _fed(kind):
    return lambda day: Q(
        Exists(
            FeedRow.objects.of(kind).sure().filter(
                household=OuterRef("pk"), on__gte=day - LATELY, on__lte=day
            )
        )
    )  # fmt: skip


def _either(*conditions):
    def any_of(day):
        found = Q()
        for condition in conditions:
            found |= condition(day)
        return found

    return any_of


GROUPS = {
    "unsafe_house": (
        _("unsafe house"),
        lambda day: Q(unsafe_house=True) | Q(house_grade__in=["C", "D"]),
    ),
    "low_income": (_("subsistence allowance"), _member(low_income_allowance=True)),
    "extreme_poor": (_("support for the extremely poor"), _member(extreme_poverty_support=True)),
    "illness": (_("major or chronic illness"), _ill()),
    "disability": (_("disability"), _member(disabled=True)),
    "disaster": (_("disaster"), _either(_event(EventKind.DISASTER), _fed("disaster"))),
    "change": (
        _("family change"),
        _event(EventKind.FAMILY_CHANGE, EventKind.LABOURER_DEATH, EventKind.ACCIDENT),
    ),
    "veterans": (_("veterans' family in need"), _fed("veterans")),
}


def in_groups(households, codes, day):
    """Households of any of the groups, with ``why``: the codes that fit."""
    conditions = {code: GROUPS[code][1](day) for code in codes}
    wanted = Q()
    for condition in conditions.values():
        wanted |= condition
    return households.filter(wanted).annotate(why=_codes(conditions))


def _codes(conditions):
    parts = [
        Case(When(condition, then=Value(code)), default=None, output_field=CharField())
        for code, condition in conditions.items()
    ]
    array = Func(*parts, template="ARRAY[%(expressions)s]::varchar[]")
    return Func(array, template="array_remove(%(expressions)s, NULL)")


def words_of(codes, added=""):
    """The groups of a line in words; the county's own by ``added``, the words that it gave."""
    own = added or _("added by the county")
    return [own if code == OWN else GROUPS[code][0] for code in codes]
