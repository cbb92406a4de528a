"""Illness and disability."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, of_member

# fmt: off
CHECKS = (
    of_member(
        450, WARNING, "AH 3.2", "member_correct",
        _("Nothing is known of the member's health."),
        "m.chronic_illness IS NULL AND m.major_illness IS NULL AND m.disabled IS NULL",
    ),
    of_member(
        451, ERROR, "LA 2.2", "member_correct",
        _("Disabled, but without a grade."),
        "m.disabled AND m.disability_grade IS NULL",
    ),
    of_member(
        452, ERROR, "LA 2.2", "member_correct",
        _("A grade of disability, but said not to be disabled."),
        "m.disabled IS FALSE AND m.disability_grade IS NOT NULL",
    ),
    of_member(
        453, ERROR, "LA 2.2", "member_correct",
        _("The grade of disability is none of 1 to 4."),
        "m.disability_grade NOT BETWEEN 1 AND 4",
    ),
    of_member(
        454, WARNING, "LA 2.2", "member_correct",
        _("Disabled, but the card is missing."),
        "m.disabled AND m.disability_card_masked = ''",
    ),
    of_member(
        455, ERROR, "LA 2.2", "member_correct",
        _("The grade of disability is not that of the card."),
        "length(m.disability_card_masked) = 20 AND right(m.disability_card_masked, 1) IN "
        "('1', '2', '3', '4') AND m.disability_grade::text <> right(m.disability_card_masked, 1)",
    ),
    of_member(
        456, ERROR, "LA 2.2", "member_correct",
        _("A card of disability, but said not to be disabled."),
        "m.disability_card_masked <> '' AND m.disabled IS FALSE",
    ),
    of_member(
        457, WARNING, "LA 2.2", "member_correct",
        _("Severely disabled, but skilled or ordinary labour."),
        "m.disabled AND m.disability_grade <= 2 AND m.labour IN ('skilled', 'ordinary')",
    ),
    of_member(
        458, WARNING, "XC 4.3.14", "member_correct",
        _("Untreated for want of money, but not ill."),
        "m.untreated AND m.chronic_illness IS FALSE AND m.major_illness IS FALSE",
    ),
    of_member(
        459, HINT, "XC 4.3.14", "visit_new",
        _("Chronically ill, and a contract with a family doctor is not known."),
        "m.chronic_illness AND m.family_doctor IS NULL",
    ),
    of_member(
        460, HINT, "LA 2.2", "member_correct",
        _("A major illness, but skilled labour."),
        "m.major_illness AND m.labour = 'skilled'",
    ),
    of_member(
        461, WARNING, "LA 2.2", "member_correct",
        _("The disability card does not begin as the resident ID does."),
        "m.disability_card_masked <> '' AND m.resident_id_masked <> '' AND "
        "left(m.disability_card_masked, 6) <> left(m.resident_id_masked, 6)",
    ),
    of_member(
        462, WARNING, "LA 2.2", "member_correct",
        _("The disability card has no twenty digits or more."),
        "m.disability_card_masked <> '' AND char_length(m.disability_card_masked) < 20",
    ),
    of_member(
        463, WARNING, "AH 3.2", "visit_new",
        _("A major illness, and whether it is treated is not known."),
        "m.major_illness AND m.untreated IS NULL",
    ),
)
# fmt: on
