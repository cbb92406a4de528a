"""Open red flags."""

from django.shortcuts import render
from django.utils import timezone

from accounts.entry import post_required
from accounts.paging import page_of
from households.lists import places_for
from monitoring.models import RedFlag
from monitoring.places import narrowed
from monitoring.sight import bits_seen
from monitoring.views.why import need_assessments


@post_required()
def flags(request):
    need_assessments(request.post)
    today = timezone.localdate()
    rows = RedFlag.objects.visible_to(request.post).open()
    rows, place = narrowed(rows, request.post, request.GET.get("division"))
    counts = {"all": rows.count(), "late": rows.filter(deadline_on__lt=today).count()}
    if request.GET.get("late"):
        rows = rows.filter(deadline_on__lt=today)
    rows = rows.select_related("household__village", "household__township", "household__county")
    page = page_of(rows, request.GET, order=("deadline_on",))
    for flag in page:
        flag.rule_words = bits_seen(flag.rules, request.post)
    return render(
        request,
        "monitoring/flags.html",
        {"page": page, "counts": counts, "places": places_for(request.post, place)},
    )
