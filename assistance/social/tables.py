"""The tables on pages of social help, as workbooks; phones of givers stay on their page."""

from django.utils.translation import gettext_lazy as _

from accounts.tables import columns, table, without_download
from households.columns import home, places

table(
    "social_needs",
    _("Needs"),
    columns(
        *home(),
        _("Kind"), 14, "get_kind_display",
        _("What is needed"), 30, "words",
        _("Noted on"), 18, "recorded_at",
        _("Needed"), 10, "amount",
        _("Unit"), 8, "unit",
        _("Promised"), 10, "promised",
        _("Delivered"), 10, "delivered",
        _("State"), 12, "get_state_display",
    ),
    needs=places(),
)  # fmt: skip
table(
    "social_offers",
    _("Offers of help"),
    columns(
        _("Who gives"), 20, str,
        _("Kind of giver"), 14, "get_giver_display",
        _("Made on"), 18, "made_at",
        _("Made to"), 16, "division.name",
        _("Offered"), 14, "get_kind_display",
        _("Quantity"), 10, "amount",
        _("Unit"), 8, "unit",
        _("Promised"), 10, "promised",
        _("Delivered"), 10, "delivered",
        _("State"), 12, "get_state_display",
    ),
)  # fmt: skip
without_download("the parts of one need or offer", "social_need", "social_offer")
without_download("what anybody may read without an account", "give", "give_need", "give_state")
