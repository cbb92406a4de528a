"""What a case means for the clue that it takes up; called by ``monitoring/cases``."""

from django.db.models import F

from monitoring.clues.moving import arrive, end, leave, record
from monitoring.models import Clue, ClueAnswer, ClueState, ClueWhat, State


def _held(clues):
    rows = clues.open().select_for_update(of=("self",))
    return rows.select_related("household", "village__county")


def taken_up(case, *, by, at):
    """The clue waits for the case; whoever had it on the desk is done with it."""
    clue = _held(Clue.objects.filter(pk=case.clue_id)).first()
    if clue is None:
        return
    record(clue, ClueWhat.CASE, because=f"{case.number} {case.row.words}", by=by, at=at)
    leave(clue, "case", by=by, at=at, result=case.number)
    clue.state, clue.step_due_on, clue.procedure = ClueState.CASE, None, case.procedure
    clue.version = F("version") + 1
    clue.save()


def listed_by(case, *, at, by=None):
    """A listing answers whatever clue of the household is open."""
    for clue in _held(Clue.objects.filter(household=case.household_id)):
        end(clue, ClueAnswer.CASE_OPENED, because=case.number, by=by, at=at, outcome="case")


def case_over(case, state, *, at):
    """Concluded: answered. Refused: not confirmed. Withdrawn: nobody has answered the clue yet."""
    clue = _held(Clue.objects.filter(pk=case.clue_id, state=ClueState.CASE)).first()
    if clue is None:
        return
    if state == State.WITHDRAWN:
        record(clue, ClueWhat.CASE_LEFT, because=case.number, by=None, at=at)
        clue.procedure = ""
        arrive(clue, ClueState.CHECK, by=None, at=at)
        clue.save()
    else:
        refused = state == State.REFUSED
        answer = ClueAnswer.NOT_CONFIRMED if refused else ClueAnswer.CASE_OPENED
        end(clue, answer, because=case.number, by=None, at=at, outcome="case")


def taken_back(case, *, by, at):
    """A listing rolled back: the clue that it ended waits again, unless a newer one does."""
    clues = Clue.objects.filter(household=case.household_id)
    ended = clues.filter(state=ClueState.ENDED, answer=ClueAnswer.CASE_OPENED, because=case.number)
    clue = ended.select_for_update(of=("self",)).select_related("household", "village__county")
    clue = clue.order_by("-ended_on", "-id").first()
    if clue is None or clues.open().exists():
        return
    record(clue, ClueWhat.CASE_LEFT, because=case.number, by=by, at=at)
    clue.ended_on, clue.answer, clue.because, clue.procedure = None, "", "", ""
    clue.version = F("version") + 1
    arrive(clue, ClueState.CHECK, by=by, at=at)
    clue.save()
