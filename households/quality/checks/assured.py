"""Insurance, allowance and support."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, of_member

# fmt: off
CHECKS = (
    of_member(
        490, WARNING, "AH 3.2", "visit_new",
        _("Whether there is basic medical insurance is not known."),
        "m.medical_insurance IS NULL",
    ),
    of_member(
        491, ERROR, "default", "member_correct",
        _("Serious illness insurance without basic medical insurance."),
        "m.serious_illness_insurance AND m.medical_insurance IS FALSE",
    ),
    of_member(
        492, ERROR, "default", "member_correct",
        _("Both a subsistence allowance and support for the extremely poor."),
        "m.low_income_allowance AND m.extreme_poverty_support",
    ),
    of_member(
        493, WARNING, "default", "member_correct",
        _("Support for the extremely poor, but skilled or ordinary labour of working age."),
        "m.extreme_poverty_support AND m.labour IN ('skilled', 'ordinary') AND "
        "m.born_on <= :y16 AND m.born_on > :y60",
    ),
    of_member(
        494, HINT, "default", "visit_new",
        _("Of sixty years or more, and the pension insurance is not known."),
        "m.pension IS NULL AND m.born_on <= :y60",
    ),
    of_member(
        495, WARNING, "default", "visit_new",
        _("Of sixty years or more, without pension insurance."),
        "m.pension IS FALSE AND m.born_on <= :y60",
    ),
    of_member(
        496, WARNING, "GZ 4.4.3", "visit_new",
        _("Whether there is a subsistence allowance is not known."),
        "m.low_income_allowance IS NULL",
    ),
    of_member(
        497, WARNING, "default", "member_correct",
        _("Younger than sixteen, but with pension insurance."),
        "m.pension AND m.born_on > :y16",
    ),
    of_member(
        498, WARNING, "GZ 4.4.3", "visit_new",
        _("Whether there is support for the extremely poor is not known, without a "
          "subsistence allowance."),
        "m.extreme_poverty_support IS NULL AND m.low_income_allowance IS FALSE",
    ),
)
# fmt: on
