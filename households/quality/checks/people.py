"""Who lives together."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, WARNING, Check

# fmt: off
CHECKS = (
    Check(
        200, ERROR, "XC 4.1.2", "household_members",
        _("Nobody is recorded as living in the household."),
        "p.members IS NULL",
    ),
    Check(
        201, ERROR, "XC 4.1.2", "household_head",
        _("None of the members is the head."),
        "p.members > 0 AND p.heads = 0",
    ),
    Check(
        202, ERROR, "XC 4.1.2", "household_head",
        _("The head's name is not that of the member who is the head."),
        "h.head_name <> '' AND p.head_name <> h.head_name",
    ),
    Check(
        203, ERROR, "XC 4.1.2", "household_members",
        _("More than one spouse of the head lives there."),
        "p.spouses > 1",
    ),
    Check(
        204, WARNING, "default", "household_members",
        _("More than fifteen members are recorded."),
        "p.members > 15",
    ),
    Check(
        205, ERROR, "default", "household_members",
        _("Only minors live there."),
        "p.members > 0 AND p.adults = 0 AND p.births_unknown = 0",
    ),
    Check(
        206, WARNING, "XC 4.1.2", "household_members",
        _("The head has more than two parents."),
        "p.parents > 2",
    ),
    Check(
        207, WARNING, "XC 4.1.2", "household_members",
        _("The head has more than two parents-in-law."),
        "p.parents_in_law > 2",
    ),
    Check(
        208, WARNING, "XC 4.1.2", "household_members",
        _("The head has more than four grandparents."),
        "p.grandparents > 4",
    ),
    Check(
        210, WARNING, "AH 3.2", "household_members",
        _("Nobody's ability to work is known."),
        "p.members > 0 AND p.labour_unknown = p.members",
    ),
    Check(
        211, WARNING, "default", "household_members",
        _("Only one of several members has a subsistence allowance, the head has none."),
        "p.members > 1 AND p.allowance = 1 AND p.head_allowance IS FALSE",
    ),
)
# fmt: on
