"""The list of households, and the search for one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.roles import COUNTY
from households import lists
from households.filters import HouseholdFilter
from households.models import Household
from households.search import found_by_number, is_personal, plain_words

PAGING = ("after", "before")


@post_required()
def households(request):
    if request.post.role_row.sees == "accounts":
        raise PermissionDenied
    if is_personal(request.GET.get("q", "")):
        messages.error(request, _not_in_an_address())
        return redirect("households")
    visible = Household.objects.visible_to(request.post)
    chosen = HouseholdFilter(request.GET, queryset=visible, request=request)
    rows = chosen.qs if chosen.is_valid() else visible.none()
    sort = request.GET.get("sort", "number")
    division = chosen.form.cleaned_data.get("division") if chosen.is_valid() else None
    place = division or request.post.division
    page = page_of(lists.with_columns(rows), request.GET, order=lists.order_of(sort, place))
    seen, columns = lists.columns_for(request.post, request.GET.getlist("cols"))
    above, below = lists.places_for(request.post, division)
    return render(
        request,
        "households/households.html",
        {
            "filter": chosen,
            "page": page,
            "total": lists.counted(rows),
            "views": lists.views_for(request.post, timezone.localdate()),
            "query": _query(request),
            "filtered": any(value for name, value in request.GET.items() if name in chosen.filters),
            "more_open": any(request.GET.get(name) for name in lists.MORE_FILTERS),
            "columns": [(name, lists.COLUMNS[name]) for name in columns],
            "sortable": [
                name for name, column in lists.COLUMNS.items() if lists.may_sort(place, column)
            ],
            "sorts_heads": place.level >= COUNTY,
            "all_columns": [(name, lists.COLUMNS[name], name in columns) for name in seen],
            "sort": sort,
            "above": above,
            "below": below,
            "division": division,
            "never": lists.NEVER,
        },
    )


def _query(request):
    """The filters of the address without paging and without empty ones: what a chip is."""
    pairs = [
        (name, value)
        for name in request.GET
        if name not in (*PAGING, "cols", "sort")
        for value in request.GET.getlist(name)
        if value
    ]
    return urlencode(pairs)


def _not_in_an_address():
    return _(
        "A full ID card, phone or account number was not looked up, for it stood in the address "
        "of the page. Type it into the search field, which keeps it nowhere."
    )


@sensitive_post_parameters("q")
@never_cache
@post_required()
@require_POST
def search(request):
    """Words become a list with the words in its address; a full number never does."""
    typed = request.POST.get("q", "")
    if request.post.role_row.sees == "accounts":
        raise PermissionDenied
    if not is_personal(typed):
        return redirect(f"{reverse('households')}?{urlencode({'q': plain_words(typed)})}")
    found = list(found_by_number(request.post, typed).select_related("village", "township")[:20])
    if len(found) == 1:
        return redirect("household", found[0].id)
    return render(request, "households/found.html", {"households": found})
