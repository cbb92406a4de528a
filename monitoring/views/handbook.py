"""The household's handbook as a page for print and as a Word document."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from households.views.household import visible_household
from monitoring.papers.handbook import handbook_of
from monitoring.views.papers import word_answer


def _sheet(request, pk):
    household = visible_household(request, pk)
    if not request.post.sees_section("history"):
        raise PermissionDenied
    return handbook_of(household, request.post, timezone.now())


@never_cache
@post_required()
def handbook(request, pk):
    context = {
        "sheet": _sheet(request, pk),
        "back": reverse("household_plan", args=[pk]),
        "word": reverse("handbook_docx", args=[pk]),
    }
    return render(request, "monitoring/papers/print.html", context)


@never_cache
@post_required()
def word(request, pk):
    return word_answer(_sheet(request, pk))
