"""What was done for the household."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import WARNING, Check

# fmt: off
CHECKS = (
    Check(
        650, WARNING, "AH 4.2.1", "household_sources",
        _("A measure was done with an amount of money, and its source is not named."),
        "EXISTS (SELECT FROM assistance_measure WHERE household_id = h.id AND result = 'done' "
        "AND amount > 0 AND source = '')",
    ),
)
# fmt: on
