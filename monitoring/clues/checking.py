"""The check at home and what follows from it.

A risk that was found goes to whoever opens the case. That there is none the township confirms:
what a village reports becomes a fact only when it was checked and found true (AH 3.2).
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.refusals import Refused
from accounts.roles import VILLAGE
from accounts.typed import check_typed
from households.models import Visit
from households.models.choices import Status
from monitoring.cases.casework import open_case
from monitoring.cases.conditions import no_subject
from monitoring.clues.moving import arrive, claim, end, leave, record
from monitoring.clues.receiving import is_monitored
from monitoring.models import ClueAnswer, ClueState, ClueWhat
from monitoring.procedures import OPENED_AT, PROCEDURES, ROLE_AT

FINDINGS = (ClueAnswer.CASE_OPENED, ClueAnswer.NOT_CONFIRMED, ClueAnswer.ALREADY_MONITORED)
ANSWERING = ("edge_listing", "unstable_listing", "edge_poor", "return", "intervention")
LOOKED_AFTER = (Status.POOR, Status.RETURNED, Status.NEWLY_POOR, Status.INTERVENTION)
GANZHOU = "3607"  # where farm households become intervention targets (GZ 4.2.2)


def looked_after(household):
    return household.status in LOOKED_AFTER or is_monitored(household)


def procedures_for(household):
    """The procedures that may answer the clue by the household's status, the proposed first."""
    rows = [PROCEDURES[code] for code in ANSWERING]
    fitting = [row for row in rows if not no_subject(row, household)]
    first = household.village.code.startswith(GANZHOU)
    return sorted(fitting, key=lambda row: (row.code == "intervention") != first)


def latest_visit(clue):
    """The visit since the clue was received that the check may point to."""
    rows = Visit.objects.filter(household=clue.household, visited_on__gte=clue.found_on)
    return rows.order_by("-visited_on", "-id").first() if clue.household_id else None


@transaction.atomic
def check_clue(clue, *, finding, words, checked_on, procedure="", seen_version, by, at):
    """What was found at home, by the village. Returns the clue."""
    clue = claim(clue, seen_version, by)
    if clue.state != ClueState.CHECK:
        raise Refused(_("This clue has been checked already."))
    _check_given(clue, finding, words, checked_on, procedure, at)
    clue.checked_on, clue.checked_by = checked_on, by
    clue.finding, clue.words = finding, words.strip()
    clue.visit = latest_visit(clue)
    clue.procedure = procedure if finding == ClueAnswer.CASE_OPENED else ""
    record(
        clue, ClueWhat.CHECKED, because=_(": ").join([str(_found(finding)), words]), by=by, at=at
    )
    if finding == ClueAnswer.ALREADY_MONITORED:
        end(clue, finding, because=words, by=by, at=at, outcome="checked")
    elif finding == ClueAnswer.NOT_CONFIRMED:
        _pass_on(clue, ClueState.CONFIRM, "checked", words, by, at)
    elif OPENED_AT[procedure] == VILLAGE and by.role == ROLE_AT[VILLAGE]:
        clue.save()
        open_case(
            procedure=procedure, household=clue.household, because=words, clue=clue, by=by, at=at
        )
        clue.refresh_from_db()
    else:
        _pass_on(clue, ClueState.TO_OPEN, "checked", words, by, at)
    return clue


def _found(finding):
    return finding_words()[finding]


def finding_words():
    return {
        ClueAnswer.CASE_OPENED: _("a risk, to be taken up by a case"),
        ClueAnswer.NOT_CONFIRMED: _("no risk: not confirmed"),
        ClueAnswer.ALREADY_MONITORED: _("already monitored or helped"),
    }


def _check_given(clue, finding, words, checked_on, procedure, at):
    if finding not in FINDINGS:
        raise Refused(_("Choose what was found."))
    if not words.strip():
        raise Refused(_("Say what was found at home, and by what you know it."))
    check_typed(words)
    if checked_on > localdate(at):
        raise Refused(_("The check cannot lie in the future."))
    if checked_on < clue.found_on:
        raise Refused(_("The check must be made after the clue was received."))
    if finding == ClueAnswer.NOT_CONFIRMED:
        return
    if clue.household is None:
        raise Refused(_("Find the household in the register first, or register it."))
    if finding == ClueAnswer.ALREADY_MONITORED:
        if not looked_after(clue.household):
            raise Refused(_("The register does not show this household as monitored or helped."))
    elif procedure not in [row.code for row in procedures_for(clue.household)]:
        raise Refused(_("Choose the procedure that shall take it up."))


def _pass_on(clue, state, outcome, words, by, at):
    leave(clue, outcome, by=by, at=at, result=words)
    arrive(clue, state, by=by, at=at)
    clue.save()


@transaction.atomic
def confirm_clue(clue, *, because, seen_version, by, at):
    """The township confirms that there is no risk; the clue ends."""
    clue = claim(clue, seen_version, by)
    if clue.state != ClueState.CONFIRM:
        raise Refused(_("Only a clue that the village did not confirm is confirmed here."))
    _check_another(clue, by)
    check_typed(because)
    record(clue, ClueWhat.CONFIRMED, because=because, by=by, at=at)
    end(clue, ClueAnswer.NOT_CONFIRMED, because=because or clue.words, by=by, at=at)
    return clue


@transaction.atomic
def return_clue(clue, *, because, seen_version, by, at):
    """Back to the village, to be checked again."""
    clue = claim(clue, seen_version, by)
    if clue.state not in (ClueState.CONFIRM, ClueState.TO_OPEN):
        raise Refused(_("Only a clue that has been checked can be sent back."))
    if not because.strip():
        raise Refused(_("Say what is to be checked again."))
    check_typed(because)
    record(clue, ClueWhat.RETURNED, because=because, by=by, at=at)
    leave(clue, "returned", by=by, at=at, result=because)
    clue.procedure = ""
    arrive(clue, ClueState.CHECK, by=by, at=at)
    clue.save()
    return clue


@transaction.atomic
def open_case_of(clue, *, because="", seen_version, by, at):
    """The case that the village proposed, by the level that opens it. Returns the case."""
    clue = claim(clue, seen_version, by)
    if clue.state != ClueState.TO_OPEN:
        raise Refused(_("The village has not found a risk yet."))
    return open_case(
        procedure=clue.procedure, household=clue.household, because=because or clue.words,
        clue=clue, by=by, at=at,
    )  # fmt: skip


def _check_another(clue, by):
    if clue.checked_by and persons_behind(by) & persons_behind(clue.checked_by):
        raise Refused(_("Who checked at home cannot confirm it as well."))
