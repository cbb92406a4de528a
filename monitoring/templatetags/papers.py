"""What the box of papers on the page of a case shows."""

from dataclasses import dataclass

from django import template

from households.papers.files import content_type_of
from monitoring.cases.moving import at_desk
from monitoring.papers.forms import PapersForm
from monitoring.papers.prepared import papers_for, prepared_for, wanted_now
from monitoring.procedures import PaperKind

register = template.Library()


@dataclass(frozen=True)
class PaperBox:
    papers: list
    wanted: list
    prepared: list
    at_desk: bool
    form: PapersForm


@register.simple_tag
def paper_box(case, post):
    papers = list(papers_for(post).filter(case=case))
    wanted = wanted_now(case, papers)
    missing = next((row.kind for row in wanted if not row.there), "other")
    form = PapersForm(initial={"kind": missing}, auto_id="paper_%s")
    return PaperBox(papers, wanted, prepared_for(case), at_desk(case, post), form)


@register.filter
def may_take_out(paper, post):
    """A paper is taken out by the office that put it in."""
    return paper.removed_at is None and paper.added_by.division_id == post.division_id


@register.filter
def kind_words(paper):
    return PaperKind(paper.kind).label


@register.filter
def is_picture(paper):
    return content_type_of(paper.file).startswith("image/")
