"""Acts on the proofs of an exception (AH 4.1.2): put to a plan, an action or a measure, taken out.

Who writes the plan, keeps the action or carries the measure puts them there, also afterwards: a
certificate comes when it comes. Taken out they are only while nobody has decided by them.
"""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.typed import starred
from assistance.checks import MeasureRefusal, check_may_carry
from assistance.groups.checks import check_may_act
from assistance.models import (
    AssistancePlan,
    ExceptionPaper,
    Grounds,
    GroupAction,
    GroupState,
    Measure,
    PlanAct,
    PlanLine,
    PlanState,
    PlanWhat,
)
from assistance.plans.checks import check_may_write

MOST = 10


def name_of(subject):
    """Which column of ``ExceptionPaper`` holds it."""
    return {AssistancePlan: "plan", GroupAction: "action", Measure: "measure"}[type(subject)]


def grounds_of(subject):
    """The exceptions that stand there, without repetition: what a proof may be of."""
    if isinstance(subject, AssistancePlan):
        said = set(subject.lines.exclude(exception="").values_list("exception", flat=True))
        said |= set(subject.measures.exclude(exception="").values_list("exception", flat=True))
    else:
        said = {subject.exception}
    return [grounds for grounds in Grounds if grounds in said]


def check_may_add(subject, by):
    if isinstance(subject, AssistancePlan):
        check_may_write(subject.household, by)
        over = subject.state == PlanState.REPLACED
    elif isinstance(subject, GroupAction):
        check_may_act(subject, by)
        over = subject.state == GroupState.UNDONE
    else:
        check_may_carry(subject, by)
        over = False
    if over:
        raise MeasureRefusal(_("It no longer holds; nothing is put to it any more."))


def may_add(subject, by):
    try:
        check_may_add(subject, by)
    except MeasureRefusal:
        return False
    return bool(grounds_of(subject))


@transaction.atomic
def add_paper(subject, *, file, name, digest, grounds="", by, at):
    """``(paper, added now)``. ``file`` is a checked one (``households/papers``); the same file
    twice is one paper. ``grounds`` may be left out where only one exception stands."""
    subject = _held(subject)
    check_may_add(subject, by)
    standing = grounds_of(subject)
    if not standing:
        raise MeasureRefusal(_("No exception is recorded here; there is nothing to prove."), "file")
    grounds = grounds or (standing[0] if len(standing) == 1 else "")
    if grounds not in standing:
        raise MeasureRefusal(_("Say which exception it proves."), "grounds")
    kept = subject.exception_papers.kept()
    if known := kept.filter(digest=digest, grounds=grounds).first():
        return known, False
    if kept.count() >= MOST:
        words = _("At most %(most)d papers prove an exception.")
        raise MeasureRefusal(words % {"most": MOST}, "file")
    paper = ExceptionPaper.objects.create(
        **{name_of(subject): subject}, grounds=grounds, file=file, name=starred(name)[:120],
        size=file.size, digest=digest, added_by=by, added_at=at,
    )  # fmt: skip
    _tell(subject, PlanWhat.PAPER, paper.name, by, at)
    return paper, True


def may_take_out(paper, by):
    """The office that put it in, before the township or the record has relied on it."""
    subject = paper.subject
    if paper.removed_at or paper.added_by.division_id != by.division_id:
        return False
    if isinstance(subject, AssistancePlan):
        open_still = subject.may_be_written
    elif isinstance(subject, GroupAction):
        open_still = subject.state == GroupState.PREVIEW
    else:
        open_still = subject.is_open
    return open_still and may_add(subject, by)


@transaction.atomic
def take_out_paper(paper, *, because, by, at):
    subject = _held(paper.subject)
    check_may_add(subject, by)
    if not because.strip():
        raise MeasureRefusal(_("Say why the paper is taken out."), "because")
    paper = ExceptionPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if not may_take_out(paper, by):
        words = _("A paper is taken out by the office that put it in, before it was decided by it.")
        raise MeasureRefusal(words)
    paper.removed_by, paper.removed_at = by, at
    paper.removed_because = starred(because.strip())[:200]
    paper.save(update_fields=["removed_by", "removed_at", "removed_because"])
    _tell(subject, PlanWhat.PAPER_OUT, f"{paper.name}: {paper.removed_because}", by, at)
    return paper


def _held(subject):
    """One after another: papers are counted, and a plan is not submitted meanwhile."""
    rows = type(subject).objects.select_for_update(no_key=True, of=("self",))
    return rows.get(pk=subject.pk)


def _tell(subject, what, words, by, at):
    if isinstance(subject, AssistancePlan):
        PlanAct.objects.create(plan=subject, what=what, because=words[:200], by=by, at=at)


def papers_of(subject, post):
    """All that ``post`` may read, taken out ones too: who, when and why stays."""
    rows = ExceptionPaper.objects.visible_to(post).filter(_of(subject))
    rows = rows.select_related(
        *("added_by__officer", "added_by__division", "added_by__deputy_of__officer"),
        *("removed_by__officer", "plan", "action", "measure"),
    )
    for row in (found := list(rows)):
        row.may_take_out = may_take_out(row, post)
    return found


def proofs_for(subject, post):
    """What ``exceptions/_proofs.html`` shows; nothing where no exception stands."""
    proofs, standing = papers_of(subject, post), grounds_of(subject)
    if not proofs and not standing:
        return {}
    kept = ExceptionPaper.objects.kept().filter(_of(subject)).count()
    address = reverse(f"{name_of(subject)}_proof_add", args=[subject.pk])
    may_prove = bool(standing) and may_add(subject, post)
    elsewhere = kept - sum(1 for paper in proofs if not paper.removed_at)
    shown = {"proofs": proofs, "proofs_elsewhere": elsewhere}
    return {"excepted": True, **shown, "may_prove": may_prove, "add_proof": address}


def _of(subject):
    """A measure is proved by what was put to its plan and its action, too; when a later plan takes
    it over, still by the plan that it came of."""
    own = Q(**{name_of(subject): subject})
    if isinstance(subject, Measure):
        came_of = PlanLine.objects.filter(measure=subject).values("plan")
        own |= Q(plan=subject.plan_id, grounds=subject.exception, plan__isnull=False)
        own |= Q(plan__in=came_of, grounds=subject.exception)
        own |= Q(action=subject.action_id, action__isnull=False)
    elif isinstance(subject, AssistancePlan):
        taken_over = PlanLine.objects.filter(measure__plan=subject).exclude(exception="")
        own |= Q(plan__in=taken_over.values("plan"), grounds__in=taken_over.values("exception"))
    return own
