"""Own jobs: how far they are, what came out, and the file while one may open it."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from jobs.models import Job
from jobs.running import cancel, seen
from jobs.watching import ended_of


def _own(request, pk):
    return get_object_or_404(Job.objects.visible_to(request.post), pk=pk)


@never_cache
@post_required()
def jobs(request):
    """The list is the reading of the messages: what has ended counts as seen."""
    page = page_of(Job.objects.visible_to(request.post), request.GET, order=("-asked_at", "-id"))
    fresh = {job.id for job in page if job.ended and job.seen_at is None}
    seen(page.rows, by=request.post, at=timezone.now())
    return render(request, "jobs/jobs.html", {"page": page, "fresh": fresh})


@never_cache
@post_required()
def job(request, pk):
    row = _own(request, pk)
    seen([row], by=request.post, at=timezone.now())
    context = {"job": row, "may_open": row.may_be_opened_by(request.post)}
    return render(request, "jobs/job.html", context)


@never_cache
@post_required()
def job_progress(request, pk):
    """The fragment that a page asks for every two seconds."""
    return render(request, "jobs/progress.html", {"job": _own(request, pk)})


@never_cache
@post_required()
def ended_jobs(request):
    """The fragment that every page asks for while an own job runs: what has ended meanwhile."""
    ended, watched = ended_of(request.post, request.GET.get("jobs", ""))
    return render(request, "jobs/ended.html", {"ended": ended, "watched": watched})


@require_POST
@post_required()
def cancel_job(request, pk):
    row = _own(request, pk)
    if cancel(row, by=request.post, at=timezone.now()):
        messages.success(request, _("The job has been taken back."))
    else:
        messages.error(request, _("The job is already running or has ended; it was not stopped."))
    return redirect("job", row.pk)


@never_cache
@post_required()
def job_file(request, pk):
    """Who may open a result is asked now, not when the job was asked for."""
    row = get_object_or_404(Job.objects.exclude(file=""), pk=pk)
    if not row.may_be_opened_by(request.post):
        raise Http404
    seen([row], by=request.post, at=timezone.now())
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=row.file_name)
