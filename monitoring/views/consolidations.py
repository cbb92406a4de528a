"""Townships' lists of closing requests: all that a post sees, one with its households."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.refusals import Refused
from households.papers.files import checked_paper
from monitoring.cases.moving import at_desk
from monitoring.papers.consolidations import (
    add_cover,
    cases_of,
    counted,
    lists_for,
    sees_lists,
    state_words,
    states_of,
)
from monitoring.papers.cover import cover, members_of
from monitoring.papers.forms import CoverForm
from monitoring.views.papers import word_answer


@never_cache
@post_required()
def consolidations(request):
    if not sees_lists(request.post):
        raise PermissionDenied
    page = page_of(counted(lists_for(request.post)), request.GET, order=("-made_at", "-id"))
    return render(request, "monitoring/papers/consolidations.html", {"page": page})


@never_cache
@post_required()
def consolidation(request, pk):
    """The list; a POST puts its signed cover sheet to the cases on the desk."""
    made = get_object_or_404(lists_for(request.post), pk=pk)
    form = CoverForm()
    if request.method == "POST":
        form = CoverForm(request.POST, request.FILES)
        if form.is_valid() and _add(request, made, form):
            return redirect("consolidation", pk=pk)
    cases = cases_of(made, request.post)
    members = members_of(cases)
    for case in cases:
        case.words = state_words(case)
        case.people = len(members[case.household_id])
    context = {
        "made": made,
        "cases": cases,
        "states": states_of(cases),
        "people": sum(case.people for case in cases),
        "here": sum(at_desk(case, request.post) for case in cases),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "monitoring/papers/consolidation.html", context, status=status)


def _add(request, made, form):
    try:
        file, name, digest = checked_paper(form.cleaned_data["file"])
        count = add_cover(
            made, file=file, name=name, digest=digest, by=request.post, at=timezone.now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    words = ngettext(
        "The cover sheet is put to %(count)d case.",
        "The cover sheet is put to %(count)d cases.",
        count,
    )
    messages.success(request, words % {"count": count})
    return True


def _sheet(request, pk):
    made = get_object_or_404(lists_for(request.post), pk=pk)
    return cover(made, cases_of(made, request.post), timezone.now())


@never_cache
@post_required()
def print_cover(request, pk):
    context = {
        "sheet": _sheet(request, pk),
        "back": reverse("consolidation", args=[pk]),
        "word": reverse("consolidation_docx", args=[pk]),
    }
    return render(request, "monitoring/papers/print.html", context)


@never_cache
@post_required()
def word_cover(request, pk):
    return word_answer(_sheet(request, pk))
