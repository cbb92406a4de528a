"""The inbox: 待办, 已办, 我发起的, 督办, and for readers the cases of their division."""

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

from accounts.deadlines import DEADLINES, figures_of
from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import put_places
from households.lists import places_for
from households.models.choices import Tier
from households.search import found_by_number, is_personal, plain_words
from monitoring.inbox import lists as inbox
from monitoring.inbox.rows import rows_of

KEPT = ("tab", "procedure", "step", "division", "due", "tier", "state", "sort")


def need_cases(post):
    """Departments see what they are asked, administrators nothing."""
    if not inbox.tabs_of(post):
        raise PermissionDenied


@post_required()
def cases(request):
    post, today = request.post, timezone.localdate()
    need_cases(post)
    if is_personal(request.GET.get("q", "")):
        messages.error(request, _not_in_an_address())
        return redirect("cases")
    filters = inbox.Filters(request.GET, post, today)
    sort, order = filters.order_of(request.GET.get("sort", ""))
    rows = filters.rows().select_related("waiting_at", "household")
    page = page_of(rows, request.GET, order=order)
    put_places([case.household for case in page])
    page.rows = rows_of(page.rows, post, today, guarded=filters.tab == "todo")
    chips, steps = inbox.chips_of(filters)
    context = {
        "page": page,
        "filters": filters,
        "inbox_tabs": inbox.tabs_of(post),
        "counts": inbox.counts_of(post),
        "chips": chips,
        "steps": steps,
        "one_step": bool(filters.procedure) and len(steps) == 1,
        "sort": sort,
        "figures": figures_of(inbox.on_desk(post), today),
        "places": places_for(post, filters.division),
        "deadlines": DEADLINES,
        "tiers": Tier.choices,
        "states": inbox.STATES,
        "today": today,
        "ticked": request.GET.get("ticked") == "all",
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
    }
    return render(request, "monitoring/inbox/cases.html", context)


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
    """Words stand in the address of the list; a full number becomes the household it means."""
    need_cases(request.post)
    typed = request.POST.get("q", "")
    kept = {name: request.POST[name] for name in KEPT if request.POST.get(name)}
    if not is_personal(typed):
        words = plain_words(typed)
        return _to_list(kept | {"q": words} if words else kept)
    found = found_by_number(request.post, typed).values_list("id", flat=True)[:1]
    if not found:
        messages.error(request, _("Nobody with this number is found among your households."))
        return _to_list(kept)
    return _to_list(kept | {"household": found[0]})


def _to_list(kept):
    return redirect(f"{reverse('cases')}?{urlencode(kept)}" if kept else reverse("cases"))
