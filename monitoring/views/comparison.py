"""The rules of comparison with what they found, and the page of one difference."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.places import narrowed
from accounts.refusals import Refused
from feeds.kinds import KINDS
from households.lists import places_for
from monitoring.comparison.forms import KeepForm
from monitoring.comparison.keeping import keep_register, may_keep
from monitoring.comparison.rules import ANSWERS, RULES
from monitoring.models import Difference


def _need(post):
    if not post.sees_section("history"):
        raise PermissionDenied


@post_required()
def rules(request):
    """Each rule with how many differences stand, are kept with a reason, or became a clue."""
    _need(request.post)
    rows = Difference.objects.visible_to(request.post).standing()
    rows, place = narrowed(rows, request.post, request.GET.get("division"))
    counted = rows.order_by().values_list("rule", "state").annotate(n=Count("id"))
    found = {(rule, state): n for rule, state, n in counted}
    table = [
        {
            "row": row,
            "kind": KINDS[row.kind].words,
            "answer": ANSWERS[row.answer],
            **{state: found.get((code, state), 0) for state in ("open", "asked", "kept")},
        }
        for code, row in RULES.items()
    ]
    context = {"table": table, "places": places_for(request.post, place)}
    return render(request, "monitoring/comparison/rules.html", context)


def _visible(request, pk):
    _need(request.post)
    rows = Difference.objects.visible_to(request.post)
    rows = rows.select_related("household__village__county", "by__officer", "by__division")
    return get_object_or_404(rows, pk=pk)


@post_required()
def difference(request, pk):
    found = _visible(request, pk)
    context = {"difference": found, "mine": may_keep(found, request.post)}
    return render(request, "monitoring/comparison/difference.html", context)


@post_required()
def keep(request, pk):
    found = _visible(request, pk)
    if not may_keep(found, request.post):
        raise PermissionDenied
    typed = request.POST if request.method == "POST" else None
    form = KeepForm(typed, initial={"mark": found.mark})
    if request.method == "POST" and form.is_valid():
        try:
            keep_register(
                found, because=form.cleaned_data["because"], seen_mark=form.cleaned_data["mark"],
                by=request.post, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("The register is kept. It is not asked again while nothing changes.")
            messages.success(request, words)
            return redirect("difference", pk)
    context = {
        "title": _("Keep the register as it is"),
        "act": _("Keep the register"),
        "form": form,
    }
    context["back"] = reverse("difference", args=[pk])
    return render(request, "confirm.html", context, status=422 if form.errors else 200)
