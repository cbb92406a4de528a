"""What an officer may open for a household, why not the rest, and what the form begins with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from monitoring.cases.casework import check_may_open
from monitoring.cases.proposals import TIERS
from monitoring.models import Case, Clue, ClueState, RedFlag
from monitoring.policy.judging import judge_now
from monitoring.policy.parameters import figures_on
from monitoring.policy.rules import rules_of
from monitoring.policy.sentences import joined, sentence
from monitoring.procedures import PROCEDURES, ROLE_AT


@dataclass(frozen=True)
class Choice:
    """A procedure for the household: ``why_not`` is blank where the post may open it."""

    row: object
    why_not: str = ""
    case: object = None  # of the kind, under way


def why_not(row, household, post):
    """The sentence that keeps ``post`` from opening the procedure, or nothing."""
    try:
        check_may_open(row, household, post)
    except Refused as refused:
        return str(refused)
    return ""


def choices_of(household, post, open_cases):
    """Every procedure, those that may be opened first. Nothing for a post that opens none."""
    if post.role not in ROLE_AT.values():
        return []
    under_way = {case.procedure: case for case in open_cases}
    found = []
    for code, row in PROCEDURES.items():
        reason, case = why_not(row, household, post), under_way.get(code)
        if case and not reason:
            reason = _("A case of this kind is already under way.")
        found.append(Choice(row, reason, case))
    return sorted(found, key=lambda choice: bool(choice.why_not))


def first_that_may(household, post, codes):
    """The first of these procedures that ``post`` may open; asks no database."""
    return next((code for code in codes if not why_not(PROCEDURES[code], household, post)), "")


def kinds(what):
    """Codes of the procedures that close, list, or propose a tier: ``what`` is their attribute."""
    return [code for code, row in PROCEDURES.items() if getattr(row, what)]


@dataclass
class Beginning:
    """What is known when the form opens: the analysis of today, and words for the reason."""

    analysed: str
    said: list  # [(mark, rule, sentence)], the worst first
    tier: str
    because: str


def beginning_of(row, household, today):
    figures = figures_on(today, [household.county])[household.county_id]
    judged = judge_now([household.id], as_of=today, figures={household.county_id: figures})
    judged = judged.get(household.id)
    said = [
        (mark, rule, sentence(rule, mark, judged, figures))
        for mark in ("red", "yellow")
        for rule in (rules_of(judged[mark]) if judged else ())
    ]
    analysed = judged["tier"] if judged else "unknown"
    tier = analysed if analysed in TIERS else household.tier if household.tier in TIERS else ""
    because = _removed(household) if row.closes else joined(words for _m, _r, words in said)
    return Beginning(analysed, said, tier, because)


def _removed(household):
    flag = RedFlag.objects.open().filter(household=household).first()
    if flag is None:
        return ""
    names = _(", ").join(str(rule.words) for rule in rules_of(flag.rules))
    return _("The risks of the red flag are removed: %(rules)s.") % {"rules": names}


def clue_of(row, household):
    """A listing takes up the open clue of the household."""
    if not row.lists:
        return None
    return Clue.objects.open().exclude(state=ClueState.CASE).filter(household=household).first()


def cases_of(household, post):
    rows = Case.objects.visible_to(post).filter(household=household)
    return list(rows.select_related("waiting_at"))
