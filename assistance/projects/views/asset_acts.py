"""One page for each act on an asset: a row of ``ACTS`` says its words, form and who may."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.entry import post_required
from assistance.models import AssetState, Lease, Owner
from assistance.projects import assets as acts
from assistance.projects import forms, leases, upkeep
from assistance.projects.checks import keeps, oversees, registers
from assistance.projects.views.asking import asked, given, visible_asset


def _keeping(post, asset):
    return keeps(post, asset.at) and asset.state == AssetState.KEPT


def _looking(post, asset):
    return keeps(post, asset.at) and asset.state != AssetState.WRITTEN_OFF


def _moving(post, asset):
    return _keeping(post, asset) and registers(post)


def _asking(post, asset):
    return _keeping(post, asset) and oversees(post, asset.at)


def _deciding(post, asset):
    return oversees(post, asset.at) and asset.state == AssetState.ASKED


def _leasing(post, asset):
    return _keeping(post, asset) and asset.owner == Owner.COLLECTIVE and asset.at.village_id


@dataclass(frozen=True)
class Act:
    title: str
    form: type
    does: Callable
    may: Callable  # (post, asset) -> bool
    text: str = ""
    posts: bool = False  # the form asks for the post


ACTS = {
    "change": Act(
        gettext_lazy("Change what the ledger says"), forms.ChangeForm, acts.change_asset, _keeping
    ),
    "transfer": Act(
        gettext_lazy("Transfer the asset"),
        forms.TransferForm,
        acts.transfer_asset,
        _moving,
        gettext_lazy("Works for production may be handed to a cooperative (GZ 4.5)."),
        posts=True,
    ),
    "ask-write-off": Act(
        gettext_lazy("Ask for its write-off"),
        forms.ReasonForm,
        acts.ask_write_off,
        _keeping,
        gettext_lazy("The county decides; the asset stays in the records."),
    ),
    "keep": Act(
        gettext_lazy("Refuse the write-off"),
        forms.ReasonForm,
        partial(acts.decide_write_off, approve=False),
        _deciding,
    ),
    "write-off": Act(
        gettext_lazy("Write the asset off"),
        forms.ReasonForm,
        partial(acts.decide_write_off, approve=True),
        _deciding,
        gettext_lazy("It leaves the ledger and stays in the records."),
    ),
    "ask-repair": Act(
        gettext_lazy("Ask for a repair"),
        forms.RepairForm,
        upkeep.ask_repair,
        _asking,
        gettext_lazy("It becomes a task of whoever keeps it, with a deadline."),
    ),
    "lease": Act(
        gettext_lazy("Enter a lease"),
        forms.LeaseForm,
        leases.make_lease,
        _leasing,
        gettext_lazy("A rent falls due each year from the day of the first."),
    ),
    "upkeep": Act(gettext_lazy("Record upkeep"), forms.UpkeepForm, upkeep.note_upkeep, _looking),
    "repaired": Act(gettext_lazy("Record a repair"), forms.RepairedForm, upkeep.repaired, _looking),
    "inspect": Act(
        gettext_lazy("Record an inspection"), forms.InspectForm, upkeep.inspect, _looking
    ),
}


DECISIONS = ("keep", "write-off")


@post_required("keep_assets")
def asset_act(request, pk, act):
    if act not in ACTS:
        raise Http404
    row, found = ACTS[act], visible_asset(request, pk)
    if not row.may(request.post, found):
        raise PermissionDenied
    more = {"post": request.post} if row.posts else {}
    form = row.form(initial=_known(found), **given(request), **more)

    def done(**facts):
        row.does(found, **facts, by=request.post, at=timezone.now())
        messages.success(request, _("Done: %(act)s.") % {"act": row.title})
        return redirect("asset", found.pk)

    words = {"title": row.title, "act": row.title, "text": row.text, "about": found}
    return asked(request, form, done, words | {"back": reverse("asset", args=[found.pk])})


def _known(asset):
    """What the ledger says already; days are today's."""
    today = timezone.localdate()
    names = {*acts.CHANGEABLE, "owner", "owner_name"}
    known = {name: getattr(asset, name) for name in names}
    known |= {"version": asset.version, "at_division": asset.at_id, "found": asset.use}
    return known | {"on": today, "since": today, "first_due_on": today}


@post_required("keep_assets")
def lease_end(request, pk):
    rows = Lease.objects.visible_to(request.post).select_related("asset__at")
    found = get_object_or_404(rows, pk=pk)
    if not _looking(request.post, found.asset) or found.ended_on:
        raise PermissionDenied
    form = forms.EndLeaseForm(initial={"on": timezone.localdate()}, **given(request))

    def done(**facts):
        leases.end_lease(found, **facts, by=request.post, at=timezone.now())
        messages.success(request, _("The lease has ended."))
        return redirect("asset", found.asset_id)

    words = {"title": _("End the lease early"), "act": _("End the lease"), "about": found.asset}
    words["text"] = _("What falls due after that day falls away; what was due before stays due.")
    return asked(request, form, done, words | {"back": reverse("asset", args=[found.asset_id])})
