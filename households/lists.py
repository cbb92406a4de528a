"""What the household list offers: columns, orders and the views most used."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.roles import COUNTY
from households.models import Household, Member
from households.models.choices import ExitedClass, Status, Tier

COUNTED = 1000
NEVER = date(1, 1, 1)
VISIT_DAYS = 30


@dataclass(frozen=True)
class Column:
    words: str
    section: str = ""  # blank: every post that sees the row
    usual: bool = True
    sort: str = ""


COLUMNS = {
    "number": Column(_("number"), sort="number"),
    "status": Column(_("status")),
    "tier": Column(_("tier of the ledger"), "assessment"),
    "marks": Column(_("analysis"), "assessment"),
    "person": Column(_("responsible or contact person"), "visits"),
    "visited": Column(_("last visit"), "visits", sort="visited"),
    "group": Column(_("villager group"), usual=False),
    "grade": Column(_("house grade"), "living", usual=False),
    "relocated": Column(_("relocated"), "living", usual=False),
    "exited_year": Column(_("year of exit"), usual=False),
    "listed_on": Column(_("listed on"), usual=False),
}
MORE_FILTERS = (
    "exited_class",
    "listed",
    "no_person",
    "unvisited_since",
    "relocated",
    "house_grade",
    "group",
)
ORDERS = {"number": "number", "head": "head_pinyin", "visited": "visited"}


SHOWN = (
    "number",
    "head_name",
    "status",
    "exited_class",
    "tier",
    "responsible_name",
    "contact_name",
    "last_visited_on",
    "group_name",
    "house_grade",
    "relocated",
    "exited_year",
    "listed_on",
    "township__name",
    "village__name",
)


def columns_for(post, asked):
    """Names of the columns to show: those asked for, else the usual ones, as far as seen."""
    seen = [
        name
        for name, column in COLUMNS.items()
        if not column.section or post.sees_section(column.section)
    ]
    chosen = [name for name in seen if name in asked]
    return seen, chosen or [name for name in seen if COLUMNS[name].usual]


def may_sort(place, column):
    """A whole city or province is in the order of its numbers, which an index keeps; other orders
    would sort every row of it for one page."""
    return bool(column.sort) and (column.sort == "number" or place.level >= COUNTY)


def order_of(asked, place):
    """``-visited`` -> ("-visited",); what is not offered means the number."""
    name = asked.lstrip("-")
    if place.level < COUNTY:
        name = "number"
    column = ORDERS.get(name, "number")
    return (f"-{column}" if asked.startswith("-") and asked[1:] == name else column,)


def with_columns(rows):
    """The rows with what their columns show; no column asks again for each row."""
    living = Member.objects.living_there().filter(household=OuterRef("pk")).order_by()
    number = living.values("household").annotate(number=Count("id")).values("number")
    return (
        rows.annotate(
            visited=Coalesce(F("last_visited_on"), Value(NEVER)),
            people=Coalesce(Subquery(number), 0),
        )
        .select_related("village", "township")
        .only(*SHOWN)
    )  # of a hundred columns


def counted(rows):
    """How many, without counting a province: beyond a thousand it says so."""
    number = rows.order_by()[: COUNTED + 1].count()
    return f"{COUNTED}+" if number > COUNTED else str(number)


@dataclass
class View:
    """A list that is asked for often: a chip with its filters and, where cheap, its count."""

    words: str
    query: str
    condition: Q
    section: str = ""
    count: int | None = None


def views_for(post, today):
    """Counted by one statement up to a county; above that the list itself says how many."""
    month_ago = today - timedelta(days=VISIT_DAYS)
    monitored = Q(status=Status.EXITED, exited_class=ExitedClass.MONITORED)
    views = [
        View(_("all"), "", Q()),
        View(_("monitored"), "exited_class=monitored", monitored),
        View(_("edge households"), "status=edge", Q(status=Status.EDGE)),
        View(_("red in the ledger"), "tier=red", Q(tier=Tier.RED), "assessment"),
        View(
            _("nobody in charge"),
            "no_person=yes",
            Q(responsible_name="", contact_name="", in_charge=None),
            "visits",
        ),
        View(
            _("no visit in 30 days"),
            f"unvisited_since={month_ago.isoformat()}",
            Q(last_visited_on__lt=month_ago) | Q(last_visited_on=None),
            "visits",
        ),
        View(_("relocated"), "relocated=yes", Q(relocated=True), "living"),
    ]
    views = [view for view in views if not view.section or post.sees_section(view.section)]
    if post.division.level >= COUNTY:
        counts = {f"n{i}": Count("id", filter=view.condition) for i, view in enumerate(views)}
        counted = Household.objects.visible_to(post).aggregate(**counts)
        for i, view in enumerate(views):
            view.count = counted[f"n{i}"]
    return views


def places_for(post, chosen):
    """The divisions to choose from: up to the post's own, the chosen one, and those right below."""
    home = post.division
    here = chosen or home
    line = [here.province_id, here.city_id, here.county_id, here.township_id, here.village_id]
    within = [pk for pk in line[home.level - 1 :] if pk]
    above = Division.objects.filter(id__in=within).order_by("level")
    return list(above), list(Division.objects.filter(parent=here).order_by("code"))
