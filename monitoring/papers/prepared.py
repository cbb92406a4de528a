"""Papers of cases: which ones are prepared for print, which a step still wants, who may open which.

One table for what can be printed: its print page and its Word document are made from the same
blocks (``paper_blocks.py``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from monitoring.cases.known import Known
from monitoring.models import Paper
from monitoring.papers.form import case_form
from monitoring.papers.village import minutes, notice, study
from monitoring.papers.words import Occasion
from monitoring.procedures import PaperKind, StepAct


@dataclass(frozen=True)
class Prepared:
    """A paper that is printed with what is known, signed by hand, and comes back as a scan."""

    code: str
    words: str
    comes_back: PaperKind
    made_for: Callable  # of a step: whether it uses the paper
    build: Callable  # Occasion -> Sheet


def _wants(kind):
    return lambda step: kind in step.papers


PREPARED = {
    prepared.code: prepared
    for prepared in (
        Prepared("form", _("case form"), PaperKind.FORM, lambda step: True, case_form),
        Prepared(
            "study",
            _("minutes of the joint study"),
            PaperKind.STUDY,
            _wants(PaperKind.STUDY),
            study,
        ),
        Prepared(
            "minutes",
            _("minutes of the democratic review"),
            PaperKind.MINUTES,
            _wants(PaperKind.MINUTES),
            minutes,
        ),
        Prepared(
            "notice",
            _("public notice"),
            PaperKind.NOTICE_PHOTO,
            lambda step: step.act == StepAct.NOTICE,
            notice,
        ),
    )
}


def prepared_for(case):
    """The papers that can be printed for the case, in the order of the table."""
    return [row for row in PREPARED.values() if any(row.made_for(step) for step in case.steps)]


def sheet_of(case, code, at):
    return PREPARED[code].build(Occasion(case, Known([case], localdate(at)), at))


@dataclass(frozen=True)
class Wanted:
    """A kind of paper that the step asks for; ``print`` is the code of the paper to print."""

    kind: PaperKind
    there: bool
    print: str = ""


def wanted_now(case, papers):
    """What the step where the case is asks for, with what of it is there."""
    if not case.is_open:
        return []
    step, there = case.at_step, {paper.kind for paper in papers if paper.removed_at is None}
    kinds = list(step.papers)
    if "notice_over" in step.conditions:
        kinds.append(PaperKind.NOTICE_PHOTO)
    prints = {row.comes_back: row.code for row in prepared_for(case)}
    return [Wanted(kind, kind in there, prints.get(kind, "")) for kind in kinds]


def papers_for(post):
    """The papers that ``post`` may open. What was taken out often shows the wrong people: nobody
    opens it any more but those who audit why."""
    papers = Paper.objects.visible_to(post)
    if post is None or post.role != "auditor":
        papers = papers.filter(removed_at=None)
    return papers.select_related("added_by__officer", "added_by__division", "added_by__deputy_of")
