"""The pool: some thousands of different families, each with its facts worked out once."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from households.population import families, living, money, troubles
from households.population.drawing import pick
from households.population.lives import person

EXITED = 0.88  # of all; the rest are edge households
WITHOUT_TIER = 0.03  # of all: no tier is told of them
ACCOUNT_KNOWN = 0.4  # of all
ABLE = ("skilled", "ordinary")
CLASSES = ("monitored", "supported", "independent"), (6, 75, 19)
# Strong enough to be of the independent class: none of these.
WEAKENS = {
    "major_illness", "untreated", "severe_disability", "disability", "under_the_line", "uninsured",
    "unsafe_house", "rigid_over_net",
}  # fmt: skip
CAUSES = ("因病", "因残", "缺劳力", "缺技术", "缺资金", "因学")


@dataclass
class Family:
    """A household of the pool: what holds now, and what held before it changed."""

    household: dict
    household_before: dict
    members: list
    changing: int  # the member whose facts changed
    member_before: dict
    now: dict
    before: dict
    seen: dict  # what a visit finds
    events: list = field(default_factory=list)
    listed: bool = False
    unnamed: bool = False


def make_pool(seed, day, size, terrain, clean=False):
    """``clean``: without what a check of data quality finds."""
    rng = random.Random(f"{seed}:{terrain}:{size}")
    members_of = [families.family(rng, day) for _ in range(size)]
    statuses = _statuses(rng, size)
    listed = {n for n, status in enumerate(statuses) if status in ("edge", "monitored")}
    dealt = troubles.deal(rng, members_of, listed, clean)
    _let_the_strong_be_independent(rng, statuses, members_of, dealt)
    made = [
        _family(rng, day, terrain, members_of[n], statuses[n], dealt[n], n in listed)
        for n in range(size)
    ]
    for place in rng.sample(range(size), 0 if clean else round(size * WITHOUT_TIER)):
        made[place].household["tier"] = ""
    return made


def _statuses(rng, size):
    """Exact shares of the classes and of edge households, in random order."""
    exited = round(size * EXITED)
    names, shares = CLASSES
    whole = [name for name, share in zip(names, shares, strict=True) for _ in range(share)]
    statuses = [whole[number % 100] for number in range(exited)] + ["edge"] * (size - exited)
    rng.shuffle(statuses)
    return statuses


def _let_the_strong_be_independent(rng, statuses, members_of, dealt):
    """Who is independent has somebody who works and no trouble that weakens."""
    others = [n for n, status in enumerate(statuses) if status in ("independent", "supported")]
    wanted = sum(statuses[n] == "independent" for n in others)
    strong = [n for n in others if not dealt[n] & WEAKENS and _works(members_of[n])]
    for n in others:
        statuses[n] = "supported"
    for n in rng.sample(strong, min(wanted, len(strong))):
        statuses[n] = "independent"


def _works(members):
    return any(m["labour"] in ABLE and m["work_months"] for m in members)


def _family(rng, day, terrain, members, status, dealt, listed):
    household = living.living(rng, terrain)
    troubles.befall(rng, dealt, household, members)
    if not any(m["labour"] in (*ABLE, "weak") for m in members):
        # Nobody has both.
        extremely = len(members) == 1 and rng.random() < 0.2
        members[0] |= {"low_income_allowance": not extremely, "extreme_poverty_support": extremely}
    household |= _standing(rng, day, status, listed, members)
    now, before = _money(rng, members, dealt, listed)
    household["business_short_of_funds"] &= bool(household["production_assets"] or now["business"])
    household["tier"] = _tier(rng, dealt, members, household)
    changing = rng.randrange(len(members))
    return Family(
        household=household,
        household_before=_household_before(rng, household),
        members=members + _moved_out(rng, day, dealt, members[0]),
        changing=changing,
        member_before=_member_before(rng, members[changing]),
        now=now,
        before=before,
        seen=_seen(rng, dealt, household, members),
        events=_events(rng, day, dealt),
        listed=listed,
        unnamed="nobody_named" in dealt,
    )


def _money(rng, members, dealt, listed):
    part = None
    if "rigid_over_net" in dealt:
        part = rng.uniform(1.02, 1.7)
    elif "rigid_half" in dealt:
        part = rng.uniform(0.52, 0.9)
    return money.money(
        rng,
        members,
        listed=listed,
        low="under_the_line" in dealt,
        drop="income_drop" in dealt,
        rise="rigid_rise" in dealt,
        rigid_part=part,
    )


def _standing(rng, day, status, listed, members):
    facts = {"identified_on": date(rng.choice((2014, 2014, 2014, 2015, 2016)), 3, 15)}
    facts["causes"] = rng.sample(CAUSES, rng.choice((1, 1, 2)))
    if status == "edge":
        facts |= {"status": "edge", "exited_class": "", "identified_on": None, "causes": []}
    else:
        facts |= {"status": "exited", "exited_class": status}
        facts["exited_year"] = rng.choice((2016, 2017, 2017, 2018, 2018, 2019))
    if listed:
        facts["listed_on"] = day.replace(day=1) - timedelta(days=rng.randint(90, 700))
        facts["risks"] = [_risk(rng, members)]
        if "exited_year" in facts:
            facts["exited_year"] = min(facts["exited_year"], facts["listed_on"].year)
    able = any(m["labour"] in ABLE for m in members)
    helped = status != "independent" and (able or rng.random() < 0.3)
    facts["national_measures"] = [rng.choice(("产业帮扶", "就业帮扶"))] if helped else []
    facts["bank_name"] = "农村商业银行" if rng.random() < ACCOUNT_KNOWN else ""
    return facts


def _risk(rng, members):
    """A kind of risk that its members bear out."""
    if any(m["major_illness"] or m["chronic_illness"] for m in members):
        return "因病"
    if any(m["disabled"] for m in members):
        return "因残"
    fit = ["因务工就业不稳"]
    if any(m["school"] not in ("none", "") for m in members):
        fit.append("因学")
    if sum(m["labour"] in ABLE for m in members) * 2 < len(members):
        fit.append("因缺劳动力")
    return rng.choice(fit)


def _tier(rng, dealt, members, household):
    if dealt & {"out_of_school", "uninsured", "unsafe_house", "rigid_over_net", "sudden"}:
        return "red" if rng.random() < 0.7 else "yellow"
    weak = not any(m["labour"] in ABLE for m in members)
    hard = weak or household["hazard_spot"] or any(m["major_illness"] for m in members)
    return "yellow" if hard or rng.random() < 0.1 else "blue"


def _household_before(rng, now):
    """What held before the latest change of the household's facts."""
    change = pick(rng, ("tier", "water", "responsible", "defect"), (40, 20, 30, 10))
    if change == "tier":
        return {"tier": "yellow" if now["tier"] != "yellow" else "blue"}
    if change == "water":
        return {"water_seasonal_shortage": not now["water_seasonal_shortage"]}
    if change == "defect":
        return {"house_at_risk": not now["house_at_risk"]}
    return {"responsible": True}


