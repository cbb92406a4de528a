"""What the national system must be told: by division, household by household, as a workbook."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen, narrowed
from households.lists import counted, places_for
from households.models import Difference, QualityRun
from households.models.choices import Origin
from households.outgoing.lines import lines_of
from households.quality.counting import by_division_of_code
from households.quality.rolling import OUTGOING
from jobs.models import Job
from reports.outgoing import ABILITY, KIND, SOURCES, ask_for_list

STATES = {
    "open": gettext_lazy("to be entered"),
    "entered": gettext_lazy("entered in the national system"),
}


@post_required()
def outgoing(request):
    asked, post = request.GET, request.post
    if not post.sees_section("history"):
        raise PermissionDenied
    rows, place = narrowed(Difference.objects.visible_to(post), post, asked.get("division"))
    source = asked.get("source", "")
    rows = rows.filter(origin=source) if source in SOURCES else rows
    in_state = {"open": rows.open(), "entered": rows.entered()}
    state = asked["state"] if asked.get("state") in STATES else "open"
    listed = in_state[state].select_related("household__village", "household__township", "member")
    page = page_of(listed, asked, order=("household_id",))
    place = place or post.division
    context = {
        "page": page,
        "lines": lines_of(page.rows),
        "state": state,
        "states": [(name, words, counted(in_state[name])) for name, words in STATES.items()],
        "sources": [(value, words) for value, words in Origin.choices if value in SOURCES],
        "source": source,
        "places": places_for(post, chosen(post, asked.get("division"))),
        "division": place,
        "below": by_division_of_code(post, place, OUTGOING),
        "last": QualityRun.objects.visible_to(post).first(),
        "may_make": post.may(ABILITY),
        "jobs": Job.objects.visible_to(post).open().filter(kind=KIND),
        "kept": {name: asked[name] for name in ("division", "source") if asked.get(name)},
    }
    return render(request, "reports/outgoing.html", context)


@post_required(ABILITY)
@require_POST
def make_workbook(request):
    place = chosen(request.post, request.POST.get("division")) or request.post.division
    job = ask_for_list(
        place=place, source=request.POST.get("source", ""), by=request.post, at=timezone.now()
    )
    messages.info(request, _("The workbook is being made: %(job)s.") % {"job": job.title})
    return redirect("jobs")
