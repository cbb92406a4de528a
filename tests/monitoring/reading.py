"""The clauses of domain.md 3 read a second time, in plain Python, one household at a time.

Nothing is shared with the SQL but the names of the rules: it works from the rows of the register,
not from the gathered facts. ``None`` is *not known*; yes wins over not known, not known over no.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

RED, YELLOW, UNKNOWN, NONE = "red", "yellow", "unknown", "none"


LOSSES = ("industry_loss", "epidemic_loss")


@dataclass
class Home:
    """What is known of one household on ``day``: plain dicts, money in yuan."""

    day: date
    kind: str
    house: dict
    members: list
    income: dict | None = None
    income_before: dict | None = None
    visit: dict | None = None
    events: list = field(default_factory=list)
    measures: list = field(default_factory=list)
    line: Fraction = Fraction(5000)


def any_of(*values):
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def all_of(*values):
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def no(value):
    return None if value is None else not value


def less(a, b):
    return None if a is None or b is None else a < b


def reaches(a, b):
    return None if a is None or b is None else a >= b


def years_before(day, years):
    return day.replace(year=day.year - years)


def figure(row, name):
    return None if row is None or row[name] is None else Fraction(row[name])


def net(income):
    if income is None:
        return None
    earned = sum(Fraction(income[n]) for n in ("wage", "business", "property", "transfer"))
    return earned - Fraction(income["expenses"])


def rigid(income):
    if income is None or income["medical"] is None or income["schooling"] is None:
        return None
    return sum(
        Fraction(income[n] or 0) for n in ("medical", "schooling", "housing", "disaster_repair")
    )


def counted(members, test):
    """How many certainly, and how many perhaps besides."""
    answers = [test(member) for member in members]
    return sum(a is True for a in answers), sum(a is None for a in answers)


def answers(home):
    """The answer of every rule by its code."""
    members, income, house, line = home.members, home.income, home.house, home.line
    people = len(members)
    nobody_known = people == 0
    yuan, before = net(income), net(home.income_before)
    cost, cost_before = rigid(income), rigid(home.income_before)
    business = figure(income, "business")
    per_capita = yuan / people if yuan is not None and people else None
    per_head = business / people if business is not None and people else None
    visit = home.visit or {}

    labours = [m["labour"] for m in members]
    able = [m for m in members if m["labour"] in ("skilled", "ordinary")]
    weak = [m for m in members if m["labour"] == "weak"]
    labour_not_known = nobody_known or "" in labours
    has_able = True if able else (None if labour_not_known else False)
    no_labour = False if able or weak else (None if labour_not_known else True)
    workers = able + weak
    months = [Fraction(m["work_months"]) for m in members if m["work_months"] is not None]
    work_not_known = nobody_known or any(m["work_months"] is None for m in workers)

    def somebody_works(from_months, strictly):
        worked = [m > from_months if strictly else m >= from_months for m in months]
        return True if any(worked) else (None if work_not_known else False)

    employed, steady_job = somebody_works(0, True), somebody_works(6, False)
    in_business = less(Fraction(0), business)
    sound_business = all_of(in_business, reaches(per_head, Fraction(3000)))
    assured = (
        None
        if nobody_known
        else any_of(
            *(any_of(m["low_income_allowance"], m["extreme_poverty_support"]) for m in members)
        )
    )
    stable_income = any_of(steady_job, sound_business, assured)
    industry = any_of(
        None if house["national_measures"] is None else ("产业帮扶" in house["national_measures"]),
        any(helps_industry(measure, home.day) for measure in home.measures),
    )
    covered = any_of(in_business, industry)

    out = {}

    def judge(code, red=False, yellow=False):
        out[code] = (red, yellow)

    def of_members(test):
        return None if nobody_known else any_of(*(test(m) for m in members))

    for want in ("food", "clothing"):
        seen = visit.get(want)
        judge(
            want,
            None if seen is None else seen == "insecure",
            None if seen is None else seen == "at_risk",
        )

    end = date(home.day.year, 8, 31)
    if end > home.day:
        end = date(home.day.year - 1, 8, 31)

    def out_of_school(m):
        if m["school"] not in ("", "none") or m["school_exemption"]:
            return False
        if m["education"] in ("senior", "college", "university"):
            return False
        if m["born_on"] is None:
            return None
        if m["education"] == "junior" and m["born_on"] <= years_before(home.day, 15):
            return False
        age = (
            end.year
            - m["born_on"].year
            - ((m["born_on"].month, m["born_on"].day) > (end.month, end.day))
        )
        if not 6 <= age <= 15:
            return False
        return None if m["school"] == "" else True

    judge(
        "education",
        of_members(out_of_school),
        any(m["dropout_warning"] is True and m["school"] not in ("", "none") for m in members),
    )
    judge(
        "medical",
        any_of(
            of_members(lambda m: no(m["medical_insurance"])),
            of_members(lambda m: all_of(m["major_illness"], m["untreated"])),
        ),
        of_members(lambda m: all_of(m["chronic_illness"], no(m["family_doctor"]))),
    )

    grade = house["house_grade"]
    if grade:
        dangerous = grade in ("C", "D") or house["unsafe_house"] is True
    else:
        dangerous = house["unsafe_house"]
    dangerous = any_of(dangerous, house["parents_in_unsafe_house"] is True)
    earth = None if not house["house_material"] else house["house_material"] == "earth"
    judge(
        "housing",
        all_of(dangerous, house["safe_home_elsewhere"] is not True),
        any_of(all_of(earth, house["only_home"]), house["house_at_risk"] is True),
    )
    five = [
        house[f"water_{n}"] for n in ("quality", "quantity", "hours", "convenience", "reliability")
    ]
    if False in five:
        water = False
    elif house["water_safe"] is not None:
        water = house["water_safe"]
    else:
        water = all_of(*five)
    judge("water", no(water), house["water_seasonal_shortage"] is True)

    land = [house[n] for n in ("cropland_mu", "forest_mu", "water_surface_mu")]
    resources = any_of(
        bool(house["production_assets"]), *(None if mu is None else mu > 0 for mu in land)
    )
    judge("no_stable_income", all_of(no_labour, no(resources), no(stable_income)))
    judge(
        "income_drop",
        yellow=all_of(
            less(Fraction(0), before),
            reaches(None if before is None else before * Fraction(7, 10), yuan),
        ),
    )
    gross = None if income is None else yuan + Fraction(income["expenses"])
    transfer = figure(income, "transfer")
    judge(
        "transfer_dependence",
        yellow=all_of(
            home.kind in ("exited", "independent", "supported", "monitored"),
            less(Fraction(0), gross),
            less(None if gross is None else gross * Fraction(4, 10), transfer),
        ),
    )
    judge("idle_labour", yellow=all_of(has_able, no(employed), no(covered)))
    skills = [True if m["labour"] == "skilled" else m["trained"] for m in able]
    judge(
        "weak_skill",
        yellow=any_of(
            all_of(has_able, no(any_of(*skills)), less(per_capita, line * Fraction(3, 2))),
            all_of(in_business, house["business_short_of_funds"] is True),
        ),
    )
    judge(
        "unstable_work",
        yellow=any_of(
            all_of(employed, no(steady_job)), all_of(in_business, less(per_head, Fraction(3000)))
        ),
    )
    a_year_ago = years_before(home.day, 1)
    judge(
        "industry_loss",
        yellow=any(e["kind"] in LOSSES and e["happened_on"] > a_year_ago for e in home.events),
    )
    judge(
        "rigid_expenditure",
        all_of(less(Fraction(0), cost), less(yuan, cost)),
        any_of(
            all_of(
                less(Fraction(0), cost),
                reaches(cost, None if yuan is None else yuan / 2),
            ),
            all_of(
                less(cost_before, cost),
                reaches(cost, None if cost_before is None else cost_before * Fraction(13, 10)),
            ),
        ),
    )
    judge(
        "weak_labour",
        yellow=False if able or len(weak) > 1 else (None if labour_not_known else True),
    )
    judge("major_illness", yellow=of_members(lambda m: m["major_illness"]))
    judge(
        "severe_disability",
        yellow=of_members(
            lambda m: all_of(
                m["disabled"],
                None if m["disability_grade"] is None else m["disability_grade"] <= 2,
            )
        ),
    )

    def at_school(m):
        if m["school"] in ("primary", "junior", "senior", "tertiary"):
            return True
        if m["school"] != "":
            return False
        if m["born_on"] is None:
            return None
        young = years_before(home.day, 25) < m["born_on"] <= years_before(home.day, 6)
        return None if young else False

    sure, perhaps = counted(members, at_school)
    judge("pupils", yellow=True if sure >= 2 else (None if sure + perhaps >= 2 else False))
    judge("hazard_spot", yellow=house["hazard_spot"])
    judge("skipped_generation", yellow=raised_by_grandparents(members, home.day))
    sudden = [e["causes_risk"] for e in home.events if e["kind"] not in LOSSES]
    judge("sudden_event", any_of(*sudden))
    judge("other_risk", yellow=bool(visit.get("other_risk")))

    result = {code: verdict(*conditions) for code, conditions in out.items()}
    under = less(per_capita, line)
    assurances = worst_known(
        result, ("food", "clothing", "education", "medical", "housing", "water")
    )
    resilience = worst_known(
        result,
        (
            "rigid_expenditure",
            "weak_labour",
            "major_illness",
            "severe_disability",
            "pupils",
            "hazard_spot",
            "skipped_generation",
            "sudden_event",
            "other_risk",
        ),
    )
    result["low_income"] = verdict(all_of(under, assurances, resilience), under)
    return result, stable_income


def helps_industry(measure, day):
    """Under way on the day, or finished well within a year before it."""
    if measure["kind"] != "industry" or measure["result"] == "mistake":
        return False
    if measure["started_on"] > day:
        return False
    if measure["ended_on"] is None or measure["ended_on"] > day:
        return True
    return measure["result"] == "done" and measure["ended_on"] > years_before(day, 1)


def raised_by_grandparents(members, day):
    adult_from = years_before(day, 18)

    def minor(m):
        return m["born_on"] is not None and m["born_on"] > adult_from

    relations = [m["relation"] for m in members]
    between = "child" in relations or "child_in_law" in relations
    grandchildren = [m for m in members if m["relation"] == "grandchild"]
    if any(minor(m) for m in grandchildren) and not between:
        return True
    young_head = any(minor(m) for m in members if m["relation"] in ("head", "sibling"))
    parents = "parent" in relations or "parent_in_law" in relations
    if young_head and "grandparent" in relations and not parents:
        return True
    if not members or "" in relations:
        return None
    if any(m["born_on"] is None for m in grandchildren) and not between:
        return None
    return False


def verdict(red, yellow):
    """(answer, whether red is not known besides)."""
    if red is True:
        return RED, False
    if yellow is True:
        return YELLOW, red is None
    if red is None or yellow is None:
        return UNKNOWN, False
    return NONE, False


def worst_known(result, codes):
    marks = [result[code][0] for code in codes]
    if RED in marks or YELLOW in marks:
        return True
    return None if UNKNOWN in marks else False


def tier(result, stable_income):
    marks = [mark for mark, _open in result.values()]
    if RED in marks:
        return "red"
    if YELLOW in marks:
        return "yellow"
    if UNKNOWN not in marks and stable_income is True:
        return "blue"
    return "unknown"
