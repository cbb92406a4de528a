"""Families of the pool made ready for writing: their fixed columns as COPY has them."""

from households.population.identity import month_of_birth
from households.population.money import KINDS
from households.population.months import at
from households.population.names import GIVEN, generation
from households.population.rows import days, tables, whole

AMOUNTS = (*KINDS, "medical", "schooling")
MADE_UP = {"origin": "made_up"}
NO_RIGID = {"housing": 0, "disaster_repair": 0}
HEADS_NAME = {"head", "child", "grandchild", "sibling"}
STEPS = 4  # how many households of one family differ in income, from 90 to 110 %


class Person:
    """A member of a family: households differ in names, in days of birth and in identifiers."""

    __slots__ = ("facts", "past", "card", "givens", "keeps_surname", "month", "day_0", "is_male")

    def __init__(self, member, before):
        table = tables()
        facts = table["member"].cells(MADE_UP | member)
        self.facts = table["member"].tail(facts)
        past = table["member_past"]
        self.past = before and past.tail(facts | past.cells(before))
        born = member["born_on"]
        self.month, self.day_0 = month_of_birth(born), days(born.replace(day=1)) - 1
        self.is_male = int(member["sex"] == "male")
        self.givens = GIVEN[generation(born.year), self.is_male]
        relation = member["relation"]
        self.keeps_surname = relation in HEADS_NAME or (relation == "parent" and self.is_male)
        grade = member.get("disability_grade")
        self.card = f"4{grade}" if grade else ""


class Prepared:
    __slots__ = (
        "facts", "past", "people", "visit", "events", "listed", "unnamed", "is_edge",
        "has_account", "helper_changed", "_money", "_tail", "_incomes",
    )  # fmt: skip

    def __init__(self, family):
        table = tables()
        facts = table["household"].cells(MADE_UP | family.household)
        self.facts = table["household"].tail(facts)
        changes = {k: v for k, v in family.household_before.items() if k != "responsible"}
        self.helper_changed = not changes
        past = table["household_past"]
        self.past = past.tail(facts | past.cells(changes))
        self.people = [
            Person(member, family.member_before if place == family.changing else None)
            for place, member in enumerate(family.members)
        ]
        self.visit = _tail(table["visit"], family.seen)
        events = [_tail(table["event"], _recorded(event)) for event in family.events]
        self.events = events and [b"", *events]
        self.listed, self.unnamed = family.listed, family.unnamed
        self.has_account = bool(family.household["bank_name"])
        self.is_edge = family.household["status"] == "edge"
        self._money = {
            which: [amounts[kind] for kind in AMOUNTS]
            for which, amounts in (("now", family.now), ("before", family.before))
        }
        self._tail = _tail(table["income"], MADE_UP | NO_RIGID)
        self._incomes = {}

    def incomes(self, calendar, step):
        """The income statements without the household's key; worked out once for each step."""
        if step not in self._incomes:
            factor = 0.9 + 0.2 * step / (STEPS - 1)
            windows = calendar.windows(self.listed)
            self._incomes[step] = [b"", *(self._income(factor, *window) for window in windows)]
        return self._incomes[step]

    def _income(self, factor, window, which, drift):
        amounts = [whole(int(amount * factor * drift)) for amount in self._money[which]]
        return b"".join([window, *amounts, self._tail])


def _recorded(event):
    return event | {"recorded_at": at(event["happened_on"], 18)}


def _tail(table, facts):
    return table.tail(table.cells(facts))
