"""Compulsory schooling: who is of school age (domain.md 3: 6 to 15 by 31 August, default)."""

from datetime import date

from households.models.choices import Education, School

COMPULSORY = (School.PRIMARY, School.JUNIOR)
FINISHED = (Education.JUNIOR, Education.SENIOR, Education.COLLEGE, Education.UNIVERSITY)
GRADUATED = (School.SENIOR, School.TERTIARY)


def of_school_age(member, day):
    """6 to 15 on the 31 August that began the school year of ``day``, or still at such a school."""
    if member.school in COMPULSORY:
        return True
    if member.school in GRADUATED or member.education in FINISHED or member.born_on is None:
        return False
    start = date(day.year if day >= date(day.year, 9, 1) else day.year - 1, 8, 31)
    return 6 <= member.age_on(start) <= 15


def usual_stage(member, day):
    """The school that most children of this age attend; a proposal, never a fact."""
    age = member.age_on(day)
    if age is None:
        return ""
    return School.PRIMARY if age < 12 else School.JUNIOR
