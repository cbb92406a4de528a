"""Needs and offers of social help matched (XC 4.5.21), and points of the charity shop (AH 5.6)."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.models import Give, Giver, NeedState, OfferState
from assistance.models.social import UNITS
from reports.ledgers.shape import (
    IN_CHARGE,
    KIND,
    NEED,
    OFFER,
    PLACE,
    TIER,
    WHO,
    Column,
    Ledger,
    Part,
    attribute,
    worded,
)


def _moment_day(name):
    def value(row):
        moment = getattr(row, name)
        return localdate(moment) if moment else None

    return value


def _day(code, words, name, blank="–"):
    return Column(code, words, 12, _moment_day(name), kind="day", blank=blank)


def _unit(name):
    return lambda row: UNITS.get(getattr(row, name))


def _text(name):
    return lambda row: getattr(row, name) or None


def _counted(kind):
    """What, how much, of that promised and delivered, in which unit."""
    return (
        Column("what", _("what"), 12, worded(kind, Give.choices)),
        Column("amount", _("how much"), 12, attribute("amount"), kind="amount"),
        Column("promised", _("promised"), 12, attribute("promised"), kind="amount"),
        Column("delivered", _("delivered"), 12, attribute("delivered"), kind="amount"),
        Column("unit", _("unit"), 6, _unit(kind)),
    )


def _states(choices):
    return tuple(Part(state, words, f"v.state = '{state}'") for state, words in choices)


UNMATCHED = Part(
    "unmatched",
    _("still to be matched"),
    "v.state = 'open' AND v.promised < v.amount",
)
ON_THE_WAY = Part("on_the_way", _("promised, not delivered"), "v.delivered < v.promised")
# Entries by the end of the day, of the household ``v``, whose key there is ``{id}``.
ENTRIES = (
    "SELECT FROM assistance_pointentry p WHERE p.household_id = {id}"
    ' AND p.recorded_at < %(end)s AND p."on" <= %(day)s'
)
SUM = (
    "(SELECT coalesce(sum(p.points), 0) FROM assistance_pointentry p"
    " WHERE p.household_id = v.household_id AND p.recorded_at < %(end)s"
    ' AND p."on" <= %(day)s)'
)
HAVING_SOME = (
    "v.household_id IN (SELECT p.household_id FROM assistance_pointentry p"
    ' WHERE p.recorded_at < %(end)s AND p."on" <= %(day)s'
    " GROUP BY p.household_id HAVING sum(p.points) > 0)"
)
EARNED_LATELY = (
    "v.household_id IN (SELECT p.household_id FROM assistance_pointentry p"
    " WHERE p.recorded_at < %(end)s AND p.kind = 'earned'"
    ' AND p."on" <= %(day)s AND p."on" > %(day)s - 90)'
)
LATELY = (
    "EXISTS (SELECT FROM assistance_pointentry p WHERE p.household_id = v.household_id"
    " AND p.recorded_at < %(end)s AND p.kind = 'earned'"
    ' AND p."on" <= %(day)s AND p."on" > %(day)s - 90)'
)
LEDGERS = (
    Ledger(
        "social-needs",
        _("Social help: needs"),
        "XC 4.5.21, AH 4.2.3",
        _("Each need of a household, what was offered for it, promised and delivered."),
        "true",
        (
            *PLACE,
            *WHO,
            *KIND,
            Column("words", _("what is needed, and why"), 30, attribute("words")),
            *_counted("need_kind"),
            Column("state", _("how it stands"), 14, worded("state", NeedState.choices)),
            Column("givers", _("who gives"), 24, _text("givers"), blank="–"),
            _day("noted_on", _("noted on"), "noted_at"),
            _day("published_on", _("published on"), "published_at", _("not published")),
            Column("results", _("what came of it"), 24, _text("results"), blank="–"),
            *IN_CHARGE,
        ),
        (*_states(NeedState.choices), UNMATCHED, ON_THE_WAY),
        of=NEED,
    ),
    Ledger(
        "social-offers",
        _("Social help: offers"),
        "XC 4.5.21, GZ 4.7.2",
        _("Each offer of a company, organisation or person, and how much of it was used."),
        "true",
        (
            *PLACE[:3],
            Column("name", _("who gives"), 24, _text("name"), blank=_("removed"), screen=False),
            Column("giver", _("kind of giver"), 12, worded("giver", Giver.choices)),
            Column("words", _("what is offered"), 30, _text("words"), blank="–"),
            *_counted("offer_kind"),
            Column("state", _("how it stands"), 14, worded("state", OfferState.choices)),
            _day("made_on", _("offered on"), "made_at"),
            _day("checked_on", _("checked on"), "checked_at", _("not checked yet")),
        ),
        (*_states(OfferState.choices), UNMATCHED, ON_THE_WAY),
        of=OFFER,
    ),
    Ledger(
        "points",
        _("Points of the charity shop"),
        "AH 5.6, XC 4.4.20",
        _("Households with points: earned, spent and left. In the order of the register."),
        f"EXISTS ({ENTRIES})",
        (
            *PLACE,
            *WHO,
            *KIND,
            *TIER,
            Column("earned", pgettext_lazy("points", "earned"), 10, attribute("earned"),
                   kind="number"),
            Column("spent", pgettext_lazy("points", "spent"), 10, attribute("spent"),
                   kind="number"),
            Column("points_left", pgettext_lazy("points", "left"), 10, attribute("points_left"),
                   kind="number"),
            Column("earned_on", _("last earned on"), 12, attribute("earned_on"), kind="day",
                   blank="–"),
            *IN_CHARGE,
        ),
        (
            Part("some", _("with points to spend"), f"{SUM} > 0", HAVING_SOME),
            Part("idle", _("none earned for 90 days"), f"NOT {LATELY}", f"NOT {EARNED_LATELY}"),
        ),
    ),
)  # fmt: skip
