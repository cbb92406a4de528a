"""What is put to a case at its step: papers, notices, objections, votes, departments' answers.

Whoever holds the desk of the step records; it does not count as taking part in the step, because
it decides nothing. Every record takes hold of the case first, so none slips in beside a decision.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from accounts.typed import check_typed, starred
from accounts.workdays import add_workdays
from households.wording import plain
from monitoring.cases.moving import TakenFirst, at_desk, departments_done, record, what_happened
from monitoring.models import (
    Case,
    Enquiry,
    Meeting,
    Notice,
    Objection,
    Paper,
    What,
)
from monitoring.policy.parameters import figures_on
from monitoring.procedures import PaperKind, StepAct

ANSWER_DAYS = 3  # working days that a department has (default)
MOST_PAPERS = 40


def _held(case, by):
    """The case, held until the transaction ends; refuses who does not have it on the desk."""
    held = Case.objects.select_for_update(of=["self"]).select_related("household__county")
    held = held.get(pk=case.pk)
    if not at_desk(held, by):
        if held.is_open and held.version == case.version:
            raise Refused(_("The case is not on your desk; you may read it, and add nothing."))
        raise TakenFirst(what_happened(held, by))
    return held


@transaction.atomic
def add_paper(case, *, kind, file, name, digest, by, at):
    """``file`` is a checked one (``households/papers``). The same file twice is one paper."""
    case = _held(case, by)
    kind = PaperKind(kind)
    if case.papers.filter(removed_at=None).count() >= MOST_PAPERS:
        raise Refused(_("A case holds at most %(most)d papers.") % {"most": MOST_PAPERS})
    paper = Paper(
        case=case,
        kind=kind,
        file=file,
        name=starred(name)[:120],
        size=file.size,
        digest=digest,
        added_by=by,
        added_at=at,
    )
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError:
        paper.file.delete(save=False)  # written before the row was refused
        return case.papers.get(kind=kind, digest=digest, removed_at=None)
    record(case, What.PAPER, because=f"{kind.label}: {paper.name}", by=by, at=at)
    return paper


@transaction.atomic
def remove_paper(paper, *, because, by, at):
    """Takes a paper out that does not belong here; it stays on record."""
    check_typed(because)
    case = _held(paper.case, by)
    if not because.strip():
        raise Refused(_("Say why the paper is taken out."))
    if paper.added_by.division_id != by.division_id:
        raise Refused(_("A paper is taken out by the office that put it in."))
    if Paper.objects.filter(pk=paper.pk, removed_at=None).update(removed_at=at):
        record(case, What.PAPER_REMOVED, because=f"{paper.name}: {because}", by=by, at=at)


@transaction.atomic
def put_up_notice(case, *, place, up_on, until, by, at):
    check_typed(place)
    case = _held(case, by)
    _check_step(case, StepAct.NOTICE)
    figures = figures_on(localdate(at), [case.household.county])[case.household.county_id]
    days = int(figures["notice_days"])
    _check_since_opening(case, up_on)
    if up_on > localdate(at):
        raise Refused(_("The notice is recorded when it hangs, not before."))
    if until < up_on + timedelta(days=days):
        raise Refused(
            _("The notice must stay up for at least %(days)d days, until %(day)s.")
            % {"days": days, "day": plain(up_on + timedelta(days=days))}
        )
    if case.notices.filter(down_on=None).exists():
        raise Refused(_("A notice of this case hangs already; take it down first."))
    notice = Notice.objects.create(
        case=case, step=case.step, place=place, up_on=up_on, until=until, put_up_by=by
    )
    record(case, What.NOTICE_UP, because=place, by=by, at=at)
    return notice


@transaction.atomic
def take_down_notice(notice, *, down_on, by, at):
    case = _held(notice.case, by)
    if not notice.up_on <= down_on <= localdate(at):
        raise Refused(_("The day lies between the putting up and today."))
    if not Notice.objects.filter(pk=notice.pk, down_on=None).update(
        down_on=down_on, taken_down_by=by
    ):
        raise Refused(_("The notice has been taken down already."))
    record(case, What.NOTICE_DOWN, because=notice.place, by=by, at=at)


@transaction.atomic
def raise_objection(notice, *, words, raised_on, by, at):
    """An objection of somebody from the village, as the village wrote it down; sent twice, one."""
    check_typed(words)
    case = _held(notice.case, by)
    if not notice.up_on <= raised_on <= localdate(at):
        raise Refused(_("An objection is raised while the notice hangs, not after today."))
    if not words.strip():
        raise Refused(_("Write down what was objected."))
    said = {"notice": notice, "words": words, "raised_on": raised_on}
    if again := case.objections.filter(**said).first():
        return again
    objection = Objection.objects.create(case=case, recorded_by=by, **said)
    record(case, What.OBJECTION, because=words, by=by, at=at)
    return objection


@transaction.atomic
def answer_objection(objection, *, answer, upheld, by, at):
    check_typed(answer)
    case = _held(objection.case, by)
    if not answer.strip():
        raise Refused(_("Write down what was found and answered."))
    if not Objection.objects.filter(pk=objection.pk, upheld=None).update(
        answer=answer, upheld=upheld, answered_by=by, answered_at=at
    ):
        raise Refused(_("The objection has been answered already."))
    record(case, What.OBJECTION_ANSWERED, because=answer, by=by, at=at)


@transaction.atomic
def hold_democratic_review(
    case, *, held_on, place, chair, in_favour, against, abstained, by, at
):  # fmt: skip
    check_typed(place, chair)
    case = _held(case, by)
    _check_step(case, StepAct.DEMOCRATIC_REVIEW)
    _check_since_opening(case, held_on)
    if held_on > localdate(at):
        raise Refused(_("A meeting is recorded when it has been held, not before."))
    present = in_favour + against + abstained
    if not present:
        raise Refused(_("Somebody must have been present."))
    said = {
        "step": case.step,
        "held_on": held_on,
        "place": place,
        "chair": chair,
        "in_favour": in_favour,
        "against": against,
        "abstained": abstained,
    }
    if again := case.meetings.filter(**said).first():  # sent twice, it is one
        return again
    meeting = Meeting.objects.create(case=case, present=present, recorded_by=by, **said)
    votes = _("%(present)d present: %(for)d for, %(against)d against, %(abstained)d abstained")
    votes %= {"present": present, "for": in_favour, "against": against, "abstained": abstained}
    record(case, What.DEMOCRATIC_REVIEW, because=votes, by=by, at=at)
    return meeting


@transaction.atomic
def ask_department(case, *, department, question, by, at):
    """Asks a department of the county 部门协查 (GZ 4.2.2)."""
    check_typed(question)
    case = Case.objects.select_for_update(of=["self"]).get(pk=case.pk)
    check_may_ask(case, by)
    if not question.strip():
        raise Refused(_("Write what the department is asked."))
    try:
        with transaction.atomic():
            enquiry = Enquiry.objects.create(
                case=case,
                department=department,
                asked_at_division=by.division,
                question=question,
                asked_by=by,
                asked_at=at,
                due_on=add_workdays(localdate(at), ANSWER_DAYS),
            )
    except IntegrityError:
        raise Refused(_("This department is already asked and has not answered yet.")) from None
    words = f"{enquiry.get_department_display()}: {question}"
    record(case, What.ASKED, because=words, by=by, at=at)
    return enquiry


def may_ask(case, by):
    """At the county's own desk, and while its departments check."""
    home = case.household.county_id
    there = case.at_step.level == by.division.level or case.at_step.by_departments
    return case.is_open and there and by.role == "county" and by.division_id == home


