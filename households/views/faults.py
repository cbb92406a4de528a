"""One fault: its page, the next one, its waiver."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.entry import post_required
from accounts.refusals import Refused
from households.quality import counting
from households.quality.listing import page_of_faults
from households.quality.mending import mended_at
from households.quality.waiving import waive
from households.views.quality import Asked, seen_faults

USUAL = timedelta(days=90)  # proposed for a waiver


def _fault(request, pk):
    rows = seen_faults(request).select_related("household__village", "household__township")
    return get_object_or_404(rows.select_related("member"), pk=pk)


@post_required()
def fault(request, pk):
    row = _fault(request, pk)
    kept = Asked(request).kept
    url, words = mended_at(row, request.post, kept)
    today = timezone.localdate()
    context = {
        "fault": row,
        "mend_url": url,
        "mend_words": words,
        "kept": kept,
        "waived": row.fixed_on is None and row.waived_until and row.waived_until >= today,
        "log": row.waivers.visible_to(request.post).select_related("by__officer", "by__division"),
    }
    return render(request, "households/quality/fault.html", context)


@post_required()
def next_fault(request, pk):
    """To the open fault that follows this one in the chosen list; after the last, to the list."""
    row, given, today = _fault(request, pk), Asked(request), timezone.localdate()
    told = counting.by_code(given.rows, request.post, given.place, today)
    rows = given.wanted.open(today)
    page = page_of_faults(rows, given.numbers(told, "open"), {"after": str(row.pk)}, size=1)
    following = next(iter(page), None)
    kept = f"?{urlencode(given.kept)}" if given.kept else ""
    if following is None:
        messages.info(request, _("That was the last one of this list."))
        return redirect(f"{reverse('faults')}{kept}")
    return redirect(f"{reverse('fault', args=[following.pk])}{kept}")


class WaiverForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why this is right as it stands"), min_length=4, max_length=200
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("At most a year; after that day the fault is open again."),
    )


@post_required("waive_fault")
def waive_fault(request, pk):
    row = _fault(request, pk)
    form = WaiverForm(request.POST or None, initial={"until": timezone.localdate() + USUAL})
    if request.method == "POST" and form.is_valid():
        try:
            waive(row, **form.cleaned_data, by=request.post, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            until = form.cleaned_data["until"]
            messages.success(request, _("Waived until %(day)s.") % {"day": until.isoformat()})
            return redirect("fault", pk)
    context = {
        "title": _("Waive this fault"),
        "text": row.check_.words,
        "form": form,
        "act": _("Waive this fault"),
        "back": reverse("fault", args=[pk]),
    }
    return render(request, "confirm.html", context)
