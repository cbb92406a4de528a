"""Labour and work."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, of_member

# fmt: off
CHECKS = (
    of_member(
        470, WARNING, "AH 3.2", "member_correct",
        _("The ability to work is missing."),
        "m.labour = ''",
    ),
    of_member(
        471, ERROR, "default", "member_correct",
        _("Younger than sixteen, but counted as labour."),
        "m.labour IN ('skilled', 'ordinary', 'weak') AND m.born_on > :y16",
    ),
    of_member(
        472, WARNING, "default", "member_correct",
        _("Older than sixty, but skilled or ordinary labour."),
        "m.labour IN ('skilled', 'ordinary') AND m.born_on <= :y61",
    ),
    of_member(
        473, WARNING, "default", "member_correct",
        _("Of working age, healthy and not at school, but no labour."),
        "m.labour IN ('none', 'lost') AND m.born_on <= :y18 AND m.born_on > :y60 AND "
        "m.chronic_illness IS FALSE AND m.major_illness IS FALSE AND m.disabled IS "
        "FALSE AND m.school = 'none'",
    ),
    of_member(
        474, ERROR, "XC 4.1.2", "member_correct",
        _("The months of work are fewer than 0 or more than 12."),
        "m.work_months < 0 OR m.work_months > 12",
    ),
    of_member(
        475, ERROR, "default", "member_correct",
        _("Younger than sixteen, but works."),
        "m.work_months > 0 AND m.born_on > :y16",
    ),
    of_member(
        476, WARNING, "default", "member_correct",
        _("No ability to work, but works."),
        "m.labour IN ('none', 'lost') AND m.work_months > 0",
    ),
    of_member(
        477, WARNING, "default", "member_correct",
        _("Works, but the place of work is missing."),
        "m.work_months > 0 AND m.work_place = ''",
    ),
    of_member(
        478, HINT, "LA 2.1.1", "visit_new",
        _("Can work, and the months of work are not known."),
        "m.labour IN ('skilled', 'ordinary') AND m.work_months IS NULL",
    ),
    of_member(
        479, WARNING, "default", "member_correct",
        _("A place of work, but no months of work."),
        "m.work_place <> '' AND coalesce(m.work_months, 0) = 0",
    ),
    of_member(
        480, HINT, "default", "member_correct",
        _("Skilled labour, but said not to be trained in a skill."),
        "m.labour = 'skilled' AND m.trained IS FALSE",
    ),
    of_member(
        481, WARNING, "default", "member_correct",
        _("Wants work, though younger than sixteen."),
        "m.wants_work AND m.born_on > :y16",
    ),
    of_member(
        482, HINT, "default", "member_correct",
        _("Older than 75, but works more than six months of the year."),
        "m.work_months > 6 AND m.born_on <= :y76",
    ),
    of_member(
        483, HINT, "default", "member_correct",
        _("Wants training, but has lost the ability to work."),
        "m.wants_training AND m.labour = 'lost'",
    ),
)
# fmt: on
