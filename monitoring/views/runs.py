from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from jobs.models import Job
from monitoring.figures_of_run import below, figures
from monitoring.forms import ReviewForm, last_month
from monitoring.models import Run
from monitoring.tasks import ask_for_review


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


@post_required()
def run(request, pk):
    rows = Run.objects.visible_to(request.post).select_related("policy", "province")
    run = rows.filter(pk=pk, state="frozen").first()
    if run is None:
        raise Http404
    return render(
        request,
        "monitoring/run.html",
        {"run": run, "figures": figures(run, request.post), "rows": below(run, request.post)},
    )
