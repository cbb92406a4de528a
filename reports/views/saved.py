"""Saved views of ledgers: saved, opened by their address, shared, deleted."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.refusals import Refused
from reports.ledger_views import delete_view, save_view, share_view
from reports.ledgers import LEDGERS
from reports.models import LedgerView
from reports.views.asking import Asked


@require_POST
@post_required()
def save(request, slug):
    asked = Asked(request.post, slug, request.POST)
    query = asked.pairs()
    if request.POST.get("division_of") == "reader":
        query.pop("division", None)
    elif "division" not in query:
        query["division"] = asked.place.code
    address = f"{reverse('ledger', args=[slug])}?{asked.query()}"
    try:
        saved = {"name": request.POST.get("name", ""), "shared": "shared" in request.POST}
        view = save_view(
            ledger=asked.ledger, query=query, by=request.post, at=timezone.now(), **saved
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address)
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect("ledgers")


@post_required()
def opened(request, pk):
    """The ledger that the view names; every reader sees there what is theirs."""
    view = get_object_or_404(LedgerView.objects.visible_to(request.post), pk=pk)
    if view.ledger not in LEDGERS:
        raise Http404
    return redirect(f"{reverse('ledger', args=[view.ledger])}?{urlencode(view.query)}")


def _own(request, pk):
    seen = LedgerView.objects.visible_to(request.post)
    return get_object_or_404(seen.own(request.post), pk=pk)


@require_POST
@post_required()
def share(request, pk):
    view = _own(request, pk)
    shared = request.POST.get("shared") == "yes"
    share_view(view, shared=shared, by=request.post, at=timezone.now())
    said = _("The view is shared.") if shared else _("The view is no longer shared.")
    messages.success(request, said)
    return redirect("ledgers")


@require_POST
@post_required()
def delete(request, pk):
    view = _own(request, pk)
    delete_view(view, by=request.post, at=timezone.now())
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("ledgers")
