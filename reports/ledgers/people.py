"""Members of helped households: pupils, who can work, wants training, is ill or disabled."""

from django.utils.translation import gettext_lazy as _

from households.models.choices import Labour, Relation, School, Sex
from reports.ledgers.helped import HELP
from reports.ledgers.shape import (
    HELPED,
    IN_CHARGE,
    KIND,
    MEMBER,
    PLACE,
    Column,
    Ledger,
    Part,
    attribute,
    worded,
    yes_no,
)


def _age(row):
    born, day = row.born_on, row.day
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _hidden(code, words, width, value, **more):
    return Column(code, words, width, value, screen=False, **more)


PERSON = (
    *PLACE,
    _hidden("number", _("household number"), 22, attribute("number"), paper=False),
    _hidden("head", _("head"), 10, attribute("head_name")),
    _hidden("name", _("name"), 10, attribute("name")),
    _hidden("masked_id", _("resident ID"), 22, attribute("masked_id")),
    _hidden("relation", _("relation to the head"), 10, worded("relation", Relation.choices)),
    Column("sex", _("sex"), 6, worded("sex", Sex.choices)),
    Column("age", _("age"), 6, _age, kind="number"),
)
LABOUR = (
    Column("labour", _("labour"), 12, worded("labour", Labour.choices)),
    Column("trained", _("trained in a skill"), 10, yes_no("trained")),
    Column(
        "work_months", _("months of work in the year"), 10, attribute("work_months"), kind="number"
    ),
    Column("work_place", _("place of work"), 18, lambda row: row.work_place or None, blank="–"),
    Column("wants_work", _("wants work"), 8, yes_no("wants_work")),
    Column("wants_training", _("wants training"), 8, yes_no("wants_training")),
)
WORKING = (
    Part("works", _("at work"), "v.work_months > 0"),
    Part("idle", _("not at work"), "v.work_months = 0"),
    Part("wants", _("wants work"), "v.wants_work"),
    Part("unknown", _("to be verified"), "v.work_months IS NULL"),
)
JOBS = (
    *("employment", "workshop", "home_work", "welfare_post", "temporary_post", "startup"),
    *("training", "travel_subsidy"),
)
# As the monthly analysis: 6 to 15 by the latest 31 August, until graduation.
OF_AGE = """(m.born_on <= %(school_born_to)s AND m.born_on > %(school_born_from)s
  AND m.education NOT IN ('senior', 'college', 'university')
  AND NOT (m.education = 'junior' AND m.born_on <= %(graduates_born_to)s))"""
AT_SCHOOL = ("primary", "junior", "senior", "tertiary")


SCHOOLS = dict(School.choices)
OUT = _("out of school")


def _schooling(row):
    if row.school in AT_SCHOOL or row.school == School.PRESCHOOL:
        return SCHOOLS[row.school]
    if row.school_exemption:
        return _("exempt: %(why)s") % {"why": row.school_exemption}
    return OUT if row.school else None


def _members(slug, words, clause, note, subjects, columns, parts, kinds=()):
    columns = PERSON + columns + (HELP if kinds else ()) + KIND + IN_CHARGE
    return Ledger(
        slug, words, clause, note, HELPED, columns, parts, of=MEMBER, subjects=subjects, kinds=kinds
    )


