"""Writes the stories of the demo village into the register."""

import random
from datetime import timedelta
from uuid import UUID

from households.models import Event, Household, IncomeStatement, Member, Visit
from households.models.choices import Origin
from households.pinyin import initials_of, pinyin_of
from households.population.identity import month_of_birth, resident_id
from households.population.months import month_of
from households.register import record_household, record_member

GOOD_LIVING = {
    "house_grade": "B", "house_material": "brick_concrete", "only_home": True,
    "unsafe_house": False, "parents_in_unsafe_house": False, "house_at_risk": False,
    "hazard_spot": False, "relocated": False, "water_safe": True, "water_quality": True,
    "water_quantity": True, "water_hours": True, "water_convenience": True,
    "water_reliability": True, "water_seasonal_shortage": False, "cropland_mu": 2.4,
    "forest_mu": 6, "water_surface_mu": 0, "business_short_of_funds": False,
    "bank_name": "农村商业银行", "national_measures": ["产业帮扶"],
}  # fmt: skip
SEEN = ("food", "clothing", "education", "medical", "housing", "water")
REASON = "演示数据"
FIRST_SERIES = 4_900_000  # of resident IDs, far behind those of a population


def day_of(today, back, day):
    """The ``day``-th of the month ``back`` months before today's."""
    return month_of(today, back) + timedelta(days=day - 1)


def tell(story, place, *, village, today, person, by, at):
    """One story as a household. ``person``: (name, phone, officer) who looks after it."""
    began = month_of(today, 8)
    stamp = {"since": began, "recorded_at": at, "recorded_by": by.officer, "origin": Origin.MADE_UP}
    household = Household.objects.create(
        number=f"SYN{village.code[:6]}9{place:08d}",
        **{f"{level}_id": getattr(village, f"{level}_id") for level in LEVELS},
        **_head(story),
        **_looked_after(story, person),
        **GOOD_LIVING | {"identified_on": began.replace(year=2014)} | story["facts"],
        **stamp,
    )
    members = [
        _member(household, member, FIRST_SERIES + place * 10 + number, number, today, stamp)
        for number, member in enumerate(story["members"])
    ]
    _incomes(household, story, today, at)
    _events(household, story, today, at)
    _visits(household, story, today, by, at)
    _changes(household, members, story, today, by, at)
    return household


LEVELS = ("province", "city", "county", "township", "village")


def _head(story):
    name = story["members"][0]["name"]
    number = sum(map(ord, name)) % 10_000
    return {
        "head_name": name,
        "head_pinyin": pinyin_of(name),
        "head_initials": initials_of(name),
        "phone": f"1000900{number:04d}",
        "bank_account": f"9900000090000{number:06d}",
    }


def _looked_after(story, person):
    name, phone, officer = person
    kind = "contact" if story["facts"]["status"] == "edge" else "responsible"
    return {f"{kind}_name": name, f"{kind}_phone": phone, "in_charge": officer}


def _member(household, facts, series, number, today, stamp):
    """Birthdays lie eight months back, so that an age holds through the demo's months."""
    birthday = month_of(today, 8) + timedelta(days=series % 27)
    born_on = birthday.replace(year=birthday.year - facts["age"])
    is_male = facts["sex"] == "male"
    return Member.objects.create(
        household=household,
        number=f"{household.number}{number + 1:02d}",
        born_on=born_on,
        nation="汉族",
        resident_id=resident_id(series, month_of_birth(born_on), born_on.day, int(is_male)),
        pension=facts["age"] >= 16 and facts["school"] == "none",
        **{name: value for name, value in facts.items() if name != "age"},
        **stamp,
    )


def _incomes(household, story, today, at):
    for back in range(3, -1, -1):
        for years, amounts in ((1, story["before"]), (0, story["income"])):
            first = month_of(today, back + 12 * (years + 1))
            following = month_of(today, back + 12 * years)
            stated = following + timedelta(days=9)
            if stated <= today:
                IncomeStatement.objects.create(
                    household=household,
                    window_from=first,
                    window_to=following - timedelta(days=1),
                    stated_on=stated,
                    recorded_at=at,
                    origin=Origin.MADE_UP,
                    housing=0,
                    disaster_repair=0,
                    **amounts,
                )


def _events(household, story, today, at):
    for event in story.get("events", ()):
        facts = {name: value for name, value in event.items() if name not in ("back", "day")}
        happened = day_of(today, event["back"], event["day"])
        Event.objects.create(household=household, happened_on=happened, recorded_at=at, **facts)


def _visits(household, story, today, by, at):
    draw = random.Random(household.number)
    for back, day, method, words in story["visits"]:
        visited = day_of(today, back, day)
        Visit.objects.create(
            client_id=UUID(int=draw.getrandbits(128), version=4),
            household=household,
            visited_on=visited,
            made_at=at.replace(year=visited.year, month=visited.month, day=visited.day),
            received_at=at,
            officer=by.officer,
            post=by,
            method=method,
            met="户主",
            unchanged=not words,
            words=words,
            **_seen(household),
        )
        household.last_visited_on = visited
    Household.objects.filter(pk=household.pk).update(last_visited_on=household.last_visited_on)


def _seen(household):
    water = {True: "secure", False: "insecure", None: ""}[household.water_safe]
    house = "insecure" if household.unsafe_house else "secure"
    return dict.fromkeys(SEEN, "secure") | {"water": water, "housing": house}


def _changes(household, members, story, today, by, at):
    for back, day, whose, facts in story.get("changes", ()):
        said = {"on": day_of(today, back, day), "origin": Origin.VISIT, "because": REASON}
        said |= {"by": by.officer, "at": at}
        if whose == "household":
            record_household(household, **said, **facts)
        else:
            record_member(next(m for m in members if m.name == whose), **said, **facts)
