"""The tables on pages of the charity shop, as workbooks."""

from django.utils.translation import gettext_lazy as _

from accounts.tables import columns, table, without_download
from households.columns import home, places

table(
    "points",
    _("Households with points"),
    columns(*home("", group=True), _("Points left"), 12, "points.balance"),
    needs=(*places(""), "points"),
)
table(
    "household_points",
    _("Points of a household"),
    columns(
        _("Day"), 12, "on",
        _("What for"), 30, "words",
        _("Kind"), 14, "get_kind_display",
        _("Points"), 10, "points",
        _("Points left"), 10, "balance_after",
        _("Entered by"), 12, "recorded_by.officer.name",
    ),
)  # fmt: skip
table(
    "points_lists",
    _("Published lists of points"),
    columns(
        _("Month"), 12, "month",
        _("Village"), 16, "village.name",
        _("Households"), 12, lambda row: len(row.rows),
        _("Published"), 18, "published_at",
        _("Published by"), 12, "published_by.officer.name",
    ),
)  # fmt: skip
RULES = columns(
    _("What earns them"), 30, "words",
    _("Place"), 16, "division.name",
    _("Points"), 10, "points",
    _("Times a month at most"), 12, "most",
    _("from"), 12, "since",
    _("until before"), 12, "until",
)  # fmt: skip
GOODS = columns(
    _("Goods"), 24, "name",
    _("Place"), 16, "division.name",
    _("Points for one"), 12, "points",
    _("In the shop"), 12, "stock",
)  # fmt: skip
table("points_shop", _("Goods of the shop"), GOODS, rows=lambda page: list(page["goods"]))
table(
    "points_shop", _("What earns points"), RULES, part="rules",
    rows=lambda page: list(page["rules"]),
)  # fmt: skip
without_download("has a workbook of its own, to be printed and posted", "points_list")
