"""What if: other figures tried on the facts of the last reviewed month, before they are decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.models import Division
from accounts.models.divisions import Level
from accounts.paging import page_of
from accounts.refusals import Refused
from monitoring.models import Run
from monitoring.policy.parameters import PARAMETERS, ParameterRefusal
from reports.models import Trial
from reports.trials import trying
from reports.trials.forms import AdoptForm, TrialForm

TRIERS = ("province", "city", "county")


def need_trials(post):
    if post.role not in (*TRIERS, "auditor"):
        raise PermissionDenied


def may_try(post):
    return post.role in TRIERS


@post_required()
def trials(request):
    need_trials(request.post)
    rows = Trial.objects.visible_to(request.post).select_related("run", "made_by__division")
    context = {
        "page": page_of(rows, request.GET, order=("-id",)),
        "may_try": may_try(request.post),
    }
    return render(request, "reports/trials/trials.html", context)


@post_required()
def new(request):
    if not may_try(request.post):
        raise PermissionDenied
    run = Run.objects.visible_to(request.post).frozen().regular().first()
    if run is None:
        return render(request, "reports/no_review.html")
    held = next(iter(run.policy.by_county().values()), {})
    posted = request.POST if request.method == "POST" else None
    form = TrialForm(posted, held=held)
    if posted is not None and form.is_valid():
        try:
            made = trying.try_figures(
                run=run, values=form.entered(), name=form.cleaned_data["name"],
                by=request.post, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("trial", made.pk)
    context = {"form": form, "run": run}
    status = 422 if form.errors else 200
    return render(request, "reports/trials/new.html", context, status=status)


@post_required()
def trial(request, pk):
    need_trials(request.post)
    found = _visible(request, pk)
    counties = Division.objects.below(request.post.division).filter(level=Level.COUNTY)
    told = trying.Told(found, counties.order_by("code").values_list("id", "name"))
    context = {
        "trial": found,
        "told": told,
        "values": [(PARAMETERS[name], value) for name, value in found.values.items()],
        "own": _own(found, request.post),
        "may_adopt": _own(found, request.post) and request.post.may("edit_policy"),
    }
    return render(request, "reports/trials/trial.html", context)


@require_POST
@post_required()
def share(request, pk):
    found = _visible(request, pk)
    try:
        trying.share(
            found, shared=request.POST.get("shared") == "1", by=request.post, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("trial", pk)


@post_required("edit_policy")
def adopt(request, pk):
    found = _visible(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = AdoptForm(posted)
    if posted is not None and form.is_valid():
        try:
            trying.adopt(found, by=request.post, at=timezone.now(), **form.cleaned_data)
        except (Refused, ParameterRefusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new figures are on record."))
            return redirect("policy")
    context = {
        "title": _("Adopt the tried figures"),
        "text": _("They hold in the whole province from the day that you enter."),
        "form": form,
        "act": _("Adopt the figures"),
        "back": request.path.removesuffix("adopt/"),
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


def _visible(request, pk):
    rows = Trial.objects.visible_to(request.post).select_related("run", "made_by__division")
    return get_object_or_404(rows, pk=pk)


def _own(trial, post):
    return (trial.made_by.division_id, trial.made_by.role) == (post.division_id, post.role)
