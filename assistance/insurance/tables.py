"""The tables on pages of the insurance, as workbooks."""

from django.utils.translation import gettext_lazy as _

from accounts.tables import columns, table, without_download
from assistance.insurance.ratio import with_figures
from households.columns import home, places


def _with_figures(rows, post, params):
    with_figures(rows)
    return rows


table(
    "insurance",
    _("Insurance policies"),
    columns(
        _("County"), 12, "division.name",
        _("Number of the policy"), 22, "number",
        _("Insurer"), 24, "insurer",
        _("Year"), 8, "year",
        _("Insured"), 12, "persons",
        _("Premium, yuan"), 14, "premium",
        _("Paid of it"), 14, "paid_in",
        _("Claims"), 10, "claims_all",
        _("Payouts, yuan"), 14, "payout",
        _("Payout ratio, percent"), 12, "ratio",
        _("Households helped"), 10, "claims_homes",
    ),
    lines=_with_figures,
)  # fmt: skip
table(
    "claims",
    _("Insurance claims"),
    columns(
        _("Claim"), 20, "number",
        *home(),
        _("Kind of loss"), 16, "get_peril_display",
        _("In words"), 30, "words",
        _("Happened on"), 12, "happened_on",
        _("Borne by the household, yuan"), 14, "loss",
        _("Payout, yuan"), 14, "amount",
        _("State"), 14, "get_state_display",
        _("Clause"), 16, "clause",
        _("Paid on"), 12, "paid_on",
    ),
    needs=places(),
)  # fmt: skip
without_download("the parts of one policy or claim", "insurance_policy", "claim")
