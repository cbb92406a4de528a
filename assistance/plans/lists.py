"""The list of plans: what waits for the township, who has none, what is in force."""

from django.shortcuts import render
from django.utils import timezone

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import narrowed
from assistance.models import AssistancePlan, PlanState
from assistance.plans.missing import without_plan
from assistance.plans.views import need_plans
from households.lists import places_for
from households.models import Household

MOST = 1000  # counting stops here


def waiting_for(post):
    """What the township has to approve, for its menu."""
    rows = AssistancePlan.objects.visible_to(post if post.may("approve_plan") else None)
    return rows.filter(state=PlanState.SUBMITTED)


@post_required()
def plans(request):
    post, today = request.post, timezone.localdate()
    need_plans(post)
    homes, place = narrowed(Household.objects.visible_to(post), post, request.GET.get("division"))
    rows, _place = narrowed(
        AssistancePlan.objects.visible_to(post), post, request.GET.get("division")
    )
    shown = {
        "submitted": rows.filter(state=PlanState.SUBMITTED),
        "missing": without_plan(homes, today),
        "": rows.in_force(today),
        "returned": rows.filter(state=PlanState.RETURNED),
        "draft": rows.filter(state=PlanState.DRAFT),
        "over": rows.filter(state=PlanState.APPROVED, valid_until__lt=today),
    }
    which = request.GET.get("which", "")
    which = which if which in shown else ""
    found = shown[which]
    if which == "missing":
        found = found.select_related("village", "township")
    else:
        found = found.select_related("household__village", "household__township")
    context = {
        "page": page_of(found, request.GET, order=("-id",) if which != "missing" else ("id",)),
        "which": which,
        "counts": {name or "approved": _counted(some) for name, some in shown.items()},
        "places": places_for(post, place),
        "today": today,
    }
    return render(request, "assistance/plans/plans.html", context)


def _counted(rows):
    found = rows.order_by()[:MOST].count()
    return f"{MOST - 1}+" if found == MOST else found
