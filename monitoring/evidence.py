"""What an answer rests on: each fact with its value, its day and where it came from (AH 3.2)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assistance.models import Measure
from feeds.naming import words_of_uploads
from households.history import Past, born_with
from households.models import Event, Household, IncomeStatement, Member, Visit
from households.models.choices import LOSSES, Labour, Origin, School
from households.wording import in_words, label_of, plain
from monitoring.models import Assessment

WORKERS = (Labour.SKILLED, Labour.ORDINARY, Labour.WEAK)
HOUSE_FACTS = {
    "dangerous_house": ("house_grade", "unsafe_house", "parents_in_unsafe_house"),
    "safe_home_elsewhere": ("safe_home_elsewhere",),
    "only_earth_house": ("house_material", "only_home"),
    "house_at_risk": ("house_at_risk",),
    "water_met": (
        "water_safe",
        "water_quality",
        "water_quantity",
        "water_hours",
        "water_convenience",
        "water_reliability",
    ),
    "water_shortage": ("water_seasonal_shortage",),
    "hazard_spot": ("hazard_spot",),
    "has_resources": ("cropland_mu", "forest_mu", "water_surface_mu", "production_assets"),
    "short_of_funds": ("business_short_of_funds",),
}
# Fact -> (field of the member, whom it is about).
MEMBER_FACTS = {
    "child_out_of_school": ("school", lambda m, day: _young(m, day)),
    "child_warned": ("dropout_warning", lambda m, day: m.dropout_warning is True),
    "uninsured": ("medical_insurance", lambda m, day: not m.medical_insurance),
    "untreated": ("untreated", lambda m, day: m.major_illness is not False),
    "chronic_without_doctor": ("family_doctor", lambda m, day: m.chronic_illness is not False),
    "major_illness": ("major_illness", lambda m, day: m.major_illness is not False),
    "severe_disability": ("disability_grade", lambda m, day: m.disabled is not False),
    "able": ("labour", lambda m, day: True),
    "able_skilled": ("trained", lambda m, day: m.labour in (Labour.SKILLED, Labour.ORDINARY)),
    "longest_work": ("work_months", lambda m, day: m.work_months or m.labour in WORKERS),
    "pupils": ("school", lambda m, day: m.school not in (School.NONE, School.PRESCHOOL)),
    "skipped_generation": ("relation", lambda m, day: True),
    "assured": ("low_income_allowance", lambda m, day: m.low_income_allowance is not False),
}
INCOME_FACTS = {
    "net": "net",
    "per_capita": "net",
    "gross": "gross",
    "transfer": "transfer",
    "business": "business",
    "rigid": "rigid",
}
INCOME_BEFORE = {"previous_net": "net", "previous_rigid": "rigid"}
VISIT_FACTS = ("food", "clothing", "other_risk")
EVENT_FACTS = {"industry_loss_on": True, "sudden_event": False}


@dataclass(frozen=True)
class Piece:
    """One fact: its words, value ("" is not known), day and origin, and the page that shows it."""

    label: str
    value: str
    on: date | None
    origin: str
    visit_id: int | None = None


class Evidence:
    """The register of one household as it stood on ``day``, ready to be quoted."""

    def __init__(self, household, row, day):
        self.row, self.day = row, day
        members = list(household.members.all())
        self.past = Past(household, members)
        self.house = self._until(household)
        chains = [self._until(member) for member in members]
        self.members = [chain for chain in chains if chain and not _gone(chain[-1], day)]
        ids = [row.get("income_id"), row.get("previous_income_id")]
        self.incomes = IncomeStatement.objects.in_bulk([i for i in ids if i])
        self.visit = Visit.objects.select_related("officer").filter(id=row["visit_id"] or 0).first()
        self.events = list(Event.objects.filter(household=household, happened_on__lte=day))

    def _until(self, row):
        return [version for version in self.past.of(row) if version.since <= self.day]

    def of(self, rule):
        """The pieces that ``rule`` read, each once."""
        pieces = [piece for fact in rule.reads for piece in self.of_fact(fact)]
        return list(dict.fromkeys(pieces))

    def of_fact(self, fact):
        if fact == "industry_measure":
            return [self._quoted("national_measures", self.house, Household), *self._of_measures()]
        if fact in HOUSE_FACTS:
            return [self._quoted(name, self.house, Household) for name in HOUSE_FACTS[fact]]
        if fact in MEMBER_FACTS:
            return self._of_members(*MEMBER_FACTS[fact])
        if fact in INCOME_FACTS:
            return self._of_income("income_id", INCOME_FACTS[fact])
        if fact in INCOME_BEFORE:
            return self._of_income("previous_income_id", INCOME_BEFORE[fact], before=True)
        if fact in VISIT_FACTS:
            return [self._of_visit(fact)]
        if fact in EVENT_FACTS:
            return self._of_events(EVENT_FACTS[fact])
        return [Piece(_fact_words(fact), plain(self.row.get(fact)), None, _("derived"))]

    def _quoted(self, name, chain, model, whose=""):
        field = model._meta.get_field(name)
        label = f"{label_of(field)} {whose}".strip()
        if not chain:
            return Piece(label, "", None, "")
        version = born_with(field, chain)
        visit_id = version.origin_id if version.origin == "visit" else None
        origin = self.past.origins.words(version)
        return Piece(label, in_words(field, chain[-1]), version.since, origin, visit_id)

    def _of_members(self, name, concerned):
        chosen = [chain for chain in self.members if concerned(chain[-1], self.day)]
        return [self._quoted(name, chain, Member, chain[-1].name) for chain in chosen]

    def _of_income(self, key, name, before=False):
        statement = self.incomes.get(self.row.get(key))
        label = label_of(IncomeStatement._meta.get_field(name))
        label = {"net": _("Net income"), "gross": _("Gross income")}.get(name, label)
        label = _("Rigid expenditure") if name == "rigid" else label
        label = _("%(what)s, window before") % {"what": label} if before else label
        if statement is None:
            return [Piece(label, "", None, _("no income statement"))]
        value = getattr(statement, name)
        window = _("statement of %(from)s to %(to)s") % {
            "from": f"{statement.window_from:%Y-%m}",
            "to": f"{statement.window_to:%Y-%m}",
        }
        if statement.origin == Origin.DEPARTMENT:
            source = words_of_uploads([statement.origin_id]).get(statement.origin_id, "")
            window = _("%(window)s; medical costs: %(source)s") % {
                "window": window,
                "source": source,
            }
        words = "" if value is None else _("%(amount)s yuan") % {"amount": f"{value:,.2f}"}
        return [Piece(label, words, statement.stated_on, window)]

    def _of_visit(self, name):
        label = label_of(Visit._meta.get_field(name))
        if self.visit is None:
            return Piece(label, "", None, _("no visit yet"))
        who = self.visit.officer.name if self.visit.officer else ""
        origin = _("visit by %(who)s") % {"who": who} if who else _("visit")
        value = in_words(Visit._meta.get_field(name), self.visit)
        if name == "other_risk":
            value = value or _("none")
        return Piece(label, value, self.visit.visited_on, origin, self.visit.id)

    def _of_measures(self):
        """Ours, as ``facts.sql`` counts them."""
        rows = Measure.objects.filter(household=self.past.household).industry_on(self.day)
        said = [(row, str(row)[:1].upper() + str(row)[1:]) for row in rows]
        return [Piece(label, row.words, row.started_on, _("measure")) for row, label in said]

    def _of_events(self, loss):
        events = [event for event in self.events if (event.kind in LOSSES) == loss]
        return [
            Piece(
                event.get_kind_display(),
                event.description or _("recorded"),
                event.happened_on,
                _("visit") if event.visit_id else _("register"),
                event.visit_id,
            )
            for event in events
            if event.resolved_on is None or event.resolved_on > self.day
        ]


def _young(member, day):
    return member.born_on is None or member.age_on(day) in range(5, 17)


def _gone(member, day):
    return member.left_on is not None and member.left_on <= day


def _fact_words(fact):
    words = str(Assessment._meta.get_field(fact).verbose_name)
    return words[:1].upper() + words[1:]
