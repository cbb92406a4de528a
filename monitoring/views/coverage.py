"""Coverage of visits: by division and person, the households behind a figure, a person's own."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.entry import post_required
from accounts.models import Officer
from accounts.paging import page_of
from accounts.places import chosen
from accounts.roles import TOWNSHIP
from households.lists import places_for
from monitoring.coverage import KINDS, by_division, by_person, rows_in, totals
from monitoring.today import to_visit

NOBODY = "nobody"


def _place(request):
    post = request.post
    if post.role_row.sees not in ("division", "assigned"):
        raise PermissionDenied
    return chosen(post, request.GET.get("division")) or post.division


@post_required()
def coverage(request):
    place, day, post = _place(request), timezone.localdate(), request.post
    rows = rows_in(post, day, place)
    people = by_person(rows, day) if place.level >= TOWNSHIP else []
    context = {
        "figures": totals(rows, day),
        "kinds": KINDS,
        "rows": by_division(rows, day, place),
        "people": people,
        "place": place,
        "places": places_for(post, place),
        "day": day,
    }
    return render(request, "monitoring/coverage/coverage.html", context)


@post_required()
def coverage_rows(request, kind):
    """The households behind a figure: of a division, of a person, or of nobody."""
    if kind not in KINDS:
        raise Http404
    place, day, post = _place(request), timezone.localdate(), request.post
    rows = rows_in(post, day, place).filter(KINDS[kind].condition(day))
    person, asked = None, request.GET.get("person", "")
    if asked == NOBODY:
        rows = rows.filter(in_charge=None)
    elif asked:
        person = _person(post, day, asked)
        rows = rows.filter(in_charge=person)
    page = page_of(rows.select_related("village"), request.GET, order=("due_on", "id"))
    context = {
        "kind": KINDS[kind], "page": page, "place": place, "person": person,
        "nobody": asked == NOBODY, "today": day, "may_record": post.may("record_visit"),
    }  # fmt: skip
    return render(request, "monitoring/coverage/rows.html", context)


@post_required()
def coverage_person(request, pk):
    """The households of one responsible or contact person, as far as the post sees them."""
    _place(request)
    post, day = request.post, timezone.localdate()
    person = _person(post, day, str(pk))
    rows = to_visit(post, day).filter(in_charge=person)
    page = page_of(rows.select_related("village"), request.GET, order=("due_on", "id"))
    context = {
        "person": person, "figures": totals(rows, day), "kinds": KINDS, "page": page,
        "today": day, "may_record": post.may("record_visit"),
    }  # fmt: skip
    return render(request, "monitoring/coverage/person.html", context)


def _person(post, day, pk):
    """Somebody in charge of a household that ``post`` sees; for others there is nobody."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 18):
        raise Http404
    seen = to_visit(post, day).filter(in_charge=int(pk))
    if not seen.exists():
        raise Http404
    return get_object_or_404(Officer, pk=int(pk))
