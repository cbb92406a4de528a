"""Families of the pool made ready for writing: their fixed columns as COPY text."""

from datetime import timedelta

from households.population.money import KINDS
from households.population.names import generation
from households.population.rows import tables

AMOUNTS = (*KINDS, "medical", "schooling")
MADE_UP = {"origin": "made_up"}
KEEPS_SURNAME = {"head": True, "child": True, "grandchild": True, "sibling": True, "parent": None}


class PreparedPerson:
    """A member of a family: what varies from household to household is the birthday and names."""

    __slots__ = ("facts", "card", "is_male", "generation", "keeps_surname", "_born", "_grown")

    def __init__(self, member, day):
        self.facts = tables()["member"].tail(MADE_UP | member)
        self.is_male = int(member["sex"] == "male")
        self._born = member["born_on"]
        self.generation = generation(self._born.year)
        self.keeps_surname = KEEPS_SURNAME.get(member["relation"], False)
        if self.keeps_surname is None and self.is_male:
            self.keeps_surname = True
        self._grown = (day - self._born).days > 26 * 365
        grade = member.get("disability_grade")
        self.card = f"4{grade}" if grade else ""

    def born_on(self, rng, younger):
        """``YYYYMMDD``: a family's grown-ups are younger by some days, children by another day."""
        if self._grown:
            return f"{self._born + timedelta(days=younger):%Y%m%d}"
        return f"{self._born.year}{self._born.month:02d}{int(rng.random() * 28) + 1:02d}"


class Prepared:
    __slots__ = (
        "facts", "past", "people", "now", "before", "income_tail", "visit", "event_rows",
        "listed", "unnamed", "is_edge", "responsible_changed", "groups",
    )  # fmt: skip

    def __init__(self, family, day):
        table = tables()
        self.facts = table["household"].tail(MADE_UP | family.household)
        changes = {k: v for k, v in family.household_before.items() if k != "responsible"}
        self.past = table["household_past"].tail(MADE_UP | family.household | changes)
        self.people = [
            (PreparedPerson(member, day), self._before(family, place))
            for place, member in enumerate(family.members)
        ]
        self.now = [family.now[kind] for kind in AMOUNTS]
        self.before = [family.before[kind] for kind in AMOUNTS]
        self.income_tail = table["income"].tail(MADE_UP | {"housing": 0, "disaster_repair": 0})
        self.visit = table["visit"].tail(family.seen)
        self.event_rows = [table["event"].tail(_recorded(event)) for event in family.events]
        self.listed, self.unnamed = family.listed, family.unnamed
        self.is_edge = family.household["status"] == "edge"
        self.responsible_changed = "responsible" in family.household_before
        self.groups = GROUPS

    @staticmethod
    def _before(family, place):
        if place != family.changing:
            return ""
        member = MADE_UP | family.members[place] | family.member_before
        return tables()["member_past"].tail(member)


def _recorded(event):
    return event | {"recorded_at": f"{event['happened_on']} 18:00+08"}


GROUPS = [
    f"{first}{second}组" for first in ("上", "下", "新") for second in ("湾", "冲", "畈", "塘")
]
