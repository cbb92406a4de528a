"""One household, one file (一户一档): the sections of its page, each fact with origin and since."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.history import Origins, Source
from households.models import Household, Member
from households.models.choices import Labour, Origin, Status
from households.wording import in_words, label_of, plain

# Section of the page -> (title, fields); the section is one of ``accounts/roles.py``.
SHEETS = {
    "basic": (
        gettext_lazy("Basic facts"),
        "",
        "exited_year identified_on listed_on causes risks",
    ),
    "contact": (gettext_lazy("Contact and account"), "identifiers", "phone bank_name bank_account"),
    "housing": (
        gettext_lazy("Housing"),
        "living",
        "house_grade house_material only_home unsafe_house safe_home_elsewhere "
        "parents_in_unsafe_house house_at_risk hazard_spot relocated relocation_site",
    ),
    "water": (
        gettext_lazy("Drinking water"),
        "living",
        "water_safe water_quality water_quantity water_hours water_convenience water_reliability "
        "water_seasonal_shortage",
    ),
    "resources": (
        gettext_lazy("Land and production"),
        "income",
        "cropland_mu forest_mu water_surface_mu production_assets business_short_of_funds "
        "national_measures",
    ),
}
MEMBER_FIELDS = (
    "sex",
    "born_on",
    "nation",
    "education",
    "school",
    "school_words",
    "school_exemption",
    "dropout_warning",
    "chronic_illness",
    "major_illness",
    "untreated",
    "family_doctor",
    "disabled",
    "disability_grade",
    "labour",
    "trained",
    "work_months",
    "work_place",
    "wants_work",
    "wants_training",
    "medical_insurance",
    "serious_illness_insurance",
    "pension",
    "low_income_allowance",
    "extreme_poverty_support",
)
# Said only where they are so: no household is asked for the site it never moved to.
WHERE_TRUE = {
    "relocation_site": "relocated",
    "disability_grade": "disabled",
    "untreated": "major_illness",
    "school_exemption": "school_exemption",
    "dropout_warning": "dropout_warning",
    "school_words": "school_words",
    "exited_year": "exited_year",
    "listed_on": "listed_on",
    "safe_home_elsewhere": "unsafe_house",
}
# Whom the documents give a 帮扶责任人; all others have a 联系人 (AH 4.1.3, 4.2.2).
WITH_RESPONSIBLE_PERSON = {Status.EXITED, Status.POOR, Status.RETURNED, Status.NEWLY_POOR}
ABLE = {Labour.SKILLED, Labour.ORDINARY, Labour.WEAK}
PROTECTED = {"phone", "bank_account", "resident_id", "disability_card"}


@dataclass
class Fact:
    label: str
    value: str
    name: str
    source: Source | None = None
    protected: bool = False


@dataclass
class Sheet:
    """Facts of one kind. ``source`` is that of most of them; the others say theirs."""

    title: str
    facts: list
    source: Source | None = None

    def __post_init__(self):
        known = Counter(fact.source for fact in self.facts if fact.value)
        self.source = known.most_common(1)[0][0] if known else None
        for fact in self.facts:
            if fact.source == self.source or not fact.value:
                fact.source = None


def sheets_of(household, post, past):
    """The sheets that ``post`` may see, in the order of the page."""
    sources = past.sources(household)
    sheets = {}
    for code, (title, section, fields) in SHEETS.items():
        if not section or post.sees_section(section):
            sheets[code] = Sheet(title, list(_facts(household, fields.split(), sources)))
    if post.sees_section("visits"):
        sheets["care"] = Sheet(_("Who looks after them"), list(_care(household, post, sources)))
    if household.extra and post.sees_section("history"):
        sheets["extra"] = Sheet(_("Further columns of the export"), _extra(household, sources))
    return sheets


def member_sheet(member, past):
    """All facts of one member."""
    sources = past.sources(member)
    facts = list(_facts(member, MEMBER_FIELDS, sources))
    return Sheet(member.name, facts + _extra(member, sources))


def _facts(row, names, sources):
    for name in names:
        condition = WHERE_TRUE.get(name)
        if condition and not getattr(row, condition):
            continue
        item = row._meta.get_field(name)
        yield Fact(label_of(item), in_words(item, row), name, sources.get(name), name in PROTECTED)


def _care(household, post, sources):
    """Responsible and contact person: who is named, or in words that nobody is."""
    for kind in ("responsible", "contact"):
        item = Household._meta.get_field(f"{kind}_name")
        name = getattr(household, item.name)
        if not name and kind != wanted_person(household):
            continue
        phone = (
            getattr(household, f"{kind}_phone_masked") if post.sees_section("identifiers") else ""
        )
        yield Fact(
            label_of(item), _(", ").join(filter(None, [name, phone])), item.name, sources[item.name]
        )


def wanted_person(household):
    """Whom the documents ask for: exited and poor households have a responsible person, others a
    contact person (AH 4.1.3, 4.2.2)."""
    return "responsible" if household.status in WITH_RESPONSIBLE_PERSON else "contact"


def _extra(row, sources):
    return [
        Fact(name, plain(value), name, sources.get("extra")) for name, value in row.extra.items()
    ]


@dataclass
class Income:
    """A statement with what is derived from it: never typed, never stored."""

    statement: object
    people: int
    latest: bool = False
    source: str = ""

    @property
    def per_head(self):
        return _cents(self.statement.net / self.people) if self.people else None

    @property
    def difference(self):
        """Ours less the national system's; None when they agree or it has none."""
        stated = self.statement.stated_per_capita
        if stated is None or self.per_head is None or stated == self.per_head:
            return None
        return self.per_head - stated

    @property
    def earlier(self):
        """What the statement said earlier on the same day, first to last."""
        return [
            {
                "at": datetime.fromisoformat(told["at"]),
                "net": _net_of(told["figures"]),
                "because": told["because"],
            }
            for told in self.statement.earlier or ()
        ]

    @property
    def rigid_share(self):
        """Rigid expenditure as per cent of net income; None when either is not known."""
        rigid, net = self.statement.rigid, self.statement.net
        return None if rigid is None or net <= 0 else (rigid * 100 / net).quantize(Decimal("0.1"))


def _net_of(figures):
    earned = (Decimal(figures[kind]) for kind in ("wage", "business", "property", "transfer"))
    return sum(earned) - Decimal(figures["expenses"])


def incomes_of(household, people):
    """The statement that counts of each window, latest first."""
    windows = {}
    for statement in household.incomes.select_related("recorded_by"):
        windows.setdefault(statement.window_to, statement)
    told = Origins([s for s in windows.values() if s.origin == Origin.DEPARTMENT])
    incomes = [
        Income(statement, people, source=told.named_words(statement))
        for statement in windows.values()
    ]
    if incomes:
        incomes[0].latest = True
    return incomes


def living_members(household):
    return head_first(Member.objects.filter(household=household).living_there())


def head_first(members):
    """The head first, then by age."""
    return sorted(members, key=lambda member: (member.relation != "head", str(member.born_on)))


def people(household, members=()):
    """How many live there; those who see no members still see the income for a head."""
    return len(members) or household.members.living_there().count()


def _cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
