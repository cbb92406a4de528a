"""What a visit changed in the register: old and new value of each fact."""

from django.db.models import Q

from households.models import HouseholdPast, Member, MemberPast
from households.models.choices import Origin
from households.models.versions import facts_of


def changes_of(visit):
    """``[{"whose", "fact", "old", "new"}]`` in the order of the register's fields."""
    written = Q(origin=Origin.VISIT, origin_id=visit.id)
    household = visit.household
    rows = []
    past = list(HouseholdPast.objects.filter(household=household).order_by("id"))
    rows += _steps(visit, [*past, household], str(household))
    members = Member.objects.filter(household=household).order_by("number", "id")
    touched = members.filter(
        written | Q(id__in=MemberPast.objects.filter(written).values("member_id"))
    )
    for member in touched:
        past = list(member.past.order_by("id"))
        rows += _steps(visit, [*past, member], member.name)
    return rows


def _steps(visit, versions, whose):
    """A version written by the visit beside the one before it; a first version has none before."""
    rows = []
    for old, new in zip(versions, versions[1:], strict=False):
        if (new.origin, new.origin_id) != (Origin.VISIT, visit.id):
            continue
        rows += [
            {
                "whose": whose,
                "fact": field.verbose_name,
                "old": shown(old, field),
                "new": shown(new, field),
            }
            for field in facts_of(type(versions[-1]))
            if getattr(old, field.attname) != getattr(new, field.attname)
            and not field.attname.endswith(("_index", "_masked"))
        ]
    return rows


def shown(row, field):
    """The value as a page shows it: words of a choice, None for not known."""
    value = getattr(row, field.name)
    if field.choices:
        return getattr(row, f"get_{field.name}_display")() or None
    return None if value == "" else value


def fact_words(names, row):
    """Words of facts by field name, for a sentence."""
    return [str(row._meta.get_field(name).verbose_name) for name in names]