def _member_before(rng, now):
    if now["school"] not in ("none", "", "preschool"):
        return {"dropout_warning": not now["dropout_warning"]}
    if now["labour"] in ABLE:
        months = rng.choice((0, 3, 5, 9))
        return {"work_months": months, "work_place": "县内" if months else ""}
    return {"chronic_illness": not now["chronic_illness"], "family_doctor": True}


def _moved_out(rng, day, dealt, head):
    """A daughter who married away: her row stays, with the day on which she left."""
    age = (day - head["born_on"]).days // 366
    if "moved_out" not in dealt or age < 44:
        return []
    gone = person(rng, day, "child", "female", rng.randint(max(21, age - 40), age - 22))
    return [gone | {"left_on": day - timedelta(days=rng.randint(30, 400))}]


def _seen(rng, dealt, household, members):
    away = "insecure" if dealt & {"out_of_school"} else "at_risk" if "warned" in dealt else "secure"
    house = "insecure" if "unsafe_house" in dealt else "secure"
    return {
        "food": "secure",
        "clothing": "secure",
        "education": away,
        "medical": "insecure" if dealt & {"uninsured", "untreated"} else "secure",
        "housing": "at_risk" if household["house_at_risk"] and house == "secure" else house,
        "water": {True: "secure", False: "insecure", None: ""}[household["water_safe"]],
        "unchanged": rng.random() < 0.8,
        "met": "户主",
    }


def _events(rng, day, dealt):
    happened = day - timedelta(days=rng.randint(25, 100))
    events = []
    if "sudden" in dealt:
        kind = rng.choice(("accident", "disaster", "family_change", "labourer_death"))
        events.append({"kind": kind, "causes_risk": True, "happened_on": happened})
    if "industry_loss" in dealt:
        loss = rng.randint(8, 60) * 100
        events.append({"kind": "industry_loss", "happened_on": happened, "loss": loss})
    if "resolved" in dealt:
        made_good = happened + timedelta(days=rng.randint(5, 20))
        kind = rng.choice(("disaster", "epidemic_work", "accident"))
        risk = {"causes_risk": False, "resolved_on": made_good}
        events.append({"kind": kind, "happened_on": happened, **risk})
    return events
