"""Sends families of the pool into villages: a slice of the population as COPY text."""

import random
from dataclasses import dataclass
from datetime import date

from households.pinyin import initials_of, pinyin_of
from households.population import names
from households.population.identity import (
    NOTHING,
    resident_id,
    sealed_account,
    sealed_identity,
    sealed_phone,
)
from households.population.months import Calendar
from households.population.rows import tables

CHANGED = 0.02  # of households and, apart, of families' members, each month
METHODS = ("in_person", "phone", "wechat", "video", "sms")
METHOD_WEIGHTS = (78, 15, 4, 2, 1)


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
    first_id: int  # of households; member ids and series follow from it
    pools: dict  # terrain -> prepared families


MEMBER_IDS = 8  # ids kept for each household's members


class Writer:
    """Writes one slice; ``lines`` holds the COPY text of each table."""

    def __init__(self, plan, slice_number):
        self.plan, self.months = plan, Calendar(plan.until, plan.months)
        self.rng = random.Random(f"{plan.seed}:slice:{slice_number}")
        self.lines = {name: [] for name in tables()}

    def bytes(self):
        return {name: "".join(lines).encode() for name, lines in self.lines.items() if lines}

    def household(self, key, village):
        """The household with id ``key``, drawn from the pool of the village's terrain."""
        rng, plan, months = self.rng, self.plan, self.months
        pool = plan.pools[village.terrain]
        family = pool[int(rng.random() * len(pool))]
        number = f"SYN{village.county}{key:09d}"
        changed_on, recorded_at, because = months.change(rng, CHANGED)
        phone = sealed_phone(key)
        phone_text = "\t".join(phone)
        head = self.people(key, number, family, phone_text)
        account = sealed_account(key) if rng.random() < 0.7 else NOTHING
        named = _helper(rng, family)
        visits = self.visits(key, family) if plan.visits else r"\N"
        common = f"{head}\t{family.groups[int(rng.random() * 12)]}\t{phone_text}\t" + "\t".join(
            account
        )
        levels = f"{village.levels}\t"
        full, initials = pinyin_of(head), initials_of(head)
        version = 1
        if changed_on:
            version = 2
            named_before = _helper(rng, family) if family.responsible_changed else named
            self.lines["household_past"].append(
                f"{common}\t{named_before}\t{levels}{months.since}\t{key}\t{changed_on}\t{family.past}"
            )
        since = f"{changed_on}\t{recorded_at}\t{because}" if changed_on else months.since
        self.lines["household"].append(
            f"{common}\t{named}\t{levels}{since}\t{key}\t{number}\t{full}\t{initials}\t{visits}"
            f"\t{version}\t{family.facts}"
        )
        self.incomes(key, family)
        for event in family.event_rows:
            self.lines["event"].append(f"{key}\t{event}")

    def people(self, key, number, family, phone):
        """Writes the members; returns the head's name."""
        rng, months, lines = self.rng, self.months, self.lines["member"]
        surname = rng.choices(names.SURNAMES, cum_weights=names.CUMULATIVE)[0]
        younger = int(rng.random() * 600)
        head = ""
        for place, (person, member_before) in enumerate(family.people):
            own = person.keeps_surname
            if own is None:
                own = rng.random() < 0.5
            first = surname if own else rng.choices(names.SURNAMES, cum_weights=names.CUMULATIVE)[0]
            given = names.GIVEN[person.generation, person.is_male]
            name = first + given[int(rng.random() * len(given))]
            head = head or name
            born = person.born_on(rng, younger)
            member_key = key * MEMBER_IDS + place
            plain = resident_id(member_key, born, person.is_male)
            card = NOTHING
            if person.card:
                card = sealed_identity(plain + person.card)
            common = (
                f"{name}\t{born}\t" + "\t".join(sealed_identity(plain)) + "\t" + "\t".join(card)
            )
            common += "\t" + (phone if place == 0 else NO_PHONE)
            since = months.since
            if member_before:
                changed_on, recorded_at, because = months.change(rng, CHANGED)
                if changed_on:
                    since = f"{changed_on}\t{recorded_at}\t{because}"
                    self.lines["member_past"].append(
                        f"{common}\t{months.since}\t{member_key}\t{changed_on}\t{member_before}"
                    )
            lines.append(
                f"{common}\t{since}\t{member_key}\t{key}\t{number}{place + 1:02d}\t{person.facts}"
            )
        return head

    def incomes(self, key, family):
        factor = 0.9 + self.rng.random() * 0.2
        lines = self.lines["income"]
        for window, amounts, drift in self.months.statements(family.listed):
            scale = factor * drift
            row = "\t".join([str(int(amount * scale)) for amount in getattr(family, amounts)])
            lines.append(f"{key}\t{window}\t{row}\t{family.income_tail}")

    def visits(self, key, family):
        """Writes the visits; returns the day of the last one."""
        rng, lines = self.rng, self.lines["visit"]
        last = r"\N"
        for place, day in enumerate(self.months.visit_days(rng, family.listed)):
            method = rng.choices(METHODS, METHOD_WEIGHTS)[0]
            client = f"{self.plan.seed & 0xFFFFFFFF:08x}5379{key:016x}{place:04x}"
            lines.append(
                f"{client}\t{key}\t{day}\t{day} 10:20+08\t{day} 10:31+08\t{method}\t{family.visit}"
            )
            last = day
        return last


NO_PHONE = "\t".join(NOTHING)


def _helper(rng, family):
    """The responsible person of an exited household or the contact person of an edge one."""
    if family.unnamed:
        return f"\t{NO_PHONE}\t\t{NO_PHONE}"
    helper = HELPERS[int(rng.random() * len(HELPERS))]
    return f"\t{NO_PHONE}\t{helper}" if family.is_edge else f"{helper}\t\t{NO_PHONE}"


HELPERS = []


def ready_helpers():
    """Their phones are sealed once; everybody is somebody's helper."""
    if not HELPERS:
        HELPERS.extend(
            name + "\t" + "\t".join(sealed_phone(99_000_000 + place))
            for place, name in enumerate(names.HELPERS)
        )


def write_slice(plan, slice_number, wishes):
    """The COPY text of a slice: ``wishes`` are (first household id, how many, village)."""
    ready_helpers()
    writer = Writer(plan, slice_number)
    for first, count, village in wishes:
        for key in range(first, first + count):
            writer.household(key, village)
    return writer.bytes()
