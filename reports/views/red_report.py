from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from households.lists import places_for
from jobs.models import Job
from monitoring.models import Run
from monitoring.places import chosen
from monitoring.policy.rules import RULES
from reports.red_flags import (
    GROUPS,
    division_names,
    figures,
    filtered,
    how_many,
    latest_run,
    lines_of,
    with_sentences,
)
from reports.tasks import ask_for_report

ORDERS = {
    "deadline": ("deadline_on",),
    "-deadline": ("-deadline_on",),
    "flagged": ("flagged_on",),
    "number": ("number",),
}


@post_required("see_report")
def red_report(request):
    """The report of a month: ``?run=``, filters and order in the address."""
    run = _run(request)
    if run is None:
        return render(request, "reports/no_review.html")
    place = chosen(request.post, request.GET.get("division"))
    lines = lines_of(run, request.post)
    counted = figures(lines.within(place) if place else lines, run, request.post)
    rows = filtered(lines, request.GET, place)
    order = ORDERS.get(request.GET.get("order"), ORDERS["deadline"])
    page = page_of(rows, request.GET, order=order)
    page.rows = with_sentences(page.rows, run)
    jobs = Job.objects.visible_to(request.post).open().filter(kind="red_flag_report")
    return render(
        request,
        "reports/red_report.html",
        {
            "run": run,
            "runs": Run.objects.visible_to(request.post).frozen(),
            "figures": counted,
            "count": how_many(counted, request.GET, rows),
            "page": page,
            "names": division_names(page),
            "places": places_for(request.post, place),
            "place": place or request.post.division,
            "rules": [rule for rule in RULES if rule.red != "FALSE"],
            "groups": [(code, GROUPS[code]) for code in ("monitored", "edge", "sudden")],
            "jobs": jobs,
        },
    )


@require_POST
@post_required("download_report")
def make_workbook(request):
    run = _run(request)
    if run is None:
        raise PermissionDenied
    place = chosen(request.post, request.POST.get("division")) or request.post.division
    job = ask_for_report(
        run=run, division=place, wanted=request.POST, by=request.post, at=timezone.now()
    )
    messages.success(request, _("The workbook is being made; it will be among your messages."))
    return redirect("job", job.id)


def _run(request):
    asked = request.POST.get("run") or request.GET.get("run") or ""
    if not asked.isdecimal():
        return latest_run(request.post)
    rows = Run.objects.visible_to(request.post).frozen().select_related("policy", "province")
    return rows.filter(id=asked).first() or latest_run(request.post)