LEDGERS = (
    _members(
        "students",
        _("Students and dropout control"),
        "XC 4.3.15, LA 3.4",
        _("Who is at school or of school age, and who is out of school or warned of it."),
        f"(m.school IN {AT_SCHOOL} OR {OF_AGE})",
        (
            Column("schooling", _("where at school"), 18, _schooling),
            Column(
                "school_words",
                _("school and grade"),
                18,
                lambda row: row.school_words or None,
                blank="–",
            ),
            Column("warned", _("warned of dropping out"), 10, yes_no("dropout_warning"), blank="–"),
        ),
        (
            Part("out", OUT, "v.school = 'none' AND v.school_exemption = ''"),
            Part("exempt", _("exempt from school"), "v.school_exemption <> ''"),
            Part("warned", _("warned of dropping out"), "v.dropout_warning"),
            Part(
                "compulsory",
                _("primary or junior middle school"),
                "v.school IN ('primary', 'junior')",
            ),
            Part("further", _("senior school or above"), "v.school IN ('senior', 'tertiary')"),
            Part("unknown", _("to be verified"), "v.school = ''"),
        ),
        ("schooling", "school_aid", "vocational"),
    ),
    _members(
        "employment",
        _("Employment of able members"),
        "GZ 4.3.2, AH 5.2",
        _("Everybody able to work: at work where and how long, and who wants work."),
        "m.labour IN ('skilled', 'ordinary')",
        LABOUR,
        WORKING,
        JOBS,
    ),
    _members(
        "training",
        _("Training needs"),
        "XC 4.2.9, GZ 4.3.2",
        _("Everybody who wants training, with what was arranged."),
        "m.wants_training",
        LABOUR[:-1],
        (
            Part("untrained", _("without a skill"), "NOT v.trained AND v.labour <> 'skilled'"),
            Part("idle", _("not at work"), "v.work_months = 0"),
            Part("disabled", _("disabled"), "v.disabled"),
        ),
        ("training", "vocational"),
    ),
    _members(
        "disabled-work",
        _("Disabled members able to work"),
        "XC 4.2.9",
        _("Disabled members with full or part ability to work: their jobs and wishes."),
        "m.disabled AND m.labour IN ('skilled', 'ordinary', 'weak')",
        (
            Column("grade", _("grade"), 6, attribute("disability_grade"), kind="number"),
            *LABOUR,
        ),
        WORKING,
        JOBS,
    ),
    _members(
        "major-illness",
        _("Major illness"),
        "XC 4.3.14, GZ 4.4.2",
        _("Members with a major illness: treatment, doctor and insurance."),
        "m.major_illness",
        (
            Column("untreated", _("untreated for want of money"), 10, yes_no("untreated")),
            Column("doctor", _("family doctor contract"), 10, yes_no("family_doctor")),
            Column("insured", _("basic medical insurance"), 10, yes_no("medical_insurance")),
            Column(
                "serious", _("serious illness insurance"), 10, yes_no("serious_illness_insurance")
            ),
        ),
        (
            Part("untreated", _("untreated for want of money"), "v.untreated"),
            Part("no_doctor", _("no family doctor"), "NOT v.family_doctor"),
            Part("uninsured", _("not insured"), "NOT v.medical_insurance"),
            Part(
                "unhelped",
                _("no measure on record"),
                "NOT EXISTS (SELECT FROM {measures} s WHERE s.household_id = v.household_id"
                " AND coalesce(s.member_id, v.subject_id) = v.subject_id)",
            ),
        ),
        (
            "medical_aid",
            "medical_top_up",
            "insurance_enrolment",
            "premium_subsidy",
            "family_doctor",
            "health_check",
        ),
    ),
    _members(
        "disability",
        _("Disability subsidies"),
        "AH 5.5, GZ 4.4.3",
        _("Disabled members: grade, allowance, and whether a subsidy is on record."),
        "m.disabled",
        (
            Column("grade", _("grade"), 6, attribute("disability_grade"), kind="number"),
            Column("allowance", _("subsistence allowance"), 10, yes_no("low_income_allowance")),
            Column(
                "extreme",
                _("support for the extremely poor"),
                10,
                yes_no("extreme_poverty_support"),
            ),
        ),
        (
            Part("severe", _("grade 1 or 2"), "v.disability_grade <= 2"),
            Part("allowance", _("on subsistence allowance"), "v.low_income_allowance"),
            Part(
                "granted",
                _("subsidy on record"),
                "EXISTS (SELECT FROM {measures} s WHERE s.household_id = v.household_id"
                " AND coalesce(s.member_id, v.subject_id) = v.subject_id)",
            ),
            Part("unknown", _("grade to be verified"), "v.disability_grade IS NULL"),
        ),
        ("disability_subsidy",),
    ),
)
