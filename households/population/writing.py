"""Sends families of the pool into villages: a slice of the population as COPY text."""

import random
from dataclasses import dataclass
from datetime import date
from functools import cache

from households.population import names
from households.population.identity import (
    NOTHING,
    account_columns,
    identity_columns,
    phone_columns,
    resident_id,
)
from households.population.months import Calendar
from households.population.names import DRAWN, spelling
from households.population.prepared import STEPS
from households.population.rows import tables

MEMBER_IDS = 8  # ids kept for each household's members
CHANGED = 0.02  # of households and, apart, of families' members, each month
MISSED = 0.06  # of the monthly visits of listed households
METHODS = ["in_person"] * 78 + ["phone"] * 15 + ["wechat"] * 4 + ["video"] * 2 + ["sms"]
PLACES = [f"{place:02d}" for place in range(1, MEMBER_IDS + 1)]
GROUPS = [
    f"{first}{second}组" for first in ("上", "下", "新") for second in ("湾", "冲", "畈", "塘")
]


@dataclass(frozen=True)
class Village:
    """Where a slice goes: the ids of the five levels, as COPY writes them, and the county."""

    levels: str
    county: str
    terrain: int


@dataclass(frozen=True)
class Plan:
    """What all slices of one population have in common."""

    seed: int
    until: date
    months: int
    visits: bool
    pools: dict  # terrain -> prepared families
    clean: bool = False


class Writer:
    """Writes one slice; ``lines`` holds the COPY text of each table.

    ``key`` is a household's id; members' ids, numbers and identifiers follow from it.
    """

    def __init__(self, plan, slice_number):
        self.plan, self.months = plan, Calendar(plan.until, plan.months)
        self.random = random.Random(f"{plan.seed}:slice:{slice_number}").random
        self.lines = {name: [] for name in tables()}
        self.client = f"{plan.seed & 0xFFFFFFFF:08x}5379"
        self.helpers = helpers()

    def household(self, key, village):
        """The household ``key``, drawn from the pool of the village's terrain."""
        draw, lines = self.random, self.lines
        pool = self.plan.pools[village.terrain]
        family = pool[int(draw() * len(pool))]
        number = f"SYN{village.county}{key:09d}"
        phone = phone_columns(key)
        head, spelt = self.people(key, number, family, phone)
        account = account_columns(key) if family.has_account else NOTHING
        who, reached = self.named(family)
        group = f"{head}\t{GROUPS[int(draw() * 12)]}\t"
        last_visit = self.visits(key, family) if self.plan.visits else r"\N"
        since, version = self.months.since, 1
        if change := self.months.change(draw, CHANGED):
            then, reached_then = self.named(family) if family.helper_changed else (who, reached)
            row = f"{phone}\t{account}\t{reached_then}\t{village.levels}\t{since}"
            row = f"{group}{then}\t{row}\t{key}\t{change.day}\t"
            lines["household_past"] += row.encode(), family.past
            since, version = change.since, 2
        row = (
            f"\t{phone}\t{account}\t{reached}\t{village.levels}\t{since}\t{key}\t{number}\t{spelt}"
            f"\t{last_visit}\t{version}\t"
        )
        lines["household"] += f"{group}{who}".encode(), row.encode(), family.facts
        own = b"%d\t" % key
        lines["income"].append(own.join(family.incomes(self.months, int(draw() * STEPS))))
        if family.events:
            lines["event"].append(own.join(family.events))

    def people(self, key, number, family, phone):
        """Writes the members; returns the head's name and its spelling."""
        draw, lines = self.random, self.lines["member"]
        surname = DRAWN[int(draw() * len(DRAWN))]
        for place, person in enumerate(family.people):
            own = surname if person.keeps_surname else DRAWN[int(draw() * len(DRAWN))]
            given = person.givens[int(draw() * len(person.givens))]
            name = own + given
            if not place:
                head, spelt = name, spelling(own, given)
            member_key = key * MEMBER_IDS + place
            day = int(draw() * 28) + 1
            plain = resident_id(member_key, person.month, day, person.is_male)
            card = identity_columns(plain + person.card) if person.card else NOTHING
            own_phone = NOTHING if place else phone
            common = f"\t{plain[6:14]}\t{identity_columns(plain)}\t{card}\t{own_phone}"
            since = self.months.since
            if person.past and (change := self.months.change(draw, CHANGED)):
                row = f"{name}{common}\t{since}\t{member_key}\t{change.day}\t"
                self.lines["member_past"] += row.encode(), person.past
                since = change.since
            row = f"{common}\t{since}\t{member_key}\t{key}\t{number}{PLACES[place]}\t"
            lines += name.encode(), row.encode(), person.facts
        return head, spelt

    def named(self, family):
        """The responsible person of an exited household or the contact person of an edge one:
        their names, then their phones."""
        if family.unnamed:
            return "\t", f"{NOTHING}\t{NOTHING}"
        name, phone = self.helpers[int(self.random() * len(self.helpers))]
        if family.is_edge:
            return f"\t{name}", f"{NOTHING}\t{phone}"
        return f"{name}\t", f"{phone}\t{NOTHING}"

    def visits(self, key, family):
        """Writes the visits; returns the day of the last one."""
        draw, lines = self.random, self.lines["visit"]
        missed = 0 if self.plan.clean else MISSED
        days = self.months.visit_days(draw, family.listed, missed)
        own, known = f"{self.client}{key:016x}", f"\t{key}\t"
        for place, (_day, moments) in enumerate(days):
            row = f"{own}{place:04x}{known}{moments}\t{METHODS[int(draw() * 100)]}\t"
            lines += row.encode(), family.visit
        return days[-1][0] if days else r"\N"


@cache
def helpers():
    """Names and phones (COPY columns) of helpers; everybody is somebody's helper."""
    return [(name, phone_columns(99_000_000 + place)) for place, name in enumerate(names.HELPERS)]


def write_slice(plan, slice_number, wishes):
    """The COPY text of a slice by table: ``wishes`` are (first key, how many, village)."""
    writer = Writer(plan, slice_number)
    for first, count, village in wishes:
        for key in range(first, first + count):
            writer.household(key, village)
    return {name: b"".join(lines) for name, lines in writer.lines.items() if lines}
