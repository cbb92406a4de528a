"""What a ledger is made of: whose rows, in which parts, with which columns (domain.md 5)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from households.models.choices import ExitedClass, Status, Tier

# What every kind of household is called on a ledger.
GROUPS = dict(Status.choices) | dict(ExitedClass.choices)
TIER_WORDS = dict(Tier.choices)
TIERS = (Tier.RED, Tier.YELLOW, Tier.BLUE, Tier.UNKNOWN)
# A household that nobody has given a tier yet is one whose tier is not known.
TIER_SQL = "coalesce(nullif(v.tier, ''), 'unknown')"

HOUSEHOLD, MEMBER, MEASURE, EVENT = "household", "member", "measure", "event"
NEED, OFFER = "need", "offer"
CLAIM = "claim"
ASSET, PROJECT, BOOK = "asset", "project", "book"
# Rows of a division, not of a household; each kind has its statement in ``sql/as_of_KIND.sql``.
OF_PLACES = (OFFER, ASSET, PROJECT, BOOK)


@dataclass(frozen=True)
class Column:
    """``value`` of a row is text, a number, a day, or None for what was not known.

    ``kind`` is how a page shows it: text, day, amount, number, tier, income, person. ``paper``: on
    the printed ledger. ``screen``: a column of its own there; name and place stand together.
    ``blank``: what the screen says for None, unless that means to be verified.
    """

    code: str
    words: str
    width: int  # characters, in the workbook
    value: Callable
    kind: str = "text"
    paper: bool = True
    screen: bool = True
    blank: str = ""


@dataclass(frozen=True)
class Part:
    """Rows of a ledger that are counted and shown by themselves; parts may overlap.

    ``rows``: a condition in SQL on the row ``v``, never input. ``{members}`` in it are the members
    of the day, ``{measures}`` the measures of the ledger's kinds. ``wide``: the same as one set for
    all rows, where asking row by row takes long: to count a whole city or province.
    """

    code: str
    words: str
    rows: str
    wide: str = ""


@dataclass(frozen=True)
class Ledger:
    """``rows``: a condition in SQL on the household's version ``v`` of the day, never input;
    ``{id}`` in it is the household's key there.

    ``of`` says what a row is: a household, or a member, measure, event, claim or need ``m`` of one,
    for which ``subjects`` holds (of a measure: its kinds); or an offer, which is of a division and
    of no household. ``kinds``: of the measures it tells of.
    """

    slug: str
    words: str
    clause: str
    note: str
    rows: str
    columns: tuple
    parts: tuple
    of: str = HOUSEHOLD
    subjects: str = "true"
    kinds: tuple = ()
    page: str = ""  # of a row that is no household: the name of its address

    @property
    def by_tier(self):
        return self.parts is BY_TIER

    @property
    def own_columns(self):
        """Those that an officer may leave out; who and where always stand there."""
        return [column for column in self.columns if column.code not in FIXED]

    def part(self, code):
        return next((part for part in self.parts if part.code == code), None)

    def chosen(self, codes):
        """The columns for the codes chosen; all of them when none of its own is among them."""
        codes = set(codes)
        if not any(column.code in codes for column in self.own_columns):
            return self.columns
        return tuple(c for c in self.columns if c.code in FIXED or c.code in codes)


BY_TIER = tuple(Part(tier, TIER_WORDS[tier], f"{TIER_SQL} = '{tier}'") for tier in TIERS)
# Households that are, or were, registered as poor or listed; general ones are left out.
HELPED = "v.status NOT IN ('general', 'edge_cleared', '')"


def attribute(name):
    return lambda row: getattr(row, name)


def worded(name, choices):
    words = dict(choices)
    return lambda row: words.get(getattr(row, name)) or None


# Words are constants, said once: the workbook looks each of them up by identity.
YES_NO = {True: _("yes"), False: _("no")}


def yes_no(name):
    return lambda row: YES_NO.get(getattr(row, name))


def _division(name):
    return lambda row: row.names.get(getattr(row, name), "")


def _kind(row):
    return GROUPS.get(row.exited_class or row.status, "")


def _tier(row):
    return TIER_WORDS[row.tier or Tier.UNKNOWN]


def _wide(code, words, width, value, **more):
    return Column(code, words, width, value, screen=False, **more)


PLACE = (
    _wide("city", _("city"), 10, _division("city_id"), paper=False),
    _wide("county", _("county"), 10, _division("county_id"), paper=False),
    _wide("township", _("township"), 14, _division("township_id")),
    _wide("village", _("village"), 16, _division("village_id")),
    _wide("group", _("villager group"), 12, attribute("group_name")),
)
WHO = (
    _wide("number", _("household number"), 22, attribute("number")),
    _wide("head", _("head"), 10, attribute("head_name")),
    _wide("masked_id", _("head's resident ID"), 22, attribute("masked_id")),
    _wide("persons", _("members"), 8, attribute("persons"), kind="number"),
)
FIXED = frozenset(
    [column.code for column in PLACE + WHO] + ["name", "member_id", "relation", "household"]
)
KIND = (Column("kind", _("kind of household"), 16, _kind),)
TIER = (Column("tier", _("tier of the ledger"), 12, _tier, kind="tier"),)
LISTED = (
    Column(
        "listed_on",
        _("listed on"),
        12,
        attribute("listed_on"),
        kind="day",
        blank=_("not listed"),
    ),
)
MONEY = (
    Column(
        "per_capita", _("per-capita net income, yuan"), 14, attribute("per_capita"), kind="income"
    ),
    _wide("income_to", _("income of the 12 months to"), 14, attribute("income_to"), kind="day"),
)
NOBODY = _("nobody in charge yet")
CARE = (
    Column(
        "responsible",
        _("responsible person"),
        12,
        attribute("responsible_name"),
        kind="person",
        blank=NOBODY,
    ),
    _wide("contact", _("contact person"), 12, attribute("contact_name")),
    Column(
        "visited_on",
        _("last visit"),
        12,
        attribute("visited_on"),
        kind="day",
        blank=_("no visit yet"),
    ),
)
# Whoever is in charge, in one column: ledgers of members have others to show.
IN_CHARGE = (
    Column(
        "in_charge",
        _("person in charge"),
        12,
        lambda row: row.responsible_name or row.contact_name or None,
        blank=NOBODY,
    ),
)
