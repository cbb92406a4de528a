"""A family without a fault, and what is changed in it."""

from datetime import date
from itertools import count

from tests.cast import NOW, TODAY

_families = count(1)
VILLAGE = "341524105207"

HOUSE = {
    "exited_year": 2018, "identified_on": date(2014, 5, 1), "listed_on": date(2019, 3, 1),
    "group_name": "东组", "tier": "yellow", "causes": ["缺技术"], "risks": ["因意外事故"],
    "bank_name": "农商行", "responsible_name": "李传明", "responsible_phone": "13856400001",
    "last_visited_on": date(2020, 6, 10), "relocated": False, "house_at_risk": False,
    "water_quality": True, "water_quantity": True, "water_hours": True,
    "water_convenience": True, "water_reliability": True,
}  # fmt: skip
ANYBODY = {
    "nation": "汉族", "pension": True, "trained": True, "untreated": False,
    "family_doctor": True, "wants_work": False, "serious_illness_insurance": True,
}  # fmt: skip
MEMBERS = {
    "head": {"name": "汪大山", "relation": "head", "sex": "male", "born_on": date(1980, 3, 4),
             "work_place": "合肥"},
    "spouse": {"name": "陈秀兰", "relation": "spouse", "sex": "female", "labour": "ordinary",
               "born_on": date(1982, 5, 6), "work_place": "六安"},
    "child": {"name": "汪小山", "relation": "child", "sex": "male", "born_on": date(2010, 9, 1),
              "education": "", "school": "primary", "school_words": "小学三年级",
              "labour": "none", "work_months": None, "pension": False, "trained": False},
    "parent": {"name": "汪老松", "relation": "parent", "sex": "male", "labour": "weak",
               "born_on": date(1950, 1, 2), "work_months": 0},
}  # fmt: skip
INCOMES = {
    "income": {"window_from": date(2019, 6, 1), "window_to": date(2020, 5, 31),
               "stated_on": date(2020, 6, 10), "wage": 42000, "business": 6000, "expenses": 1500,
               "transfer": 3000, "property": 500, "medical": 800, "schooling": 600},
    "before": {"window_from": date(2018, 6, 1), "window_to": date(2019, 5, 31),
               "stated_on": date(2019, 6, 10), "wage": 38000, "business": 5500, "expenses": 1400,
               "transfer": 2600, "property": 500, "medical": 700, "schooling": 500},
}  # fmt: skip


def resident_id(place, born_on, sex):
    """Eighteen digits; no check digit is needed where only the masked ones are read."""
    return f"34{place:04d}{born_on:%Y%m%d}00{1 if sex == 'male' else 2}0"


def family(cast, changes=None, code=VILLAGE, by=None):
    """The family with ``changes``: {"h": …, "head": …, "income": …}; None leaves somebody out."""
    changes = changes or {}
    for village, others in changes.get("others", ()):
        family(cast, others, code=village)
    number = next(_families)
    facts = HOUSE | {
        "phone": f"139{number:08d}",
        "bank_account": f"62284800{number:08d}",
        "in_charge": cast.assigned.officer,
    }
    household = cast.household(code, **(facts | changes.get("h", {})))
    who = MEMBERS | {f"more{n}": more for n, more in enumerate(changes.get("more", ()))}
    for name, member in who.items():
        changed = changes.get(name, {})
        if changed is not None:
            row = ANYBODY | MEMBERS.get("head" if name.startswith("more") else name) | member
            row = {"resident_id": resident_id(number, row["born_on"], row["sex"])} | row | changed
            cast.member(household, **row)
    for name, income in INCOMES.items():
        if changes.get(name, {}) is not None:
            row = {"recorded_at": NOW, "origin": "import"} | income | changes.get(name, {})
            cast.income(household, **row)
    for measure in changes.get("measures", ()):
        cast.measure(household, **measure)
    return household


assert date(2020, 6, 25) == TODAY  # the situations are told for this day
