"""The ledger of claims of the insurance against poverty, with its policies (GZ 4.4.3)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.models.insurance import ClaimState, Peril
from reports.ledgers.shape import (
    CLAIM,
    IN_CHARGE,
    KIND,
    PLACE,
    TIER,
    WHO,
    Column,
    Ledger,
    Part,
    attribute,
    worded,
)

CLAIMS = (
    Column("claim_number", _("number of the claim"), 20, attribute("claim_number")),
    Column(
        "name", _("for whom"), 10, lambda row: row.member_name or None, blank=_("the household")
    ),
    Column("peril", _("what happened"), 12, worded("peril", Peril.choices)),
    Column("happened_on", _("happened on"), 12, attribute("happened_on"), kind="day"),
    Column("words", _("in words"), 26, attribute("words"), screen=False),
    Column("loss", _("borne by the household, yuan"), 14, attribute("loss"), kind="amount"),
    Column("state", _("how it stands"), 14, worded("state", ClaimState.choices)),
    Column("amount", _("payout, yuan"), 12, attribute("amount"), kind="amount", blank="–"),
    Column("paid_on", _("paid on"), 12, attribute("paid_on"), kind="day", blank="–"),
    Column("policy", _("policy"), 18, attribute("policy_number"), paper=False, screen=False),
    Column("insurer", _("insurer"), 18, attribute("insurer"), paper=False, screen=False),
)
LEDGERS = (
    Ledger(
        "insurance-claims",
        _("Insurance claims"),
        "GZ 4.4.3",
        _("Each claim of the insurance against poverty: what happened, how it stands, the payout."),
        "true",
        PLACE + WHO + KIND + TIER + CLAIMS + IN_CHARGE,
        (
            Part(
                "on_the_way",
                _("on their way"),
                "v.state IN ('prepared', 'township', 'county', 'insurer')",
            ),
            Part("accepted", _("accepted, not paid"), "v.state = 'accepted'"),
            Part("paid", pgettext_lazy("insurance claims", "Paid out"), "v.state = 'paid'"),
            Part("over", _("refused or withdrawn"), "v.state IN ('refused', 'withdrawn')"),
        ),
        of=CLAIM,
    ),
)
