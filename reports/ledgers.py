"""The ledgers 台账: filtered views of one register as it stood on a day (domain.md 5).

A ledger is a row of the table below: whose rows, which columns, by which clause. How a day is read
back is in ``as_of.py``; only what was on record at the end of that day is ever shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from households.models.choices import ExitedClass, Status, Tier

# What every kind of household is called on a ledger.
GROUPS = dict(Status.choices) | dict(ExitedClass.choices)
TIERS = (Tier.RED, Tier.YELLOW, Tier.BLUE, Tier.UNKNOWN)
# A household that nobody has given a tier yet is one whose tier is not known.
TIER_SQL = "coalesce(nullif(v.tier, ''), 'unknown')"


@dataclass(frozen=True)
class Column:
    """``value`` of a row is text, a number, a day, or None for what was not known.

    ``kind`` is how a page shows it: text, day, amount, tier. ``paper``: on the printed ledger.
    """

    code: str
    words: str
    width: int  # characters, in the workbook
    value: Callable
    kind: str = "text"
    paper: bool = True


@dataclass(frozen=True)
class Ledger:
    """``rows``: a condition in SQL on the household's version ``v`` of the day, never input."""

    slug: str
    words: str
    clause: str
    note: str
    rows: str
    columns: tuple


def _attribute(name):
    return lambda row: getattr(row, name)


def _division(name):
    return lambda row: row.names.get(getattr(row, name), "")


def _kind(row):
    return GROUPS.get(row.exited_class or row.status, "")


TIER_WORDS = dict(Tier.choices)


def _tier(row):
    return TIER_WORDS[row.tier or Tier.UNKNOWN]


PLACE = (
    Column("city", _("city"), 10, _division("city_id"), paper=False),
    Column("county", _("county"), 10, _division("county_id"), paper=False),
    Column("township", _("township"), 14, _division("township_id")),
    Column("village", _("village"), 16, _division("village_id")),
    Column("group", _("villager group"), 12, _attribute("group_name")),
)
WHO = (
    Column("number", _("household number"), 22, _attribute("number")),
    Column("head", _("head"), 10, _attribute("head_name")),
    Column("masked_id", _("head's resident ID"), 22, _attribute("masked_id")),
    Column("persons", _("members"), 8, _attribute("persons"), kind="number"),
)
KIND = (Column("kind", _("kind of household"), 16, _kind),)
TIER = (Column("tier", _("tier of the ledger"), 12, _tier, kind="tier"),)
LISTED = (Column("listed_on", _("listed on"), 12, _attribute("listed_on"), kind="day"),)
MONEY = (
    Column(
        "per_capita", _("per-capita net income, yuan"), 14, _attribute("per_capita"), kind="amount"
    ),
    Column("income_to", _("income of the 12 months to"), 14, _attribute("income_to"), kind="day"),
)
CARE = (
    Column("responsible", _("responsible person"), 12, _attribute("responsible_name")),
    Column("contact", _("contact person"), 12, _attribute("contact_name")),
    Column("visited_on", _("last visit"), 12, _attribute("visited_on"), kind="day"),
)

LEDGERS = {
    ledger.slug: ledger
    for ledger in (
        Ledger(
            "edge",
            _("Edge ledger"),
            "LA 2.2, AH 4.2.1",
            _("Every edge household, from its listing until its risk is removed."),
            "v.status = 'edge'",
            PLACE + WHO + TIER + LISTED + MONEY + CARE,
        ),
        Ledger(
            "three-colour",
            _("Three-colour ledger"),
            "LA 2.1.1",
            _("Exited households by the tier of the ledger; edge households stand beside them."),
            "v.status IN ('exited', 'edge')",
            PLACE + WHO + KIND + TIER + LISTED + MONEY + CARE,
        ),
    )
}