def check_may_ask(case, by):
    if not may_ask(case, by):
        raise Refused(_("Departments are asked by the county, while the case is at its desk."))


@transaction.atomic
def answer_enquiry(enquiry, *, answer, speaks_against, by, at):
    check_typed(answer)
    case = Case.objects.select_for_update(of=["self"]).select_related("household__county")
    case = case.get(pk=enquiry.case_id)
    theirs = by.role == "department" and by.department == enquiry.department
    if not theirs or by.division_id != enquiry.asked_at_division_id:
        raise Refused(_("Only the department that was asked may answer."))
    if not case.is_open:
        raise Refused(_("The case has ended; the answer is no longer needed."))
    if not answer.strip():
        raise Refused(_("Write what the department knows."))
    open_ones = Enquiry.objects.open().filter(pk=enquiry.pk)
    if not open_ones.update(
        answer=answer, speaks_against=speaks_against, answered_by=by, answered_at=at
    ):
        raise TakenFirst(_("This question has been answered or withdrawn already."))
    words = f"{enquiry.get_department_display()}: {answer}"
    record(case, What.ANSWERED, because=words, by=by, at=at)
    departments_done(case, at)


@transaction.atomic
def withdraw_enquiry(enquiry, *, because, by, at):
    check_typed(because)
    case = Case.objects.select_for_update(of=["self"]).select_related("household__county")
    case = case.get(pk=enquiry.case_id)
    check_may_ask(case, by)
    if not because.strip():
        raise Refused(_("Say why the question is withdrawn."))
    others = case.enquiries.filter(withdrawn_at=None).exclude(pk=enquiry.pk)
    if case.at_step.by_departments and not others.exists():
        raise Refused(_("At least one department must check; ask another one first."))
    if not Enquiry.objects.open().filter(pk=enquiry.pk).update(withdrawn_at=at):
        raise TakenFirst(_("This question has been answered or withdrawn already."))
    words = f"{enquiry.get_department_display()}: {because}"
    record(case, What.ASK_WITHDRAWN, because=words, by=by, at=at)
    departments_done(case, at)


def _check_step(case, act):
    if case.at_step.act != act:
        raise Refused(
            _("The case is at another step now: %(step)s.") % {"step": case.at_step.words}
        )


def _check_since_opening(case, day):
    """A day before the case would let a notice that nobody saw pass at once."""
    opened = localdate(case.opened_at)
    if day < opened:
        words = _("The case was opened on %(day)s; what is recorded here cannot be older.")
        raise Refused(words % {"day": plain(opened)})
