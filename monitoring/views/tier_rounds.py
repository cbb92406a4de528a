"""The half-yearly tier division: the rounds of a month with their progress, and opening them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.refusals import Refused
from accounts.roles import COUNTY
from households.lists import places_for
from jobs.models import Job
from monitoring.places import chosen
from monitoring.tasks import ask_for_tier_rounds
from monitoring.tiers.lists import months_of, progress
from monitoring.tiers.rounds import check_may_open, round_month

OPENS = ("county", "province")


def need_rounds(post):
    """Departments and keepers of accounts have no part in rounds."""
    if post.role_row.sees not in ("division", "assigned"):
        raise PermissionDenied


@post_required()
def tier_rounds(request):
    """A month's rounds: figures, and a row for each division below."""
    need_rounds(request.post)
    post, today = request.post, timezone.localdate()
    months = months_of(post)
    asked = request.GET.get("month", "")
    month = next((month for month in months if f"{month:%Y-%m}" == asked), None)
    month = month or (months[0] if months else None)
    place = chosen(post, request.GET.get("division")) or post.division
    whole, rows = progress(post, month, place, today) if month else (None, [])
    jobs = Job.objects.visible_to(post).open().filter(kind="tier_rounds")
    due = round_month(today)
    context = {
        "months": months, "month": month, "place": place, "whole": whole, "rows": rows,
        "places": places_for(post, place), "jobs": jobs, "due": due,
        "may_open": post.role in OPENS and due not in months,
        "direct": post.division.level > COUNTY,
    }  # fmt: skip
    return render(request, "monitoring/tiers/rounds.html", context)


@post_required()
@require_POST
def tier_open(request):
    """The county or province opens the latest round by hand."""
    post, now = request.post, timezone.now()
    need_rounds(post)
    try:
        check_may_open(post.division, post)
    except Refused:
        raise PermissionDenied from None
    month = round_month(timezone.localdate(now))
    job = ask_for_tier_rounds(division=post.division, month=month, by=post, at=now)
    messages.success(request, _("The round was asked for."))
    return redirect("job", job.id)
