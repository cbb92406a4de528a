"""How far the visits of this month are, by division and by the person in charge (AH 4.2.2)."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Division, Officer
from accounts.models.divisions import LEVEL_COLUMNS, Level
from households.due import due_this_month, month_of, overdue, visited_this_month, wanted
from households.models import Visit
from households.models.choices import Method
from monitoring.today import to_visit


def in_person(day):
    return visited_this_month(day) & Q(Exists(_visits(day).filter(method=Method.IN_PERSON)))


def otherwise(day):
    """By phone, SMS, WeChat or video only."""
    return visited_this_month(day) & ~Q(Exists(_visits(day).filter(method=Method.IN_PERSON)))


def _visits(day):
    return Visit.objects.filter(household=OuterRef("pk"), visited_on__gte=month_of(day)[0])


@dataclass(frozen=True)
class Kind:
    """A kind of households on the page: its words and the condition over ``to_visit`` rows."""

    words: str
    condition: callable


KINDS = {
    "wanted": Kind(_("To visit this month"), wanted),
    "visited": Kind(_("Visited this month"), visited_this_month),
    "in_person": Kind(_("In person"), in_person),
    "otherwise": Kind(_("By phone or message only"), otherwise),
    "due": Kind(_("Still due this month"), due_this_month),
    "overdue": Kind(_("Overdue"), overdue),
}


def counts(day):
    return {name: Count("id", filter=kind.condition(day)) for name, kind in KINDS.items()}


def rows_in(post, day, place):
    return to_visit(post, day).within(place)


def totals(rows, day):
    return rows.order_by().aggregate(**counts(day))


def by_division(rows, day, place):
    """A row for each division right below, in the order of the codes."""
    if place.level >= Level.VILLAGE:
        return []
    column = LEVEL_COLUMNS[place.level + 1]
    counted = rows.order_by().values(column).annotate(**counts(day))
    found = {row[column]: row for row in counted}
    divisions = Division.objects.filter(pk__in=found).order_by("code")
    return [{"division": division, **found[division.pk]} for division in divisions]


def by_person(rows, day):
    """A row for each account in charge, by name; the last one is of households without any."""
    counted = rows.order_by().values("in_charge").annotate(**counts(day))
    found = {row["in_charge"]: row for row in counted}
    officers = Officer.objects.filter(pk__in=[pk for pk in found if pk]).order_by("name", "id")
    people = [{"officer": officer, **found[officer.pk]} for officer in officers]
    return people + ([{"officer": None, **found[None]}] if None in found else [])
