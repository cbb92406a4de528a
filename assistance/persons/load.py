"""How many households each person looks after, and whom they were in touch with this month.

The monthly contact (AH 4.2.2) is counted from the visits, of whatever kind: in person, by phone,
SMS, WeChat or video. Sorted by name: it is no ranking.
"""

from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.models import Officer
from assistance.models import Measure
from assistance.persons.missing import NOBODY, left_behind, looked_after
from assistance.risks import flagged
from households.due import MONTHLY, month_of
from households.models import Visit
from households.models.choices import ExitedClass, Status

MOST = 400  # persons on a page
LISTED = Q(status=Status.EXITED, exited_class=ExitedClass.MONITORED) | Q(
    status__in=[Status.EDGE, Status.SUDDEN]
)


def _named(prefix=""):
    """The name under which a household's person stands in the register."""
    empty = Value("")
    return Coalesce(
        NullIf(f"{prefix}responsible_name", empty), NullIf(f"{prefix}contact_name", empty), empty
    )


@dataclass
class Load:
    officer_id: int | None
    name: str
    households: int
    listed: int
    flagged: int
    monthly: int
    left: int = 0
    contacted: int = 0
    measures: int = 0
    methods: dict = field(default_factory=dict)  # how -> households

    @property
    def key(self):
        """How the address names the person."""
        return str(self.officer_id) if self.officer_id else self.name


def loads_in(households, today):
    """A ``Load`` for each person of ``households``, by name; at most ``MOST`` and one more."""
    homes = looked_after(households).exclude(NOBODY).order_by()
    rows = homes.annotate(person=_named()).values("in_charge", "person")
    rows = rows.annotate(
        all=Count("id"),
        listed=Count("id", filter=LISTED),
        flagged=Count("id", filter=flagged()),
        monthly=Count("id", filter=MONTHLY | flagged()),
        left=Count("id", filter=left_behind(today)),
    ).order_by("person", "in_charge")[: MOST + 1]
    found = {}
    for row in rows:
        key = (row["in_charge"], row["in_charge"] or row["person"])
        told = [row[name] for name in ("all", "listed", "flagged", "monthly", "left")]
        if key in found:  # one officer under two spellings of the name
            load = found[key]
            load.households, load.listed, load.flagged, load.monthly, load.left = (
                a + b
                for a, b in zip(
                    (load.households, load.listed, load.flagged, load.monthly, load.left),
                    told,
                    strict=True,
                )
            )
        else:
            found[key] = Load(row["in_charge"], row["person"], *told)
    _name_officers(found.values())
    _count_contacts(found, homes, today)
    _count_measures(found, homes)
    return sorted(found.values(), key=lambda load: load.name)


def _name_officers(loads):
    ids = [load.officer_id for load in loads if load.officer_id]
    names = dict(Officer.objects.filter(pk__in=ids).values_list("pk", "name"))
    for load in loads:
        load.name = names.get(load.officer_id, load.name)


def _count_contacts(found, homes, today):
    """Households that somebody was in touch with this month, and how."""
    visits = Visit.objects.filter(
        household__in=homes.values("pk"), visited_on__gte=month_of(today)[0], visited_on__lte=today
    ).order_by()
    visits = visits.annotate(person=_named("household__"), officer_in=F("household__in_charge"))
    for row in visits.values("officer_in", "person", "method").annotate(
        n=Count("household", distinct=True)
    ):
        load = found.get((row["officer_in"], row["officer_in"] or row["person"]))
        if load:
            load.methods[row["method"]] = load.methods.get(row["method"], 0) + row["n"]
    monthly = visits.filter(household__in=homes.filter(MONTHLY | flagged()).values("pk"))
    for row in monthly.values("officer_in", "person").annotate(n=Count("household", distinct=True)):
        load = found.get((row["officer_in"], row["officer_in"] or row["person"]))
        if load:
            load.contacted += row["n"]


def _count_measures(found, homes):
    rows = Measure.objects.open().filter(household__in=homes.values("pk")).order_by()
    rows = rows.annotate(person=_named("household__"), officer_in=F("household__in_charge"))
    for row in rows.values("officer_in", "person").annotate(n=Count("id")):
        load = found.get((row["officer_in"], row["officer_in"] or row["person"]))
        if load:
            load.measures += row["n"]


def of_person(households, key):
    """The households of the person that an address names: an officer's id, or a bare name."""
    homes = looked_after(households)
    if key.isdecimal() and len(key) < 18:
        return homes.filter(in_charge=key)
    return homes.filter(in_charge=None).annotate(person=_named()).filter(person=key)
