from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.paging import page_of
from households.lists import places_for
from households.models.choices import Tier
from jobs.models import Job
from monitoring.figures_of_run import TIERS, below, figures
from monitoring.forms import ReviewForm, last_month
from monitoring.models import Assessment, Run
from monitoring.places import chosen, narrowed
from monitoring.policy.rules import BY_CODE
from monitoring.sight import bits_seen, rules_seen
from monitoring.tasks import ask_for_review
from monitoring.views.why import need_assessments


@post_required()
def runs(request):
    """The months that were reviewed; the province asks for one here."""
    form = ReviewForm(request.POST or None, initial={"month": last_month()})
    if request.method == "POST":
        if not request.post.may("run_review"):
            raise PermissionDenied
        if form.is_valid():
            job = ask_for_review(
                province=request.post.division,
                by=request.post,
                at=timezone.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("The review was asked for."))
            return redirect("job", job.id)
    rows = Run.objects.visible_to(request.post).select_related("policy").filter(state="frozen")
    jobs = Job.objects.visible_to(request.post).open().filter(kind="monthly_review")
    return render(request, "monitoring/runs.html", {"form": form, "runs": rows, "jobs": jobs})


def _frozen(request, pk):
    rows = Run.objects.visible_to(request.post).select_related("policy", "province")
    run = rows.filter(pk=pk, state="frozen").first()
    if run is None:
        raise Http404
    return run


@post_required()
def run(request, pk):
    """A reviewed month: tiers and flags by division, down to the village."""
    run = _frozen(request, pk)
    place = chosen(request.post, request.GET.get("division")) or request.post.division
    return render(
        request,
        "monitoring/run.html",
        {
            "run": run,
            "place": place,
            "places": places_for(request.post, place),
            "figures": figures(run, request.post, place),
            "rows": below(run, request.post, place),
        },
    )


@post_required()
def judged(request, pk):
    """The households behind the figures of a month, by tier and by rule."""
    need_assessments(request.post)
    run = _frozen(request, pk)
    rows = Assessment.objects.visible_to(request.post).filter(run=run)
    rows, place = narrowed(rows, request.post, request.GET.get("division"))
    tier, rule = request.GET.get("tier"), BY_CODE.get(request.GET.get("rule"))
    if tier in TIERS:
        rows = rows.filter(tier=tier)
    if rule in rules_seen(request.post):
        rows = rows.annotate(hit=F("red").bitor(F("yellow")).bitand(rule.bit)).exclude(hit=0)
    rows = rows.select_related("household", "village", "township", "county")
    page = page_of(rows, request.GET)
    for row in page:
        row.rules = [
            (mark, bits_seen(getattr(row, mark), request.post)) for mark in ("red", "yellow")
        ]
    return render(
        request,
        "monitoring/judged.html",
        {
            "run": run,
            "page": page,
            "places": places_for(request.post, place),
            "tiers": Tier.choices,
            "rules": rules_seen(request.post),
        },
    )
