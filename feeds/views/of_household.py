"""What departments reported of a household's members: a tab of its page, newest first."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from accounts.entry import post_required
from accounts.paging import page_of
from feeds.kinds import KINDS, kinds_of
from feeds.models import FeedRow
from feeds.saying import said
from households.views.household import visible_household


@post_required()
def household_departments(request, pk):
    """A department sees what it reported itself, and names of members as far as it sees those."""
    household, post = visible_household(request, pk), request.post
    own = post.role_row.sees == "line"
    kinds = kinds_of(post) if own else KINDS.values()
    if not kinds:
        raise PermissionDenied
    rows = FeedRow.objects.visible_to(post).of_household(household)
    present = set(rows.order_by().values_list("kind", flat=True).distinct())
    code = request.GET.get("kind", "")
    if code in KINDS:
        rows = rows.of(code)
    page = page_of(rows.select_related("upload", "member"), request.GET, order=("-on", "-id"))
    for row in page:
        row.said = said(row)
    context = {
        "household": household,
        "tab": "household_departments",
        "page": page,
        "kinds": [kind for kind in kinds if kind.number in present],
        "kind": code,
        "own": own,
        "opens": own or post.role in ("county", "city", "province", "auditor"),
    }
    return render(request, "feeds/household.html", context)
