"""Pages of needs and offers for the offices: lists, one need, one offer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import narrowed
from accounts.views.revealing import reveal_page
from assistance.models import Give, NeedState, OfferState, SocialDelivery, SocialNeed, SocialOffer
from assistance.social import lists
from assistance.social.asking import asked, need_office, sent
from assistance.social.forgetting import closes_on
from assistance.social.forms import NeedForm
from assistance.social.matching import plain
from assistance.social.needs import may_note, note_need
from assistance.social.offers import may_check
from households.lists import places_for
from households.views.household import visible_household

PLACES = ("household__village", "household__township", "household__county")


@post_required()
def needs(request):
    need_office(request.post)
    post = request.post
    rows, place = narrowed(SocialNeed.objects.visible_to(post), post, request.GET.get("division"))
    default = "noted" if post.may("match_offers") else "open"
    filters = lists.Filters(request.GET, lists.NEEDS, rows, default)
    shown = filters.rows().select_related(*PLACES)
    context = {
        "page": page_of(shown, request.GET, order=("-id",)),
        "filters": filters,
        "chips": filters.chips(),
        "kinds": Give.choices,
        "places": places_for(post, place),
        "reads_offers": _reads_offers(post),
        "unchecked": lists.offers_waiting_for(post).count(),
    }
    return render(request, "assistance/social/needs.html", context)


def _reads_offers(post):
    return post.role_row.sees == "division" and post.role != "village"


def need_offers(post):
    if not _reads_offers(post):
        raise PermissionDenied


@post_required()
def offers(request):
    need_offers(request.post)
    post = request.post
    rows, place = narrowed(SocialOffer.objects.visible_to(post), post, request.GET.get("division"))
    filters = lists.Filters(request.GET, lists.OFFERS, rows, "received")
    context = {
        "page": page_of(filters.rows().select_related("division"), request.GET, order=("-id",)),
        "filters": filters,
        "chips": filters.chips(),
        "kinds": Give.choices,
        "places": places_for(post, place),
    }
    return render(request, "assistance/social/offers.html", context)


def visible_need(request, pk):
    need_office(request.post)
    rows = SocialNeed.objects.visible_to(request.post).select_related(
        *PLACES, "recorded_by__officer", "published_by__officer", "ended_by__officer"
    )
    return get_object_or_404(rows, pk=pk)


@post_required()
def need(request, pk):
    found, post = visible_need(request, pk), request.post
    matches = found.matches.select_related(
        *("offer__division", "measure"),
        *("matched_by__officer", "ended_by__officer", "answered_by__officer"),
    )
    matches = matches.prefetch_related("deliveries__recorded_by__officer")
    noted_it = persons_behind(post) & persons_behind(found.recorded_by)
    waits = found.state == NeedState.NOTED
    context = {
        "need": found,
        "household": found.household,
        "matches": matches,
        "offers": lists.fitting_offers(found, post) if found.state == NeedState.OPEN else [],
        "reads_offers": _reads_offers(post),
        "helps": may_note(post),
        "matching": post.may("match_offers"),
        "may_publish": waits and post.may("match_offers") and not noted_it,
        "may_close": waits or found.state == NeedState.OPEN,
    }
    return render(request, "assistance/social/need.html", context)


def visible_offer(request, pk):
    need_offers(request.post)
    rows = SocialOffer.objects.visible_to(request.post)
    return get_object_or_404(
        rows.select_related("division__county", "checked_by__officer", "ended_by__officer"), pk=pk
    )


@post_required()
def offer(request, pk):
    found, post = visible_offer(request, pk), request.post
    matches = found.matches.select_related("need__household__village", "measure")
    seen = SocialNeed.objects.visible_to(post).filter(matches__offer=found)
    checks = may_check(found, post)
    waits = found.state == OfferState.RECEIVED
    context = {
        "offer": found,
        "closes_on": closes_on(found, timezone.localdate()) if waits else None,
        "matches": matches,
        "seen": set(seen.values_list("pk", flat=True)),
        "checks": checks,
        "to_check": checks and waits,
        "may_close": checks and found.state == OfferState.OPEN,
        "needs": lists.fitting_needs(found, post)
        if checks and found.state == OfferState.OPEN
        else [],
    }
    return render(request, "assistance/social/offer.html", context)


@post_required()
def offer_phone(request, pk):
    found = visible_offer(request, pk)
    if not may_check(found, request.post):
        raise PermissionDenied
    back = reverse("social_offer", args=[found.pk])
    return reveal_page(request, found, "phone", subject_words=str(found), back=back)


@post_required("carry_measures")
def new_need(request, pk):
    household = visible_household(request, pk)
    need_office(request.post)
    form = NeedForm(sent(request))

    def act(**said):
        noted, _new = note_need(household, **said, by=request.post, at=timezone.now())
        messages.success(request, _("The need is noted. Township or county publish it."))
        return redirect("social_need", noted.pk)

    home = {"head": household.head_name or household.number, "place": household.village.name}
    words = {"title": _("Note a need: %(head)s, %(place)s") % home, "act": _("Note the need")}
    words["text"] = _("What society may help with. It is published without a name, after"
                      " somebody else has read it (XC 4.5.21).")  # fmt: skip
    return asked(
        request, form, act, words | {"back": reverse("household_measures", args=[household.pk])}
    )


@post_required()
def photo(request, pk):
    need_office(request.post)
    rows = SocialDelivery.objects.visible_to(request.post).exclude(photo="")
    answer = FileResponse(
        get_object_or_404(rows, pk=pk).photo.open("rb"), content_type="image/jpeg"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def described(need):
    """“things, 2 pieces”"""
    said = {"kind": need.get_kind_display(), "amount": plain(need.amount), "unit": need.unit}
    return _("%(kind)s, %(amount)s %(unit)s") % said
