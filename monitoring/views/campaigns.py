"""Campaigns: the list, opening one, its progress by division, and ending it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen
from accounts.refusals import Refused
from accounts.roles import COUNTY
from households.lists import places_for
from jobs.models import Job
from monitoring.burden.before import told_before, told_of
from monitoring.campaigns import forms, opening
from monitoring.campaigns.groups import GROUPS, words_of
from monitoring.campaigns.kinds import KINDS
from monitoring.campaigns.lists import (
    added_of,
    answers_of,
    figures_of,
    figures_of_each,
    lines_for,
    progress,
)
from monitoring.campaigns.persons import add_candidate, add_person, candidates
from monitoring.models import Campaign
from monitoring.tasks import ask_for_campaign


def need_campaigns(post):
    """Departments and keepers of accounts have no part in campaigns."""
    if post.role_row.sees not in ("division", "assigned"):
        raise PermissionDenied


def visible(request, pk):
    need_campaigns(request.post)
    rows = Campaign.objects.visible_to(request.post).select_related("division")
    return get_object_or_404(rows, pk=pk)


@post_required()
def campaigns(request):
    post = request.post
    need_campaigns(post)
    rows = Campaign.objects.visible_to(post).select_related("division")
    page = page_of(rows, request.GET, order=("-id",), size=20)
    figures = figures_of_each(page.rows, post)
    for campaign in page:
        campaign.row, campaign.figures = KINDS[campaign.kind], figures[campaign.pk]
    context = {
        "page": page,
        "kinds": KINDS.values() if opening.may_open(post) else (),
        "jobs": Job.objects.visible_to(post).open().filter(kind="campaign"),
        "today": timezone.localdate(),
    }
    return render(request, "monitoring/campaigns/campaigns.html", context)


@never_cache
@post_required()
def campaign_new(request, kind):
    """Shows whom it would ask before anybody is asked."""
    post = request.post
    if not opening.may_open(post):
        raise PermissionDenied
    if kind not in KINDS:
        raise Http404
    form = forms.OpenForm(request.POST if request.method == "POST" else None, kind=KINDS[kind])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            opening.check_opening(
                kind, data["since"], data["until"], data.get("groups", ()), post, timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            job = ask_for_campaign(
                kind=kind, since=data["since"], until=data["until"],
                groups=data.get("groups", []), by=post, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("The list is being written."))
            return redirect("job", job.id)
    context = {"kind": KINDS[kind], "form": form, "told": told_before(post.division)}
    if post.division.level == COUNTY:  # a whole province is not counted for a form
        day = timezone.localdate()
        homes = opening.households_for(kind, post.division, list(GROUPS), day)
        context["told"] = f"{told_of(homes)} {context['told']}"
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "monitoring/campaigns/new.html", context, status=status)


@post_required()
def campaign(request, pk):
    """How far it is, by division, and what was answered."""
    found, post = visible(request, pk), request.post
    place = chosen(post, request.GET.get("division")) or post.division
    lines = lines_for(found, post).within(place)
    kind = KINDS[found.kind]
    context = {
        "campaign": found,
        "kind": kind,
        "figures": figures_of(lines),
        "rows": progress(lines, place),
        "answers": answers_of(lines, kind),
        "groups": [*words_of(found.groups), *added_of(lines)],
        "place": place,
        "places": places_for(post, place),
        "late": found.ended_at is None and found.until < timezone.localdate(),
        "may_end": opening.may_open(post) and post.division_id == found.division_id,
        "may_add": opening.may_add(found, post),
    }
    return render(request, "monitoring/campaigns/campaign.html", context)


def _act(request, found, form, words, act):
    """Asks, then does it; a refusal stands on the form, with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("campaign", found.pk)
    context = {**words, "form": form, "back": reverse("campaign", args=[found.pk])}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "confirm.html", context, status=status)


def _sent(request):
    return request.POST if request.method == "POST" else None


@never_cache
@post_required()
def campaign_end(request, pk):
    post = request.post
    if not opening.may_open(post):
        raise PermissionDenied
    found = visible(request, pk)
    if post.division_id != found.division_id or found.ended_at:
        raise PermissionDenied
    words = {
        "title": _("End the campaign"),
        "act": _("End the campaign"),
        "text": _("What is not answered leaves the list; what was answered stays."),
    }

    def act(data):
        opening.end_campaign(found, because=data["because"], by=post, at=timezone.now())
        return _("The campaign has ended.")

    return _act(request, found, forms.EndForm(_sent(request)), words, act)


def _to_add_to(request, pk):
    """An open screening, for its county."""
    if request.post.role != "county":
        raise PermissionDenied
    found = visible(request, pk)
    if not opening.may_add(found, request.post):
        raise PermissionDenied
    return found


@never_cache
@post_required()
def campaign_add(request, pk):
    """A group of its own that a county adds to a screening."""
    found, post = _to_add_to(request, pk), request.post
    words = {"title": _("Add households"), "act": _("Put them on the list")}

    def act(data):
        made = opening.add_households(found, **data, by=post, at=timezone.now())
        sentence = ngettext("%(n)d household was added.", "%(n)d households were added.", made)
        return sentence % {"n": made}

    return _act(request, found, forms.AddForm(_sent(request)), words, act)


@never_cache
@post_required()
def campaign_person(request, pk):
    """Somebody of a department's data whose household is not in the register."""
    found, post = _to_add_to(request, pk), request.post
    village = chosen(post, request.POST.get("village") or request.GET.get("division"))
    trouble = _candidate(request)
    kind = forms.CandidateForm if trouble else forms.PersonForm
    form = kind(_sent(request), initial={"village": village.code if village else ""})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"village": village}
        try:
            if trouble:
                add_candidate(found, trouble, **data, by=post, at=timezone.now())
            else:
                add_person(found, **data, by=post, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The person is on the list of the village."))
            return redirect("campaign", found.pk)
    context = {"campaign": found, "kind": KINDS[found.kind], "form": form, "village": village}
    context["trouble"] = trouble
    context["places"] = places_for(post, village)
    context["ready"] = bool(village and village.level == 5)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "monitoring/campaigns/person.html", context, status=status)


def _candidate(request):
    """The row of a department that ``?row=`` names, as far as the county sees it."""
    asked = request.GET.get("row", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        raise Http404
    rows = candidates(request.post, timezone.localdate()).select_related("upload")
    return get_object_or_404(rows, pk=int(asked))


@never_cache
@post_required()
def campaign_candidates(request, pk):
    """Whom departments list in key groups and the register does not know."""
    found, post = _to_add_to(request, pk), request.post
    rows = candidates(post, timezone.localdate()).select_related("upload")
    page = page_of(rows, request.GET, order=("-upload_id", "id"))
    context = {"campaign": found, "kind": KINDS[found.kind], "page": page}
    return render(request, "monitoring/campaigns/candidates.html", context)
