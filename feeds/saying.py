"""What a row of a department says, in words: [(name of the column, value)]."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feeds.kinds import MANY, SUM
from households.models.choices import School
from households.wording import plain

EPIDEMIC = {
    "confirmed": gettext_lazy("confirmed case"),
    "suspected": gettext_lazy("suspected case"),
    "carrier": gettext_lazy("carrier without symptoms"),
    "isolated": gettext_lazy("in isolation or a close contact"),
    "cured": gettext_lazy("cured"),
    "died": gettext_lazy("died"),
}
_UNITS = {"yuan": gettext_lazy("%(value)s yuan"), "capital": gettext_lazy("%(value)s yuan"),
          "months": gettext_lazy("%(value)s months"),
          "area": gettext_lazy("%(value)s square metres"),
          "grade": gettext_lazy("grade %(value)s"),
          "disability_grade": gettext_lazy("grade %(value)s")}  # fmt: skip


def said(row):
    """Of several things (cars, companies) each in its turn."""
    things = row.values.get("items", []) if row.row.rows == MANY else [row.values]
    found = [_piece(column, thing) for thing in things for column in row.row.columns]
    if row.row.rows == SUM and "count" in row.values:
        found.append((_("payments"), f"{row.values['count']:,}"))
    return [piece for piece in found if piece]


def _piece(column, thing):
    value = thing.get(column.field)
    if value is None or value == "":
        return None
    return column.title, _worded(column.kind, value, thing)


def _worded(kind, value, thing):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind == "date":
        return plain(date.fromisoformat(value))
    if kind == "stage":
        return thing.get("school_words") or School(value).label
    if kind == "epidemic":
        return str(EPIDEMIC[value])
    if kind in ("yuan", "capital", "area"):
        value = f"{Decimal(str(value)):,.2f}".removesuffix(".00")
    return str(_UNITS[kind]) % {"value": value} if kind in _UNITS else str(value)
