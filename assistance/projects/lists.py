"""Lists of assets, of the store and of the collectives: which views, how they are narrowed."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import (
    Case,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import Level
from assistance.funds.limits import LIMITS
from assistance.models import (
    HANDED,
    OPERATING,
    AssetKind,
    AssetState,
    CollectiveEntry,
    FundParameter,
    Nature,
    Owner,
    Priority,
    Project,
    ProjectKind,
    ProjectState,
    Rent,
    Way,
)

MOST = 1000  # counting stops here
YUAN = DecimalField(max_digits=14, decimal_places=2)
LOW = "collective_income"
WORD_OF = {"township": Level.TOWNSHIP, "county": Level.COUNTY}


def counted(rows):
    found = rows.order_by()[:MOST].count()
    return f"{MOST - 1}+" if found == MOST else found


class Views:
    """What the address asks for, of one list. What it does not know counts as not asked.

    ``views``: name -> (words, rows -> rows); ``choices``: parameter -> its choices.
    """

    def __init__(self, params, rows, views, choices, year=""):
        self.which = params.get("which") if params.get("which") in views else next(iter(views))
        self.chosen, self.views = {}, views
        for name, known in choices.items():
            self.chosen[name] = params.get(name) if params.get(name) in known else ""
            if self.chosen[name]:
                rows = rows.filter(**{name: self.chosen[name]})
        asked = params.get(year, "") if year else ""
        self.year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else ""
        self.all = rows.filter(**{year: self.year}) if self.year else rows

    def rows(self):
        return self.views[self.which][1](self.all)

    def chips(self):
        return [
            {"name": name, "words": words, "count": counted(narrow(self.all)),
             "current": name == self.which}
            for name, (words, narrow) in self.views.items()
        ]  # fmt: skip


def asset_views(today, rents=True):
    """``rents``: whether whoever asks reads what the collective earns."""
    year_ago = today - timedelta(days=365)
    unseen = Q(inspected_on=None) | Q(inspected_on__lt=year_ago)
    late = Rent.objects.overdue(today).filter(lease__asset=OuterRef("pk"))
    views = {
        "kept": (_("In the ledger"), lambda rows: rows.kept()),
        "idle": (_("Idle"), lambda rows: rows.kept().filter(use="idle")),
        "broken": (_("Out of order"), lambda rows: rows.kept().filter(use="broken")),
        "unseen": (_("Not inspected for a year"), lambda rows: rows.kept().filter(unseen)),
        "late": (_("Rent is late"), lambda rows: rows.filter(Exists(late))),
        "asked": (_("Write-off asked for"), lambda rows: rows.filter(state=AssetState.ASKED)),
        "off": (_("Written off"), lambda rows: rows.filter(state=AssetState.WRITTEN_OFF)),
    }
    return views if rents else {name: view for name, view in views.items() if name != "late"}


ASSET_CHOICES = {"kind": AssetKind, "nature": Nature, "owner": Owner}

STORE_VIEWS = {
    "proposed": (_("Proposed"), lambda rows: rows.filter(state=ProjectState.PROPOSED)),
    "returned": (_("Returned"), lambda rows: rows.filter(state=ProjectState.RETURNED)),
    "store": (_("In the store"), lambda rows: rows.filter(state=ProjectState.IN_STORE)),
    "started": (_("Under way"), lambda rows: rows.filter(state=ProjectState.STARTED)),
    "finished": (_("Finished"), lambda rows: rows.filter(state=ProjectState.FINISHED)),
    "out": (_("Adjusted out"), lambda rows: rows.filter(state=ProjectState.OUT)),
}


def store_views(post):
    """What waits for the word of the post stands first."""
    if post.role not in WORD_OF:
        return STORE_VIEWS
    mine = (_("Wait for your word"), lambda rows: rows.filter(waiting_level=WORD_OF[post.role]))
    return {"mine": mine, **STORE_VIEWS}


STORE_CHOICES = {"kind": ProjectKind, "priority": Priority}


def first_comes_first(rows):
    """What AH0 4.4 puts first, then by age."""
    rank = Case(When(priority="", then=Value(1)), default=Value(0))
    return rows.annotate(rank=rank)


def projects_waiting(post):
    """Proposals that wait for the word of ``post``."""
    rows = Project.objects.visible_to(post).filter(state=ProjectState.PROPOSED)
    return rows.filter(waiting_level=WORD_OF.get(post.role, 0))


def a_year_to(day):
    """First and last day of the twelve months that end with ``day``."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 3, 1), day
    return day.replace(year=day.year - 1) + timedelta(days=1), day


def standing_entries(until=None):
    """Entries that stand: neither booked back, nor what books another back. ``until``: a moment,
    as on record by then."""
    back = CollectiveEntry.objects.filter(reverses=OuterRef("pk"))
    rows = CollectiveEntry.objects.filter(reverses=None)
    if until:
        back, rows = back.filter(recorded_at__lte=until), rows.filter(recorded_at__lte=until)
    return rows.filter(~Exists(back))


def earned(since, last, village, until=None):
    """Operating income of a village between two days: an expression, null where none is booked."""
    rows = standing_entries(until).filter(
        collective__village=village, way=Way.IN, what__in=OPERATING, on__range=(since, last)
    )
    total = rows.order_by().values("collective").annotate(total=Sum("amount")).values("total")
    return Subquery(total, output_field=YUAN)


def earned_or_nothing(since, last, village, until=None):
    return Coalesce(earned(since, last, village, until), Value(Decimal(0)), output_field=YUAN)


def has_entries(since, last, village, until=None):
    return Exists(
        standing_entries(until).filter(
            collective__village=village, way=Way.IN, on__range=(since, last)
        )
    )


def least_income(day, of):
    """The 50,000 of GZ 2.5, as a parameter that holds on ``day`` where the village lies."""
    rows = FundParameter.objects.filter(name=LOW, since__lte=day).exclude(until__lte=day)
    line = [OuterRef(f"{of}{level}_id") for level in ("county", "city", "province")]
    here = Q(territory=None)
    for division in line:
        here |= Q(territory=division)
    latest = rows.filter(here).order_by("-since", "territory__level", "-id").values("value")[:1]
    return Coalesce(Subquery(latest), Value(LIMITS[LOW].default), output_field=YUAN)


def villages_of(place, since, last):
    """Villages with what their collectives earned, got besides and used between two days."""
    rows = Division.objects.below(place).filter(level=Level.VILLAGE)
    mine = standing_entries().filter(collective__village=OuterRef("pk"), on__range=(since, last))
    mine = mine.exclude(what__in=HANDED)

    def total(**narrow):
        sums = mine.filter(**narrow).order_by().values("collective").annotate(total=Sum("amount"))
        return Coalesce(Subquery(sums.values("total")), Value(Decimal(0)), output_field=YUAN)

    rows = rows.annotate(
        known=Exists(mine.filter(way=Way.IN)),
        operating=earned_or_nothing(since, last, OuterRef("pk")),
        got=total(way=Way.IN),
        used=total(way=Way.OUT),
        least=least_income(last, ""),
    )
    return rows.annotate(short=LessThan(F("operating"), F("least")))


VILLAGE_VIEWS = {
    "all": (_("All villages"), lambda rows: rows),
    "low": (_("Under the least income"), lambda rows: rows.filter(known=True, short=True)),
    "unknown": (_("No income on record"), lambda rows: rows.filter(known=False)),
    "enough": (_("At least that income"), lambda rows: rows.filter(known=True, short=False)),
}
