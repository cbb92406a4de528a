"""Columns that tell whose row it is and where; for the tables that rooms declare."""

from django.utils.translation import gettext_lazy as _

from accounts.tables import read

PLACES = ("county", "township", "village")


def home(path="household", *, group=False):
    """``words, width, value`` of county, township, village, number and head."""
    before = f"{path}." if path else ""
    facts = [
        *(_("County"), 10, f"{before}county.name"),
        *(_("Township"), 12, f"{before}township.name"),
        *(_("Village"), 16, f"{before}village.name"),
    ]
    if group:
        facts += [_("Villager group"), 12, f"{before}group_name"]
    return (
        *facts,
        _("Household number"),
        20,
        f"{before}number",
        _("Head"),
        12,
        f"{before}head_name",
    )


def places(path="household"):
    """The relations that ``home`` reads, for ``needs``."""
    return tuple(f"{path}__{name}" if path else name for name in PLACES)


def either(*paths):
    """The first of these that says something."""
    return lambda row: next((found for path in paths if (found := read(row, path))), "")
