"""One made-up person: what goes with an age (schooling, work, health, insurance)."""

from datetime import date, timedelta

from households.population.drawing import pick

STAGES = (  # from age, to age on 31 August, school, education reached, words
    (3, 5, "preschool", "", "幼儿园"),
    (6, 11, "primary", "", "小学"),
    (12, 14, "junior", "primary", "初中"),
    (15, 17, "senior", "junior", "高中"),
    (18, 21, "tertiary", "senior", "大学"),
)
CHINESE_YEARS = "一二三四五六"


def school_age(born_on, day):
    """The age on the 31 August that began the school year of ``day``."""
    start = date(day.year - (day < date(day.year, 9, 1)), 8, 31)
    return start.year - born_on.year - ((born_on.month, born_on.day) > (8, 31))


def person(rng, day, relation, sex, age):
    """The facts of somebody of ``age`` years, in good circumstances."""
    # Nobody is born in the month of ``day``, and birthdays keep to the first 28 days: another day
    # of the same month never changes a stage.
    born_on = day - timedelta(days=int((age + max(rng.random(), 0.1)) * 365.2425))
    born_on = born_on.replace(day=min(born_on.day, 28))
    facts = {"relation": relation, "sex": sex, "born_on": born_on, "nation": "汉族"}
    facts |= _schooling(rng, school_age(born_on, day))
    facts |= _health(rng, age)
    facts |= _work(rng, age, facts)
    return facts | {
        "medical_insurance": True,
        "serious_illness_insurance": True,
        "pension": age >= 16 and facts["school"] == "none",
        "low_income_allowance": False,
        "extreme_poverty_support": False,
        "dropout_warning": False,
    }


def _schooling(rng, age):
    for start, end, school, education, words in STAGES:
        if start <= age <= end and rng.random() < {3: 0.85, 18: 0.45}.get(start, 1):
            year = CHINESE_YEARS[age - start] + "年级" if 6 <= age <= 17 else ""
            return {"school": school, "education": education, "school_words": words + year}
    if age < 18:
        return {"school": "none", "education": ""}
    steps = ("none", "primary", "junior", "senior", "college", "university")
    weights = (22, 48, 26, 4, 0, 0) if age >= 60 else (4, 26, 55, 10, 4, 1)
    if age < 35:
        weights = (0, 7, 50, 20, 15, 8)
    return {"school": "none", "education": pick(rng, steps, weights)}


def _health(rng, age):
    chronic = rng.random() < (0.28 if age >= 60 else 0.09 if age >= 40 else 0.01)
    return {
        "chronic_illness": chronic,
        "major_illness": False,
        "untreated": False,
        "disabled": False,
        "family_doctor": True if chronic else rng.random() < 0.5,
    }


def _work(rng, age, facts):
    if age < 16 or facts["school"] not in ("none", ""):
        labour = "none"
    elif age < 60:
        labour = pick(rng, ("skilled", "ordinary", "weak"), (26, 66, 8))
    else:
        labour = pick(rng, ("weak", "none", "lost"), (65, 33, 2) if age < 72 else (18, 78, 4))
    return working(rng, labour, age)


def working(rng, labour, age):
    """Where and how many months somebody of this labour works, wants and has learnt."""
    facts = {"labour": labour, "work_months": 0, "wants_work": False, "wants_training": False}
    if labour in ("skilled", "ordinary"):
        facts["trained"] = labour == "skilled" or rng.random() < 0.4
        facts["work_months"] = pick(rng, (0, 4, 8, 9, 10, 11, 12), (10, 4, 18, 22, 24, 12, 10))
        facts["wants_work"] = facts["work_months"] < 5
        facts["wants_training"] = not facts["trained"] and rng.random() < 0.3
    elif labour == "weak" and age < 70 and rng.random() < 0.17:
        facts["work_months"] = 12  # a public-welfare post
        facts["work_place"] = "本村公益岗位"
    if facts["work_months"] and "work_place" not in facts:
        places = ("县内", "省内县外", "浙江省", "江苏省", "上海市", "广东省")
        facts["work_place"] = pick(rng, places, (34, 22, 16, 16, 8, 4))
    return facts
