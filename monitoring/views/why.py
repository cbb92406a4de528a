from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from accounts.entry import post_required
from households.views.household import visible_household
from monitoring.explaining import explain_assessment, explain_now, latest_assessment
from monitoring.models import Assessment, RedFlag
from monitoring.sight import rules_seen


def need_assessments(post):
    if not post.sees_section("assessment"):
        raise PermissionDenied


@post_required()
def why(request, pk):
    """Why this tier: the latest review, a given run (``?run=``), or today's data (``?now=1``)."""
    household = visible_household(request, pk)
    need_assessments(request.post)
    now = "now" in request.GET
    assessment = None if now else _assessment(household, request.GET.get("run"))
    explanation = explain_assessment(assessment) if assessment else explain_now(household)
    if explanation:
        explanation.keep(rules_seen(request.post))
    reviewed = Assessment.objects.filter(household=household, run__state="frozen")
    flags = RedFlag.objects.visible_to(request.post).filter(household=household)
    return render(
        request,
        "monitoring/why.html",
        {
            "household": household,
            "tab": "household_why",
            "explanation": explanation,
            "assessment": assessment,
            "reviewed": reviewed.select_related("run").order_by("-run__month", "run__name"),
            "flags": flags.select_related("opened_by"),
        },
    )


def _assessment(household, run):
    if not run:
        return latest_assessment(household)
    if not run.isdecimal():
        raise Http404
    rows = Assessment.objects.filter(household=household, run=run, run__state="frozen")
    found = rows.select_related("run__policy", "household").first()
    if found is None:
        raise Http404
    return found
