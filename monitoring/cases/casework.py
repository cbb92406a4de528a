"""Acts that move a case along its chain. Each checks, writes, and leaves a line in the trail.

A case moves by a conditional update on its version, so of two officers at once exactly one has an
effect and the other is told what happened (``TakenFirst``). Nobody acts at two steps of a case,
whatever posts the officer holds; rights follow from the post alone, so a superuser has none here
(domain.md 1, 4).
"""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.refusals import Refused
from accounts.typed import check_typed
from accounts.workdays import add_workdays
from monitoring.cases.conditions import failures_of, no_subject
from monitoring.cases.judging import judged_for, months_before
from monitoring.cases.known import Known
from monitoring.cases.moving import (
    arrive,
    check_asked,
    check_desk,
    check_part,
    check_words,
    claim,
    desk,
    end,
    level_words,
    move_forward,
    next_number,
    propose,
    record,
    role_words,
    save,
    take_part,
)
from monitoring.cases.outcomes import hold_household, taken_back, undo
from monitoring.cases.proposals import checked_proposal
from monitoring.clues import with_cases
from monitoring.models import (
    Case,
    CaseActor,
    Consolidation,
    State,
    What,
)
from monitoring.policy.parameters import figures_on
from monitoring.procedures import PROCEDURES, ROLE_AT
from monitoring.tiers.days import check_no_line_under_way


class NotYet(Refused):
    """What must be mended first: ``failures`` are findings, each with sentence, clause and link."""

    def __init__(self, failures):
        super().__init__(" ".join(str(failure.sentence) for failure in failures))
        self.failures = failures


@transaction.atomic
def open_case(*, procedure, household, by, at, proposal=None, because="", clue=None, flag=None):
    """Puts a new case on the desk of its first step. ``proposal`` and ``because`` may come later.

    A household whose monitoring was closed before is marked again 再标注: the new case names the
    closing. Raises ``Refused`` for a wrong officer or household, or an open case of the kind.
    """
    row = PROCEDURES[procedure]
    check_typed(because)
    hold_household(household)
    check_may_open(row, household, by)
    case = _begin(row, household, by, at, proposal, because, clue, flag)
    take_part(case, by)
    record(
        case, What.MARKED_AGAIN if case.earlier_id else What.OPENED, because=because, by=by, at=at
    )
    with_cases.taken_up(case, by=by, at=at)
    return case


@transaction.atomic
def open_by_itself(*, procedure, household, at, proposal, because):
    """What the system opens: nobody has taken part yet, so whoever has the first desk submits it.

    Raises ``Refused`` as ``open_case`` does, but for the officer.
    """
    row = PROCEDURES[procedure]
    hold_household(household)
    check_subject(row, household)
    case = _begin(row, household, None, at, proposal, because, None, None)
    changes = [[f"proposal.{name}", "", value] for name, value in case.proposal.items()]
    record(case, What.OPENED, because=because, changes=changes, by=None, at=at)
    return case


def _begin(row, household, by, at, proposal, because, clue, flag):
    """The case on its first desk; the caller holds the household."""
    day = localdate(at)
    if row.code == "tier":
        check_no_line_under_way(household)
    figures = figures_on(day, [household.county])[household.county_id]
    variant = row.variant_for(household.village.code, day, figures)
    earlier = _earlier_closing(household) if row.lists else None
    try:
        with transaction.atomic():
            return Case.objects.create(
                procedure=row.code,
                variant=variant.code,
                number=next_number(row.letter, household.county_id, day.year),
                household=household,
                waiting_at=desk(household, variant.steps[0]),
                waiting_role=variant.steps[0].role,
                arrived_at=at,
                due_on=add_workdays(day, variant.steps[0].days),
                opened_by=by,
                opened_at=at,
                because=because,
                proposal=checked_proposal(row, household, proposal or {}),
                judged=judged_for(household, day, figures),
                clue=clue,
                flag=flag or household.red_flags.open().first(),
                earlier=earlier,
                reopened=_within_months(earlier, figures["reopen_months"], day),
            )
    except IntegrityError:
        other = household.cases.filter(procedure=row.code).first()
        raise Refused(
            _("A case of this kind is already under way for this household: %(number)s.")
            % {"number": other.number if other else row.words}
        ) from None


def check_may_open(row, household, by):
    level = row.variants[0].steps[0].level
    if by.role != ROLE_AT[level] or by.division_id != getattr(household, LEVEL_COLUMNS[level]):
        raise Refused(
            _("This case is opened by the %(role)s of the household's %(level)s.")
            % {"role": role_words(ROLE_AT[level]), "level": level_words(level)}
        )
    check_subject(row, household)


def check_subject(row, household):
    if sentence := no_subject(row, household):
        raise Refused(sentence)


def _earlier_closing(household):
    closings = [code for code, row in PROCEDURES.items() if row.closes]
    return household.cases.filter(procedure__in=closings, state=State.DONE).first()


def _within_months(earlier, months, day):
    return earlier is not None and localdate(earlier.ended_at) > months_before(day, int(months))


@transaction.atomic
def pass_on(case, *, seen_version, by, at, because="", proposal=None):
    """Passes the case to its next step, or concludes it. Returns the case.

    Raises ``TakenFirst`` when it has moved since ``seen_version``, ``NotYet`` with all that must be
    mended first, ``Refused`` for a wrong officer.
    """
    check_typed(because)
    case = claim(case, seen_version, by)
    check_desk(case, by)
    check_asked(case, proposal or {})
    changes = propose(case, proposal or {}, because)
    take_part(case, by)
    if case.at_step.outcomes:
        hold_household(case.household)
    if failures := failures_of(case, by, Known([case], localdate(at), because=because)):
        raise NotYet(failures)
    if case.at_step.consolidates and case.consolidation_id is None:
        _consolidate([case], by, at)
    move_forward(case, because, changes, by, at)
    return case


