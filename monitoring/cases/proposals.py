"""What a case asks for: the fields of its proposal, and which values each may have."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refused
from households.models.choices import ExitedClass, Tier

CLASSES = (ExitedClass.INDEPENDENT, ExitedClass.SUPPORTED)
TIERS = (Tier.RED, Tier.YELLOW, Tier.BLUE)
FIELDS = {
    "tier": gettext_lazy("tier of the ledger"),
    "exited_class": gettext_lazy("class"),
    "national_number": gettext_lazy("number in the national system"),
    "because": gettext_lazy("reason"),
}
NUMBER_LENGTH = 24


def checked_proposal(row, household, entered):
    """The values that may stand, blank ones left out. Raises ``Refused`` for one that may not."""
    checked = {}
    for name, value in entered.items():
        if value not in ("", None):
            _CHECKS[name](row, household, value)
            checked[name] = str(value).strip()
    return checked


def _tier(row, household, value):
    if row.proposes != "tier" or value not in TIERS:
        raise Refused(_("The tier is red, yellow or blue."))


def _class(row, household, value):
    """Nobody becomes or ceases to be monitored by a class change (AH 3.3, 4.1.1)."""
    if row.proposes != "exited_class" or value not in CLASSES:
        raise Refused(_("The class is “independent, no subsidies” or “supported”."))
    if value == household.exited_class:
        raise Refused(_("The household is already of this class."))


def _number(row, household, value):
    if len(value.strip()) > NUMBER_LENGTH or not value.strip().isalnum():
        raise Refused(_("The number in the national system has letters and digits only."))


_CHECKS = {"tier": _tier, "exited_class": _class, "national_number": _number}
