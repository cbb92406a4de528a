"""The burden meter: what a place is asked, beside the middle village and its own months (AH 6.3).

No table of villages, no order among them, nobody's name: the figure is the asker's to bring down.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone

from accounts.entry import post_required
from accounts.places import chosen
from accounts.roles import VILLAGE
from households.due import month_of
from households.lists import places_for
from monitoring.burden.counting import (
    circle_of,
    figures_of,
    median_village,
    open_requests,
    sums_of,
    trend,
)
from monitoring.models import Burden

MONTHS = 12


@post_required()
def burden(request):
    post = request.post
    if post.role_row.sees not in ("division", "assigned"):
        raise PermissionDenied
    place = chosen(post, request.GET.get("division")) or post.division
    rows = Burden.objects.visible_to(post).within(place)
    month = month_of(timezone.localdate())[0]
    sums = sums_of(rows.filter(month=month))
    context = {
        "place": place,
        "places": places_for(post, place),
        "month": month,
        "sums": sums,
        "own": figures_of(sums),
        "middle": median_village(month, circle_of(place)),
        "circle": circle_of(place),
        "waiting": open_requests(place),
        "trend": trend(rows, MONTHS),
        "is_village": place.level == VILLAGE,
    }
    return render(request, "monitoring/burden/burden.html", context)