@transaction.atomic
def change_request(case, *, seen_version, by, at, because, proposal):
    """Changes what is asked for, at the first step, where the request is written."""
    check_typed(because)
    case = claim(case, seen_version, by)
    check_desk(case, by)
    if case.step != 0:
        raise Refused(_("The request is changed where it was written; return the case first."))
    check_part(case, by)
    if changes := propose(case, proposal, because):
        save(case)
        record(case, What.CHANGED, changes=changes, by=by, at=at)
    return case


@transaction.atomic
def return_case(case, *, seen_version, because, by, at, to_start=False):
    """Back to the step before, or to the start, with the reason."""
    case = claim(case, seen_version, by)
    check_desk(case, by)
    check_words(because, _("Say why the case is returned."))
    if case.step == 0:
        raise Refused(_("The case is at its first step; it can be withdrawn, not returned."))
    take_part(case, by)
    to = 0 if to_start else step_before(case)
    record(case, What.RETURNED, to_step=to, because=because, by=by, at=at)
    arrive(case, to, at)
    return case


def step_before(case):
    """Where a return goes: the step before that people take."""
    return max(n for n in range(case.step) if not case.steps[n].by_departments)


@transaction.atomic
def withdraw(case, *, seen_version, because, by, at):
    """The submitter takes the case back, before the first review."""
    case = claim(case, seen_version, by)
    check_words(because, _("Say why the case is withdrawn."))
    if not may_withdraw(case, by):
        raise Refused(
            _("Only the officer who submitted the case may withdraw it, before the first review.")
        )
    changes = taken_back(case, because=because, by=by, at=at)
    record(case, What.WITHDRAWN, because=because, changes=changes, by=by, at=at)
    end(case, State.WITHDRAWN, at)
    return case


def may_withdraw(case, by):
    """While it is at home, or on the desk of the first review, which nobody has made yet: that is
    the first step at another level than that of the submission."""
    submitted = CaseActor.objects.filter(case=case, step=0, officer__in=persons_behind(by))
    reviewed = next(
        (n for n, step in enumerate(case.steps) if step.level != case.steps[0].level), 0
    )
    at_home = by.role == case.steps[0].role
    if not case.is_open or case.step > reviewed or not at_home or not submitted.exists():
        return False
    return case.step < reviewed or not case.actors.filter(step__gte=reviewed).exists()


@transaction.atomic
def refuse(case, *, seen_version, because, by, at):
    """Ends the case: what it asked for is not so."""
    case = claim(case, seen_version, by)
    check_desk(case, by)
    check_words(because, _("Say why it is not confirmed."))
    if not case.at_step.may_refuse:
        raise Refused(_("At this step a case can be returned, not ended."))
    take_part(case, by)
    changes = taken_back(case, because=because, by=by, at=at)
    record(case, What.REFUSED, because=because, changes=changes, by=by, at=at)
    end(case, State.REFUSED, at)
    return case


@transaction.atomic
def roll_back(case, *, seen_version, because, by, at):
    """Undoes a concluded case that was wrong, by the level that decided it (domain.md 4, 回退).

    The register is as before it, and a flag that it ended stands as if never closed.
    """
    check_typed(because)
    case = claim(case, seen_version, by, state=State.DONE)
    check_words(because, _("Say why it was wrong."))
    if not may_roll_back(case, by):
        raise Refused(
            _("Only the %(role)s who decides this procedure may roll it back.")
            % {"role": role_words(case.steps[decided_at(case)].role)}
        )
    case.step = decided_at(case)
    take_part(case, by)
    changes = undo(case, because=because, by=by, at=at)
    record(case, What.ROLLED_BACK, because=because, changes=changes, by=by, at=at)
    case.state, case.ended_at = State.ROLLED_BACK, at
    save(case)
    if case.row.lists:
        with_cases.taken_back(case, by=by, at=at)
    return case


def decided_at(case):
    """The last step that changed the register: its level set the mark."""
    return max(n for n, step in enumerate(case.steps) if set(step.outcomes) - {"start_help"})


def may_roll_back(case, by):
    step = case.steps[decided_at(case)]
    home = getattr(case.household, LEVEL_COLUMNS[step.level])
    return case.state == State.DONE and by.role == step.role and by.division_id == home


@transaction.atomic
def consolidate(cases, *, by, at):
    """Passes a township's closing requests up in one list. ``cases``: (case, seen version) pairs.

    All or none: raises ``NotYet`` for the first case that cannot pass.
    """
    in_order = sorted(cases, key=lambda pair: pair[0].pk)  # two lists at once do not lock crosswise
    claimed = [claim(case, version, by) for case, version in in_order]
    if not claimed:
        raise Refused(_("Choose the households of the list."))
    for case in claimed:
        check_desk(case, by)
        if not case.at_step.consolidates:
            raise Refused(_("%(number)s is not consolidated.") % {"number": case.number})
        take_part(case, by)
    known = Known(claimed, localdate(at))
    for case in claimed:
        if failures := failures_of(case, by, known):
            raise NotYet(failures)
    made = _consolidate(claimed, by, at)
    for case in claimed:
        move_forward(case, "", [], by, at)
    return made


def _consolidate(cases, by, at):
    made = Consolidation.objects.create(
        township=by.division,
        number=next_number("汇", by.division.county_id, localdate(at).year),
        made_by=by,
        made_at=at,
    )
    for case in cases:
        case.consolidation = made
    return made
