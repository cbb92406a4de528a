"""School and education, against age."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, of_member

# fmt: off
CHECKS = (
    of_member(
        430, WARNING, "AH 3.2", "member_correct",
        _("Of compulsory-school age, and the school is not known."),
        "m.school = '' AND m.born_on <= :school_to AND m.born_on > :school_from",
    ),
    of_member(
        431, ERROR, "AH 3.2", "visit_new",
        _("Of compulsory-school age, not at school, and no exemption is recorded."),
        "m.school IN ('none', 'preschool') AND m.school_exemption = '' AND "
        "m.education NOT IN ('junior', 'senior', 'college', 'university') AND "
        "m.born_on <= :school_to AND m.born_on > :school_from",
    ),
    of_member(
        432, WARNING, "XC 4.1.2", "member_correct",
        _("At kindergarten, though older than eight."),
        "m.school = 'preschool' AND m.born_on <= :y9",
    ),
    of_member(
        433, WARNING, "XC 4.1.2", "member_correct",
        _("At primary school, though younger than five or older than sixteen."),
        "m.school = 'primary' AND (m.born_on > :y5 OR m.born_on <= :y17)",
    ),
    of_member(
        434, WARNING, "XC 4.1.2", "member_correct",
        _("At junior middle school, though younger than ten or older than nineteen."),
        "m.school = 'junior' AND (m.born_on > :y10 OR m.born_on <= :y20)",
    ),
    of_member(
        435, WARNING, "XC 4.1.2", "member_correct",
        _("At senior middle school, though younger than thirteen or older than 24."),
        "m.school = 'senior' AND (m.born_on > :y13 OR m.born_on <= :y25)",
    ),
    of_member(
        436, WARNING, "XC 4.1.2", "member_correct",
        _("At college or university, though younger than fifteen or older than forty."),
        "m.school = 'tertiary' AND (m.born_on > :y15 OR m.born_on <= :y41)",
    ),
    of_member(
        437, WARNING, "XC 4.1.2", "member_correct",
        _("College or university education, though younger than sixteen."),
        "m.education IN ('college', 'university') AND m.born_on > :y16",
    ),
    of_member(
        438, WARNING, "XC 4.1.2", "member_correct",
        _("The education is above the school that is attended."),
        "m.school IN ('primary', 'junior') AND m.education IN ('senior', 'college', 'university')",
    ),
    of_member(
        439, HINT, "XC 4.3.15", "member_correct",
        _("At school, but school and grade are not named."),
        "m.school IN ('primary', 'junior', 'senior', 'tertiary') AND m.school_words = ''",
    ),
    of_member(
        440, WARNING, "AH 3.2", "member_correct",
        _("Exempt from school, but at school."),
        "m.school_exemption <> '' AND m.school NOT IN ('', 'none')",
    ),
    of_member(
        441, WARNING, "AH 3.2", "visit_new",
        _("Warned of dropping out, but not at school."),
        "m.dropout_warning AND m.school = 'none'",
    ),
    of_member(
        442, WARNING, "AH 3.1", "member_correct",
        _("The education of a member of sixteen or more is missing."),
        "m.education = '' AND m.born_on <= :y16",
    ),
    of_member(
        443, HINT, "default", "member_correct",
        _("Between sixteen and thirty, but illiterate."),
        "m.education = 'none' AND m.born_on <= :y16 AND m.born_on > :y30",
    ),
    of_member(
        444, WARNING, "default", "member_correct",
        _("At school, but works more than eight months of the year."),
        "m.school IN ('primary', 'junior', 'senior', 'tertiary') AND m.work_months > 8",
    ),
)
# fmt: on
