"""A big change reported by a visit opens a single adjustment of the tier at once (LA 2.1.2).

Big is what gives another tier than the ledger's by the analysis of the facts as they are now. The
system opens the case; the village submits it. Each change is settled in a transaction of its own:
killed, doubled or late, the calendar's next run comes to the same.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.refusals import Refused
from households.wording import plain
from monitoring.cases.casework import open_by_itself
from monitoring.cases.conditions import no_subject
from monitoring.cases.outcomes import hold_household
from monitoring.cases.proposals import TIERS
from monitoring.models import Case, ReportedChange
from monitoring.models import ChangeAnswer as Answer
from monitoring.models.rounds import UNDER_WAY
from monitoring.policy.judging import judge_now
from monitoring.policy.parameters import figures_on
from monitoring.policy.rules import rules_of
from monitoring.policy.sentences import joined, sentence
from monitoring.procedures import PROCEDURES
from monitoring.tiers.before import analysed_before, divided_since

BATCH = 200
LATELY = timedelta(days=31)  # how long it is looked again at what something stood in the way of
WEIGHTY = {"event", "assurance", "risk"}  # other facts count only where they turned the analysis
IN_THE_WAY = {Answer.UNKNOWN, Answer.UNDER_WAY, Answer.ROUND}


def adjust(changes, *, at):
    """Looks at ``changes`` (rows of ``ReportedChange``); returns how many cases it opened.

    A change that fails does not keep the others waiting; the first failure is raised at the end.
    """
    ids, opened, failure = list(changes.order_by("id").values_list("id", flat=True)), 0, None
    for start in range(0, len(ids), BATCH):
        batch = ReportedChange.objects.filter(id__in=ids[start : start + BATCH])
        batch = list(batch.select_related("visit__household__county"))
        judged, figures = _judged([row.visit.household for row in batch], localdate(at))
        for change in batch:
            household = change.visit.household
            try:
                seen = judged.get(household.id), figures[household.county_id]
                opened += _settle(change.id, *seen, at)
            except Exception as error:  # noqa: BLE001 (raised below)
                failure = failure or error
    if failure:
        raise failure
    return opened


def adjust_waiting(*, at):
    """By the calendar: what no run has looked at yet."""
    return adjust(ReportedChange.objects.waiting(), at=at)


def adjust_again(*, at):
    """By the chase of the morning: also what something stood in the way of."""
    return adjust(ReportedChange.objects.unsettled(since=at - LATELY), at=at)


def _judged(households, day):
    figures = figures_on(day, list({household.county for household in households}))
    judged = judge_now([one.id for one in households], as_of=day, figures=figures)
    return judged, figures


@transaction.atomic
def _settle(change_id, row, figures, at):
    """Writes down what was found of one change, and opens the case. Another run that is at the
    same change leaves it alone."""
    held = ReportedChange.objects.select_for_update(of=["self"], skip_locked=True)
    held = held.select_related("visit__household__village", "visit__household__county")
    change = held.filter(pk=change_id, settled=False).first()
    if change is None:
        return False
    hold_household(change.visit.household)
    with override(settings.LANGUAGE_CODE):  # the trail is written once, for everybody
        change.answer, change.case = _answered(change, row, figures, at)
    change.analysed = row["tier"] if row else ""
    change.looked_at, change.settled = at, change.answer not in IN_THE_WAY
    change.save(update_fields=["answer", "case", "analysed", "looked_at", "settled"])
    return change.case is not None


def _answered(change, row, figures, at):
    """(answer, case or None)."""
    household = change.visit.household
    if answer := _stands(change, household, row):
        return answer, None
    try:
        case = open_by_itself(
            procedure="tier",
            household=household,
            proposal={"tier": row["tier"]},
            because=_reason(change, row, figures),
            at=at,
        )
    except Refused:
        return Answer.UNDER_WAY, None
    return Answer.OPENED, case


def _stands(change, household, row):
    """What speaks against opening a case, or nothing."""
    weighty = WEIGHTY & set(change.what)
    if no_subject(PROCEDURES["tier"], household):
        return Answer.OUTSIDE
    if row is None or row["tier"] not in TIERS:
        return Answer.UNKNOWN
    if row["tier"] == household.tier:
        return Answer.SAME
    if household.tier not in TIERS and not weighty:
        return Answer.UNDIVIDED
    if not weighty and analysed_before(change) == row["tier"]:
        return Answer.KNOWN
    if divided_since(change):
        return Answer.DIVIDED
    if Case.objects.open().filter(household=household, procedure="tier").exists():
        return Answer.UNDER_WAY
    if household.tier_lines.filter(state__in=UNDER_WAY).exists():
        return Answer.ROUND
    return None


def _reason(change, row, figures):
    """The visit and what the analysis says now, in at most the length of a reason."""
    visit = change.visit
    said = _("A big change, reported by the visit of %(day)s:") % {"day": plain(visit.visited_on)}
    found = [
        sentence(rule, mark, row, figures)
        for mark in ("red", "yellow")
        for rule in rules_of(row[mark])
    ]
    return joined([said, *found])[:1000]
