"""Data quality: what is wrong, where it is mended, what is waived and why."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen, narrowed
from accounts.refusals import Refused
from households.lists import places_for
from households.models import Fault, QualityRun
from households.quality import counting
from households.quality.asking import ask_for_run
from households.quality.check import Severity
from households.quality.checks import BY_CODE, CHECKS, codes_of
from households.quality.mending import mended_at
from households.quality.waiving import waive

STATES = {
    "open": gettext_lazy("open"),
    "waived": gettext_lazy("waived"),
    "fixed": gettext_lazy("fixed"),
}


def _seen(request):
    """Faults tell of every section: a department and an administrator see none."""
    if not request.post.sees_section("history"):
        raise PermissionDenied
    return Fault.objects.visible_to(request.post)


@post_required()
def faults(request):
    asked, today = request.GET, timezone.localdate()
    rows, place = narrowed(_seen(request), request.post, asked.get("division"))
    place = place or request.post.division
    wanted = _of_check(_of_severity(rows, asked.get("severity")), asked.get("check"))
    state = asked["state"] if asked.get("state") in STATES else "open"
    counts = counting.by_state(wanted, today)
    in_state = {"open": wanted.open(today), "waived": wanted.waived(today), "fixed": wanted.fixed()}
    listed = in_state[state].select_related("household__village", "household__township", "member")
    page = page_of(listed.with_rank(), asked, order=("rank", "code"))
    for row in page:
        row.mend_url, row.mend_words = mended_at(row, request.post)
    context = {
        "page": page,
        "state": state,
        "states": [(name, words, counts[name]) for name, words in STATES.items()],
        "severities": Severity.choices,
        "severity": asked.get("severity", ""),
        "check": _check(asked.get("check")),
        "checks": CHECKS,
        "places": places_for(request.post, chosen(request.post, asked.get("division"))),
        "division": place,
        "below": counting.by_division(in_state[state], place),
        "trend": counting.trend(rows, request.post),
        "last": QualityRun.objects.visible_to(request.post).first(),
        "kept": _kept(request),
    }
    return render(request, "households/quality/faults.html", context)


def _kept(request):
    """The chosen filters; a link changes one of them."""
    names = ("division", "severity", "check")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _of_severity(rows, severity):
    return rows.filter(code__in=codes_of(severity)) if severity in Severity.values else rows


def _check(code):
    return BY_CODE.get(int(code)) if code and code.isascii() and code.isdecimal() else None


def _of_check(rows, code):
    found = _check(code)
    return rows.filter(code=found.code) if found else rows


@post_required()
def checks(request):
    today = timezone.localdate()
    rows, _place = narrowed(_seen(request), request.post, request.GET.get("division"))
    told = counting.by_check(rows.standing(), today)
    division = chosen(request.post, request.GET.get("division"))
    context = {
        "told": told,
        "clean": counting.clean_checks(told),
        "all": len(CHECKS),
        "places": places_for(request.post, division),
        "division": division,
    }
    return render(request, "households/quality/checks.html", context)


@post_required("run_review")
@require_POST
def run(request):
    province = request.post.division.province
    job = ask_for_run(province=province, by=request.post, at=timezone.now())
    messages.info(request, _("The check was asked for: %(job)s.") % {"job": job.title})
    return redirect("jobs")


def _fault(request, pk):
    rows = _seen(request).select_related("household__village", "household__township", "member")
    return get_object_or_404(rows, pk=pk)


@post_required()
def fault(request, pk):
    row = _fault(request, pk)
    url, words = mended_at(row, request.post)
    today = timezone.localdate()
    context = {
        "fault": row,
        "mend_url": url,
        "mend_words": words,
        "waived": row.fixed_on is None and row.waived_until and row.waived_until >= today,
        "log": row.waivers.visible_to(request.post).select_related("by__officer", "by__division"),
    }
    return render(request, "households/quality/fault.html", context)


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
    initial = {"until": timezone.localdate() + timedelta(days=90)}
    form = WaiverForm(request.POST or None, initial=initial)
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
