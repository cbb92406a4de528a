"""What goes wrong, and how often: exact shares of the pool, so that every seed gives the same.

A share is of listed (monitored and edge) and of other households. The first group makes a household
red by domain.md 3: together 2 to 3 of 100 listed households, fewer of the others.
"""

SHARES = {  # trouble: (of listed, of other households)
    "out_of_school": (0.003, 0.0025),
    "uninsured": (0.003, 0.0025),
    "unsafe_house": (0.003, 0.002),
    "water_unsafe": (0.003, 0.0025),
    "rigid_over_net": (0.009, 0.006),
    "sudden": (0.002, 0.0003),
    "untreated": (0.0015, 0),
    # These alone are no red:
    "unsafe_house_left": (0.003, 0.0025),
    "exempt_from_school": (0.002, 0.002),
    "warned": (0.004, 0.001),
    "no_doctor": (0.008, 0.004),
    "house_defect": (0.006, 0.003),
    "major_illness": (0.16, 0.04),
    "severe_disability": (0.09, 0.025),
    "disability": (0.06, 0.04),
    "rigid_half": (0.05, 0.012),
    "rigid_rise": (0.04, 0.015),
    "income_drop": (0.03, 0.008),
    "under_the_line": (0.06, 0.002),
    "industry_loss": (0.008, 0.004),
    "resolved": (0.015, 0.005),
    "work_unknown": (0.006, 0.008),
    "water_unknown": (0.006, 0.008),
    "insurance_unknown": (0.003, 0.004),
    "moved_out": (0.02, 0.02),
    "nobody_named": (0.008, 0.001),
}
# What a check of data quality finds (domain.md 4): nothing is known, nobody is named, or a child
# is neither at school nor exempt from it. A clean population has none of them.
FAULTS = {
    "out_of_school", "work_unknown", "water_unknown", "insurance_unknown", "nobody_named"
}  # fmt: skip
CHILD = {"out_of_school", "exempt_from_school", "warned"}


def deal(rng, members_of, listed, clean=False):
    """Deals the troubles to households; answers with one set of them for each.

    ``members_of`` holds the members of each household, ``listed`` the numbers of those listed.
    """
    dealt = [set() for _ in members_of]
    pools = [
        sorted(listed),
        [number for number in range(len(members_of)) if number not in listed],
    ]
    for trouble, shares in SHARES.items():
        if clean and trouble in FAULTS:
            continue
        for pool, share in zip(pools, shares, strict=True):
            fit = [n for n in pool if trouble not in CHILD or pupil(members_of[n])]
            for number in rng.sample(fit, min(len(fit), round(share * len(pool)))):
                dealt[number].add(trouble)
    return dealt


def pupil(members):
    """A child who must go to school, from the second year to the second of the middle school."""
    words = ("小学", "初中一", "初中二")
    return next((m for m in members if m.get("school_words", "").startswith(words)), None)


def befall(rng, troubles, household, members):
    """Writes the troubles into the facts of a household and its members."""
    child = pupil(members)
    grown = members[0]
    if "out_of_school" in troubles:
        child |= {"school": "none", "school_words": ""}
    if "exempt_from_school" in troubles:
        child |= {"school": "none", "school_words": "", "school_exemption": "因病缓学，有证明"}
    if "warned" in troubles and child["school"] != "none":
        child["dropout_warning"] = True
    if "uninsured" in troubles:
        rng.choice(members).update(medical_insurance=False, serious_illness_insurance=False)
    if "insurance_unknown" in troubles:
        members[-1]["medical_insurance"] = None
    if "unsafe_house" in troubles or "unsafe_house_left" in troubles:
        household |= {
            "house_grade": rng.choice("CCD"),
            "house_material": rng.choice(("earth", "brick_wood")),
            "unsafe_house": True,
            "safe_home_elsewhere": "unsafe_house" not in troubles,
            "only_home": "unsafe_house" in troubles,
            "relocated": False,
            "relocation_site": "",
        }
    if "house_defect" in troubles:
        household["house_at_risk"] = True
        household["house_grade"] = household["house_grade"].replace("A", "B")
    if "water_unsafe" in troubles:
        fails = rng.choice(("water_quality", "water_quantity", "water_reliability"))
        household |= {"water_safe": False, fails: False}
    if "water_unknown" in troubles:
        household |= {
            name: None for name in household if name.startswith("water_") and name[6] != "s"
        }
        household["water_safe"] = None
    if troubles & {"severe_disability", "disability"}:
        grade = rng.choice((1, 2)) if "severe_disability" in troubles else rng.choice((3, 4))
        grown |= {"disabled": True, "disability_grade": grade}
        grown |= {"labour": "lost" if grade < 3 else "weak", "work_months": 0, "work_place": ""}
        grown |= {"wants_work": False, "wants_training": False}
        grown["low_income_allowance"] = grade < 3
    if "major_illness" in troubles or "untreated" in troubles:
        ill = members[min(1, len(members) - 1)]
        ill |= {"major_illness": True, "untreated": "untreated" in troubles}
        if ill["labour"] in ("skilled", "ordinary", "weak"):
            ill |= {"labour": "lost", "work_months": 0, "work_place": "", "wants_work": False}
            ill["wants_training"] = False
    if "no_doctor" in troubles:
        members[0] |= {"chronic_illness": True, "family_doctor": False}
    if "work_unknown" in troubles:
        grown |= {"labour": "ordinary" if grown["labour"] == "skilled" else grown["labour"]}
        grown |= {"work_months": None, "work_place": ""}
