"""What is known of a household before a visit, as the form's first answers.

A blank answer means *not known*: the form puts those questions first. ``shown`` travels with the
form, so that an answer nobody touched is never taken for a finding.
"""

from households.models.choices import HouseGrade, Labour, Secure
from households.school_age import of_school_age

WATER_PARTS = ("quality", "quantity", "hours", "convenience", "reliability")
ABLE = (Labour.SKILLED, Labour.ORDINARY, Labour.WEAK)
YES, NO = "yes", "no"


def known_answers(household, members, last_looked, day):
    """Field name -> answer. ``last_looked``: ``last_answers`` of the household."""
    answers = {
        "food": last_looked["food"],
        "clothing": last_looked["clothing"],
        "other_risk": last_looked["other_risk"],
        "medical": medical_known(members),
        "uninsured": _ids(members, medical_insurance=False),
        "untreated": _ids(members, untreated=True),
        "no_doctor": _ids(members, chronic_illness=True, family_doctor=False),
        "housing": housing_known(household),
        "house_grade": household.house_grade,
        "safe_home_elsewhere": bool(household.safe_home_elsewhere),
        "parents_in_unsafe_house": bool(household.parents_in_unsafe_house),
        "hazard_spot": yes_no(household.hazard_spot),
        "business_short_of_funds": yes_no(household.business_short_of_funds),
        "water": water_known(household),
        "water_lacking": [p for p in WATER_PARTS if getattr(household, f"water_{p}") is False],
    }
    for member in members:
        answers |= _of_member(member, day)
    return answers


def _of_member(member, day):
    key = member.id
    answers = {
        f"health_{key}": health_known(member),
        f"labour_{key}": member.labour,
        f"work_months_{key}": "" if member.work_months is None else _figure(member.work_months),
        f"work_place_{key}": member.work_place,
        f"trained_{key}": yes_no(member.trained),
    }
    if of_school_age(member, day):
        answers[f"school_{key}"] = schooling_known(member)
        answers[f"stage_{key}"] = member.school if member.school != "none" else ""
        answers[f"exempt_{key}"] = member.school_exemption
    return answers


def last_answers(household, last):
    """The latest answer to each assurance that no register field holds, and the last other risk.

    ``last``: the last visit; earlier ones are asked for where it left something open.
    """
    answers = {name: _latest(household, last, name) for name in ("food", "clothing")}
    return answers | {"other_risk": last.other_risk if last else ""}


def _latest(household, last, name):
    if last is None or getattr(last, name):
        return getattr(last, name, "")
    visits = household.visits.order_by("-visited_on", "-id").exclude(**{name: ""})
    return visits.values_list(name, flat=True).first() or ""


def yes_no(value):
    return {True: YES, False: NO, None: ""}[value]


def schooling_known(member):
    if member.school == "none":
        return "left"
    if not member.school:
        return ""
    return "at_risk" if member.dropout_warning else "at_school"


def health_known(member):
    if member.major_illness is None or member.chronic_illness is None:
        return {(True, None): "major", (None, True): "chronic"}.get(
            (member.major_illness, member.chronic_illness), ""
        )
    return {
        (True, True): "both",
        (True, False): "major",
        (False, True): "chronic",
        (False, False): "healthy",
    }[member.major_illness, member.chronic_illness]


def medical_known(members):
    if any(m.medical_insurance is False or m.untreated for m in members):
        return Secure.INSECURE
    if any(m.chronic_illness and m.family_doctor is False for m in members):
        return Secure.AT_RISK
    return Secure.SECURE if members and all(map(_medically_secure, members)) else ""


def _medically_secure(member):
    treated = member.major_illness is False or member.untreated is False
    cared_for = member.chronic_illness is False or member.family_doctor
    return member.medical_insurance and treated and cared_for


def housing_known(household):
    graded_unsafe = household.house_grade in (HouseGrade.C, HouseGrade.D)
    unsafe = household.unsafe_house or graded_unsafe or household.parents_in_unsafe_house
    if unsafe and not household.safe_home_elsewhere:
        return Secure.INSECURE
    if household.house_at_risk:
        return Secure.AT_RISK
    known = household.unsafe_house is not None or household.house_grade
    return Secure.SECURE if known else ""


def water_known(household):
    parts = [getattr(household, f"water_{part}") for part in WATER_PARTS]
    if household.water_safe is False or False in parts:
        return Secure.INSECURE
    if household.water_seasonal_shortage:
        return Secure.AT_RISK
    known = household.water_safe or all(parts)
    return Secure.SECURE if known and household.water_seasonal_shortage is False else ""


def _ids(members, **conditions):
    return [
        str(member.id)
        for member in members
        if all(getattr(member, name) is value for name, value in conditions.items())
    ]


def _figure(value):
    """10, not 10.0."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else f"{value:g}"
