"""Sends families of the pool into villages: a slice of the population for COPY."""

import random
from dataclasses import dataclass
from datetime import date
from functools import cache
from struct import Struct, pack

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
from households.population.rows import BEGINNING, EMPTY, END, NULL, bigint, cell, tables, words

BORN, KEYS = Struct(">ii").pack, Struct(">iqiqi").pack
VISIT = Struct(">2si6sqHiq").pack  # start of the row, the visit's id, the household's
MEMBER_IDS = 8  # ids kept for each household's members
CHANGED = 0.02  # of households and, apart, of families' members, each month
MISSED = 0.06  # of the monthly visits of listed households
METHODS = ["in_person"] * 78 + ["phone"] * 15 + ["wechat"] * 4 + ["video"] * 2 + ["sms"]
METHODS = [words(method) for method in METHODS]
PLACES = [b"%02d" % place for place in range(1, MEMBER_IDS + 1)]
FIRST, SECOND = pack(">ii", 4, 1), pack(">ii", 4, 2)  # versions
NOBODY = EMPTY + NOTHING
GROUPS = [
    words(f"{first}{second}组")
    for first in ("上", "下", "新")
    for second in ("湾", "冲", "畈", "塘")
]


@dataclass(frozen=True)
class Village:
    """Where a slice goes: the ids of the five levels, as COPY has them, and the county."""

    levels: bytes
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
    """Writes one slice; ``lines`` holds what COPY reads of each table.

    ``key`` is a household's id; members' ids, numbers and identifiers follow from it.
    """

    def __init__(self, plan, slice_number):
        self.plan, self.months = plan, Calendar(plan.until, plan.months)
        self.random = random.Random(f"{plan.seed}:slice:{slice_number}").random
        self.lines = {name: [] for name in tables()}
        self.start = {name: table.start for name, table in tables().items()}
        self.client = pack(">IH", plan.seed & 0xFFFFFFFF, 0x5379)
        self.helpers = helpers()

    def household(self, key, village):
        """The household ``key``, drawn from the pool of the village's terrain."""
        draw, lines, start = self.random, self.lines, self.start
        pool = self.plan.pools[village.terrain]
        family = pool[int(draw() * len(pool))]
        number = f"SYN{village.county}{key:09d}".encode()
        phone = phone_columns(key)
        head, spelt = self.people(key, number, family, phone)
        account = account_columns(key) if family.has_account else NOTHING
        named = self.named(family)
        common = head + GROUPS[int(draw() * 12)] + phone + account
        last_visit = self.visits(key, family) if self.plan.visits else NULL
        since, version, own = self.months.since, FIRST, bigint(key)
        if change := self.months.change(draw, CHANGED):
            before = self.named(family) if family.helper_changed else named
            row = start["household_past"], common, before, village.levels, since, own, change.day
            lines["household_past"] += (*row, family.past)
            since, version = change.since, SECOND
        row = start["household"], common, named, village.levels, since, own, cell(number), *spelt
        lines["household"].append(b"".join((*row, last_visit, version, family.facts)))
        begin = start["income"] + own
        lines["income"].append(begin.join(family.incomes(self.months, int(draw() * STEPS))))
        if family.events:
            lines["event"].append((start["event"] + own).join(family.events))

    def people(self, key, number, family, phone):
        """Writes the members; returns the head's name and its spelling."""
        draw, lines, start = self.random, self.lines["member"], self.start["member"]
        surname = DRAWN[int(draw() * len(DRAWN))]
        for place, person in enumerate(family.people):
            own = surname if person.keeps_surname else DRAWN[int(draw() * len(DRAWN))]
            given = person.givens[int(draw() * len(person.givens))]
            name = words(own + given)
            if not place:
                head, spelt = name, map(words, spelling(own, given))
            member_key = key * MEMBER_IDS + place
            day = int(draw() * 28) + 1
            plain = resident_id(member_key, person.month, day, person.is_male)
            card = identity_columns(plain + person.card) if person.card else NOTHING
            born = BORN(4, person.day_0 + day)
            identity, own_phone = identity_columns(plain), NOTHING if place else phone
            since = self.months.since
            if person.past and (change := self.months.change(draw, CHANGED)):
                row = name, born, identity, card, own_phone, since, bigint(member_key), change.day
                self.lines["member_past"] += self.start["member_past"], *row, person.past
                since = change.since
            keys = KEYS(8, member_key, 8, key, len(number) + 2)
            row = (
                start, name, born, identity, card, own_phone, since, keys, number, PLACES[place],
                person.facts,
            )  # fmt: skip
            lines.append(b"".join(row))
        return head, spelt

    def named(self, family):
        """The responsible person of an exited household or the contact person of an edge one."""
        if family.unnamed:
            return NOBODY + NOBODY
        helper = self.helpers[int(self.random() * len(self.helpers))]
        return NOBODY + helper if family.is_edge else helper + NOBODY

    def visits(self, key, family):
        """Writes the visits; returns the day of the last one."""
        draw, lines, start = self.random, self.lines["visit"], self.start["visit"]
        missed = 0 if self.plan.clean else MISSED
        days = self.months.visit_days(draw, family.listed, missed)
        for place, (_day, moments) in enumerate(days):
            begin = VISIT(start, 16, self.client, key, place, 8, key)
            lines.append(b"".join((begin, moments, METHODS[int(draw() * 100)], family.visit)))
        return days[-1][0] if days else NULL


@cache
def helpers():
    """Names and phones of helpers as COPY columns; everybody is somebody's helper."""
    return [
        words(name) + phone_columns(99_000_000 + place) for place, name in enumerate(names.HELPERS)
    ]


def write_slice(plan, slice_number, wishes):
    """What COPY reads of a slice by table: ``wishes`` are (first key, how many, village)."""
    writer = Writer(plan, slice_number)
    for first, count, village in wishes:
        for key in range(first, first + count):
            writer.household(key, village)
    return {
        name: b"".join([BEGINNING, *lines, END]) for name, lines in writer.lines.items() if lines
    }
