"""What a case rested on beside what holds now: the facts that changed, rule by rule."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from households.wording import plain
from monitoring.cases.words import first_capital
from monitoring.evidence import Evidence
from monitoring.explaining import mark_of
from monitoring.models import FACT_NAMES, Assessment
from monitoring.policy.rules import RULES

MARKS = ("red", "yellow", "unknown")


@dataclass(frozen=True)
class Said:
    """A value with the day and origin that stand small below it; ``tier`` draws the mark."""

    value: str
    note: str = ""
    tier: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    then: Said
    now: Said


@dataclass(frozen=True)
class Comparison:
    since: date
    flagged: bool  # then = when the red flag was set, else when the case was opened
    rows: tuple
    changed: int


def comparison(case, now, today):
    """The changed facts of the rules that spoke then or speak now; None without either side."""
    then, since, flagged = _then(case)
    if not then or not now:
        return None
    before = Evidence(case.household, then, since)
    after = Evidence(case.household, now, today)
    spoke = sum(then[mark] | now[mark] for mark in MARKS[:1]) | then["yellow"] | now["yellow"]
    spoke |= then["unknown"] | now["unknown"]
    rules = [rule for rule in RULES if rule.bit & spoke]
    old, new = _pieces(before, rules), _pieces(after, rules)
    labels = [label for label in {**old, **new} if _value(old, label) != _value(new, label)]
    rows = [Row(label, _said(old.get(label)), _said(new.get(label))) for label in labels]
    fixed = [*_income(then, now), *_marks(then, now, rules), _tier(then, now)]
    return Comparison(since, flagged, (*rows, *fixed), len(rows))


def _then(case):
    """(row, day, whether it is that of the flag): a closing looks back to the flag's opening."""
    if case.flag and case.row.closes:
        rows = Assessment.objects.filter(household=case.household_id, run=case.flag.opened_by_id)
        if found := rows.select_related("run").first():
            names = [*FACT_NAMES, *MARKS, "tier"]
            return {name: getattr(found, name) for name in names}, found.run.as_of, True
    if "as_of" not in case.judged:
        return None, None, False
    row = {name: _value_of(name, value) for name, value in case.judged.items() if name != "as_of"}
    return row, date.fromisoformat(case.judged["as_of"]), False


def _value_of(name, value):
    """JSON keeps amounts and days as strings."""
    return None if value is None else Assessment._meta.get_field(name).to_python(value)


def _pieces(evidence, rules):
    """Label -> piece of what the rules read; the last one with a label stands."""
    pieces = [piece for rule in rules for piece in evidence.of(rule)]
    return {piece.label: piece for piece in pieces}


def _value(pieces, label):
    return pieces[label].value if label in pieces else ""


def _said(piece):
    if piece is None:
        return Said("")
    day = plain(piece.on) if piece.on else ""
    return Said(piece.value, " ".join(filter(None, [day, str(piece.origin)])))


def _income(then, now):
    if then.get("per_capita") is None and now.get("per_capita") is None:
        return []
    sides = [_yuan(row.get("per_capita")) for row in (then, now)]
    return [Row(_("Per-capita net income"), *sides)]


def _yuan(amount):
    return Said("" if amount is None else _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"})


def _marks(then, now, rules):
    """Rules whose answer turned."""
    for rule in rules:
        was, is_ = mark_of(rule, then), mark_of(rule, now)
        if was != is_:
            yield Row(first_capital(rule.words), Said("", tier=was), Said("", tier=is_))


def _tier(then, now):
    return Row(_("Analysis"), Said("", tier=then["tier"]), Said("", tier=now["tier"]))
