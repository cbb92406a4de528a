"""A rule speaks with its figures: the sentence of its answer, and what would turn it."""

import string
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from households.models.choices import EventKind
from households.wording import plain
from monitoring.policy.parameters import PARAMETERS
from monitoring.policy.rules import rules_of


class Words(string.Formatter):
    """``{net:yuan}``, ``{drop:share}``, ``{longest_work:months}``, ``{day:day}``, ``{x:plain}``."""

    def format_field(self, value, spec):
        if value is None:
            return _("(not known)")
        if spec == "yuan":
            return f"{value:,.2f}"
        if spec == "share":
            return f"{100 * value:.1f}%"
        if spec in ("months", "plain", ""):
            return plain(value) if not isinstance(value, int) else str(value)
        return plain(value)

    def get_value(self, key, args, kwargs):
        return kwargs.get(key)


def context(row, figures):
    """What a sentence may name: facts, figures, and what follows from them."""
    known = {name: value for name, value in figures.items() if name in PARAMETERS}
    known |= row
    net, rigid = row.get("net"), row.get("rigid")
    known["rigid_part"] = _part(rigid, net)
    known["rigid_gap"] = _to_the_next_share(rigid, net, figures)
    known["transfer_part"] = _part(row.get("transfer"), row.get("gross"))
    kept = _part(net, row.get("previous_net"))
    known["drop"] = None if kept is None else 1 - kept
    per_capita, line = row.get("per_capita"), figures.get("line")
    known["to_line"] = None if None in (per_capita, line) else max(line - per_capita, Decimal(0))
    event = row.get("sudden_event")
    known["event"] = str(EventKind(event).label) if event else None
    return known


def _part(amount, of):
    return None if amount is None or not of or of <= 0 else amount / of


def sentence(rule, answer, row, figures):
    """The rule's sentence for an answer of ``red`` or ``yellow``."""
    return _said(rule, answer, context(row, figures))


def _said(rule, answer, known):
    texts = rule.sentences(answer, known)
    return joined(Words().format(str(text), **known) for text in texts)


def joined(sentences):
    """One after the other; Chinese sets no space between sentences."""
    return ("" if (get_language() or "").startswith("zh") else " ").join(sentences)


def _to_the_next_share(rigid, net, figures):
    """What net income lacks until rigid expenditure is only yellow, or no longer that."""
    if rigid is None or net is None:
        return None
    red = rigid > net * figures["rigid_red"]
    return rigid / figures["rigid_red" if red else "rigid_yellow"] - net


def turning(rule, row, figures):
    return _said(rule, "turns", context(row, figures))


def fired(row, figures):
    """Sentence and clause of each red rule, for the report: [(rule, sentence)]."""
    known = context(row, figures)
    return [(rule, _said(rule, "red", known)) for rule in rules_of(row["red"])]
