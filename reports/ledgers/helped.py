"""The newest measure that a ledger tells of, and ledgers whose rows are measures."""

from django.utils.translation import gettext_lazy as _

from assistance.models.measures import KINDS, Result
from assistance.spending import Source
from reports.ledgers.shape import (
    HELPED,
    IN_CHARGE,
    KIND,
    MEASURE,
    PLACE,
    TIER,
    WHO,
    Column,
    Ledger,
    Part,
    attribute,
    worded,
)

RESULTS = dict(Result.choices)
UNDER_WAY, NONE = _("under way"), _("none on record")


def state_of(result, day):
    """In words how a measure stood: under way, or how it ended."""
    return RESULTS.get(result, result) if day else UNDER_WAY


def _help(row):
    return KINDS.get(row.help.kind, row.help.kind) if row.help else NONE


def _help_state(row):
    return state_of(row.help.result, row.help.ended_on) if row.help else None


HELP = (
    Column("help", _("newest measure"), 18, _help),
    Column("help_state", _("how it stands"), 12, _help_state, blank="–"),
)


def _state(row):
    return state_of(row.result, row.ended_on)


PAID = (
    Column(
        "name", _("for whom"), 10, lambda row: row.member_name or None, blank=_("the household")
    ),
    Column("words", _("what is done"), 26, attribute("words")),
    Column(
        "amount", _("amount, yuan"), 12, attribute("amount"), kind="amount", blank=_("not stated")
    ),
    Column("source", _("source of the money"), 16, worded("source", Source.choices), blank="–"),
    Column("started_on", _("begun on"), 12, attribute("started_on"), kind="day"),
    Column(
        "due_on", _("to be done by"), 12, attribute("due_on"), kind="day", blank=_("no day set")
    ),
    Column("state", _("how it stands"), 12, _state),
    Column(
        "result_words", _("what came of it"), 20, lambda row: row.result_words or None, blank="–"
    ),
    Column("carrier", _("who sees to it"), 12, attribute("responsible")),
)
PROGRESS = (
    Part("open", UNDER_WAY, "v.ended_on IS NULL"),
    Part("late", _("past its day"), "v.ended_on IS NULL AND v.due_on < %(day)s"),
    Part("done", _("done"), "v.result = 'done'"),
    Part("given_up", _("ended otherwise"), "v.ended_on IS NOT NULL AND v.result <> 'done'"),
)


def _measures(slug, words, clause, note, kinds):
    columns = PLACE + WHO + KIND + TIER + PAID + IN_CHARGE
    named = ", ".join(f"'{kind}'" for kind in kinds)
    return Ledger(
        slug,
        words,
        clause,
        note,
        HELPED,
        columns,
        PROGRESS,
        of=MEASURE,
        subjects=named,
        kinds=kinds,
    )


LEDGERS = (
    _measures(
        "micro-credit",
        _("Micro-credit"),
        "AH 5.1",
        _("Each loan on record: for whom, how much, until when, how it stands."),
        ("micro_credit",),
    ),
    _measures(
        "photovoltaic",
        _("Photovoltaic income"),
        "AH 5.1, GZ 4.3.1",
        _("Each share of a power plant's income on record, with its amount."),
        ("photovoltaic",),
    ),
)
