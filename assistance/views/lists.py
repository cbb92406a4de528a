"""All measures that a post sees: under way, open without a reason, ended."""

from django.shortcuts import render
from django.utils import timezone

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import narrowed
from assistance.catalogue import MEASURE_TYPES
from assistance.checks import kinds_of
from assistance.models import Measure
from assistance.views.measures import NOTES, need_measures, with_words
from households.lists import places_for

MOST = 1000  # counting stops here


@post_required()
def measures(request):
    need_measures(request.post)
    today = timezone.localdate()
    rows, place = narrowed(
        Measure.objects.visible_to(request.post), request.post, request.GET.get("division")
    )
    kind = request.GET.get("kind")
    if kind in MEASURE_TYPES:
        rows = rows.filter(kind=kind)
    shown = {
        "": rows.open(),
        "unexplained": rows.open_without_reason(today),
        "ended": rows.filter(ended_on__isnull=False),
    }
    which = request.GET.get("which", "")
    which = which if which in shown else ""
    seen = shown[which].select_related("member", "household__village", "household__township")
    page = page_of(seen.prefetch_related(NOTES), request.GET, order=("-id",))
    context = {
        "page": with_words(page, today),
        "which": which,
        "counts": [_counted(found) for found in shown.values()],
        "places": places_for(request.post, place),
        "kinds": kinds_of(request.post).values(),
        "kind": kind,
    }
    return render(request, "assistance/measures.html", context)


def _counted(rows):
    found = rows.order_by()[:MOST].count()
    return f"{MOST - 1}+" if found == MOST else found
