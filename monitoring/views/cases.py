"""The page of a case: everything needed to decide on it, and the card with the acts."""

from django.http import Http404
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from monitoring.cases.neighbours import neighbours
from monitoring.cases.page import CasePage
from monitoring.cases.words import address
from monitoring.models import Case

PAPERS = "monitoring/cases/_papers.html"


def visible_case(request, pk):
    """The case, or the same 404 for one that is foreign and one that does not exist."""
    rows = Case.objects.visible_to(request.post).select_related(
        "household__village",
        "household__township",
        "household__county",
        "household__city",
        "household__province",
        "waiting_at",
        "opened_by__officer",
        "opened_by__deputy_of__officer",
        "flag__opened_by",
        "earlier",
        "consolidation",
        "clue",
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@never_cache
@post_required()
def case(request, pk):
    return case_response(request, visible_case(request, pk))


def case_response(request, case, *, typed=None, refusal="", failures=(), status=200):
    """The page; after a refused act with its sentence and what was typed: ``typed`` (act, data)."""
    page = CasePage(case, request.post, timezone.localdate(), typed)
    beside = neighbours(case, request.post, request.GET, timezone.localdate())
    query = request.GET.urlencode()
    context = {
        "page": page,
        "case": case,
        "household": case.household,
        "deciding": page.deciding,
        "refusal": refusal,
        "failures": failures,
        "first": status == 409,
        "query": f"?{query}" if query else "",
        "before": beside.before,
        "after": beside.after,
        "inbox": address("cases"),
        "papers_template": _papers_template(),
    }
    return render(request, "monitoring/cases/case.html", context, status=status)


def _papers_template():
    try:
        return get_template(PAPERS).template
    except TemplateDoesNotExist:
        return None
