"""Two months beside each other, and what became of those who were flagged."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.models import Division
from accounts.models.divisions import Level
from accounts.places import chosen
from households.lists import places_for
from jobs.models import Job
from monitoring.models import Run
from reports.comparing import looking_back
from reports.comparing.jobs import ask_to_look_back
from reports.comparing.months import KINDS, changed, comparable, page_of_changed, told
from reports.models import LookBack

LOOKERS = ("province", "city", "county", "auditor")


def _runs(post):
    return list(Run.objects.visible_to(post).frozen().regular().select_related("policy"))


def _comparable(post):
    return comparable(Run.objects.visible_to(post))


def _run_of(runs, words, otherwise):
    return next((run for run in runs if f"{run.month:%Y-%m}" == words), otherwise)


def _compared(runs, params):
    """The later month, the earlier one, and all that lie before the later; two runs at least."""
    run = _run_of(runs, params.get("to"), runs[0])
    older = [one for one in runs if one.month < run.month]
    if not older:
        run, older = runs[0], runs[1:]
    return run, _run_of(older, params.get("from"), older[0]), older


def month_before(post, params):
    """With which month the page of this address compares."""
    return _compared(_comparable(post), params)[1]


def need_comparing(post):
    if post.role_row.sees != "division":
        raise PermissionDenied


@post_required()
def months(request):
    """``?from=2020-05&to=2020-06&kind=worse&division=…``"""
    post = request.post
    need_comparing(post)
    runs = _comparable(post)
    if len(runs) < 2:
        return render(request, "reports/compare/none.html")
    run, before, older = _compared(runs, request.GET)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    place = chosen(post, request.GET.get("division"))
    page = page_of_changed(changed(run, before, post, kind, place), request.GET)
    context = {
        "run": run,
        "before": before,
        "runs": runs,
        "older": older,
        "kind": kind,
        "kinds": KINDS,
        "page": page,
        "rows": told(page.rows, before),
        "places": places_for(post, place),
        "place": place or post.division,
    }
    return render(request, "reports/compare/months.html", context)


@post_required()
def months_counts(request):
    """How many of each kind: they come after the page."""
    post = request.post
    need_comparing(post)
    runs, counts = _comparable(post), {}
    if len(runs) >= 2:
        run, before, _older = _compared(runs, request.GET)
        place = chosen(post, request.GET.get("division"))
        counts = {kind: changed(run, before, post, kind, place).count() for kind in KINDS}
    context = {
        "kind": request.GET.get("kind", ""),
        "kinds": [(kind, KINDS[kind], count) for kind, count in counts.items()],
    }
    return render(request, "reports/compare/_kinds.html", context)


def need_looking_back(post):
    if post.role not in LOOKERS:
        raise PermissionDenied


@post_required()
def back(request):
    """``?month=2020-01``: what became of the households of that month."""
    need_looking_back(request.post)
    runs = _runs(request.post)
    if len(runs) < 2:
        return render(request, "reports/compare/none.html")
    run = _run_of(runs, request.GET.get("month"), runs[-1] if len(runs) <= 6 else runs[6])
    kept = LookBack.objects.visible_to(request.post).filter(run=run).first()
    counties = Division.objects.below(request.post.division).filter(level=Level.COUNTY)
    names = dict(counties.order_by("code").values_list("id", "name"))
    after = len(looking_back.months_after(run))
    context = {
        "run": run,
        "runs": runs,
        "kept": kept,
        "told": looking_back.Told(kept, names) if kept else None,
        "after": after,
        "outdated": kept and kept.months < after,
        "may_ask": request.post.role == "province" and after,
        "jobs": Job.objects.visible_to(request.post).open().filter(kind="look_back"),
    }
    return render(request, "reports/compare/back.html", context)


@require_POST
@post_required()
def ask_back(request):
    if request.post.role != "province":
        raise PermissionDenied
    run = _run_of(_runs(request.post), request.POST.get("month"), None)
    if run is None:
        raise Http404
    ask_to_look_back(run, by=request.post, at=timezone.now())
    messages.success(request, _("It is being counted; the result appears on this page."))
    return redirect(f"{request.path.removesuffix('count/')}?month={run.month:%Y-%m}")
