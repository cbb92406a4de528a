"""The cases of a household, and opening one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from accounts.refusals import Refused
from households.views.household import visible_household
from monitoring.cases import opening as opening
from monitoring.cases.casework import open_case
from monitoring.cases.deciding import done_words
from monitoring.cases.forms import OpenForm
from monitoring.cases.words import told_after
from monitoring.models import Clue
from monitoring.procedures import PROCEDURES


@post_required()
def of_household(request, pk):
    household = visible_household(request, pk)
    _need_cases(request.post)
    cases = opening.cases_of(household, request.post)
    open_ones = [case for case in cases if case.is_open]
    choices = opening.choices_of(household, request.post, open_ones)
    context = {
        "household": household,
        "tab": "household_cases",
        "open": open_ones,
        "ended": [case for case in cases if not case.is_open],
        "clue": Clue.objects.visible_to(request.post).open().filter(household=household).first(),
        "may_open": [choice for choice in choices if not choice.why_not],
        "may_not": [choice for choice in choices if choice.why_not],
    }
    return render(request, "monitoring/cases/household.html", context)


def _need_cases(post):
    """Departments see what they are asked, never the case."""
    if not post.sees_section("history"):
        raise PermissionDenied


@never_cache
@post_required()
def new(request, pk):
    """``?procedure=``; without one, the household's cases, where it is chosen."""
    household = visible_household(request, pk)
    _need_cases(request.post)
    row = PROCEDURES.get(request.GET.get("procedure", ""))
    if row is None:
        return redirect("household_cases", pk)
    context = {"household": household, "row": row}
    if reason := opening.why_not(row, household, request.post):
        context |= {"refusal": reason, "nothing_typed": True}
        return render(request, "monitoring/cases/open.html", context, status=403)
    found = opening.beginning_of(row, household, timezone.localdate())
    initial = {"because": found.because, "tier": found.tier}
    form = OpenForm(row, household, request.POST or None, initial=initial)
    context |= {"found": found, "form": form}
    if request.method != "POST":
        return render(request, "monitoring/cases/open.html", context)
    if form.is_valid():
        try:
            return _opened(request, row, household, form)
        except Refused as refused:
            context["refusal"] = refused
    return render(request, "monitoring/cases/open.html", context, status=422)


def _opened(request, row, household, form):
    case = open_case(
        procedure=row.code,
        household=household,
        proposal=form.proposal,
        because=form.cleaned_data["because"],
        clue=opening.clue_of(row, household),
        by=request.post,
        at=timezone.now(),
    )
    messages.success(request, told_after(case, done_words("open", case)))
    return redirect("case", case.pk)
