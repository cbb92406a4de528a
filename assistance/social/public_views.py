"""Pages without an account: what is needed, without names; offer something; ask how it stands."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.paging import page_of
from accounts.places import with_code
from accounts.receipts import by_fours, new_receipt, read_receipt
from accounts.slowing import LOOK, OFFER, TooMany, address_of, count_try, told_to_wait
from assistance.models import Give, OfferState, SocialNeed
from assistance.social import offers
from assistance.social.forgetting import days_unchecked
from assistance.social.forms import OfferForm, ReceiptForm
from assistance.social.naming import places_of
from assistance.social.refusals import SocialRefusal

RECEIPT = "offer_receipt"
COUNTY = ("household__village", "household__township", "household__county")


def state_words():
    return {
        OfferState.RECEIVED: _("Received. Somebody of the office calls you."),
        OfferState.OPEN: _("Checked. It is matched with what is needed."),
        OfferState.USED: _("Delivered. It has reached those who needed it."),
        OfferState.REFUSED: _("Not accepted."),
        OfferState.CLOSED: _("Closed. Nothing more is taken of it."),
        OfferState.LAPSED: _(
            "Closed: nobody of the office checked it in time. Your phone has been deleted; offer it"
            " again if you still mean it, or call the township."
        ),
        "": _("There is no offer with this number. Compare the digits."),
    }


def wait_words(refusal):
    words = _("Too many tries just now. Try again in %(minutes)d minutes, or call the township.")
    return words % {"minutes": refusal.minutes}


def needs(request):
    """Published needs, the newest first; the smallest place shown is one where many live."""
    rows = SocialNeed.objects.public().select_related(*COUNTY)
    county = _county(request)
    kind = request.GET.get("kind") if request.GET.get("kind") in Give else ""
    if county:
        rows = rows.filter(household__county=county)
    if kind:
        rows = rows.filter(kind=kind)
    page = page_of(rows, request.GET, order=("-published_at", "-id"), size=20)
    places = places_of(page.rows)
    for row in page:
        row.place = places[row.pk]
    where = SocialNeed.objects.public().order_by().values("household__county")
    context = {
        "page": page,
        "kinds": Give.choices,
        "kind": kind,
        "county": county,
        "counties": Division.objects.filter(pk__in=where).order_by("code"),
    }
    return render(request, "assistance/social/public/needs.html", context)


def _county(request):
    counties = Division.objects.filter(level=Level.COUNTY)
    return with_code(counties, request.GET.get("county", ""))


def _public(public_id):
    rows = SocialNeed.objects.public().select_related(*COUNTY)
    found = get_object_or_404(rows, public_id=public_id)
    found.place = places_of([found])[found.pk]
    return found


@never_cache
@sensitive_post_parameters()
def offer_for_need(request, public_id):
    need = _public(public_id)
    return _offered(request, {"need": need}, need=need)


@never_cache
@sensitive_post_parameters()
def offer(request):
    county = _county(request)
    today = timezone.localdate()
    valid = Division.objects.valid_on(today)
    if county is None:
        rows = valid.filter(level=Level.COUNTY).select_related("parent").order_by("code")
        return render(request, "assistance/social/public/place.html", {"counties": rows})
    places = [county, *valid.filter(level=Level.TOWNSHIP, parent=county).order_by("code")]
    return _offered(request, {"county": county}, places=places)


def _offered(request, context, **about):
    now, status = timezone.now(), 200
    form = OfferForm(request.POST if request.method == "POST" else None, **about)
    place = about["need"].household.county if "need" in about else context["county"]
    context |= {"form": form, "refusal": "", "days": days_unchecked(place, localdate(now))}
    if request.method == "POST":
        try:
            count_try(OFFER, address_of(request), at=now)
            if form.is_valid():
                return _received(request, form, about.get("need"), now)
            status = 422
        except SocialRefusal as refusal:
            form.add_error(refusal.field, str(refusal))
            status = 422
        except TooMany as refusal:
            context["refusal"], status = wait_words(refusal), 429
    answer = render(request, "assistance/social/public/offer.html", context, status=status)
    return told_to_wait(answer, now)


def _received(request, form, need, now):
    given = {name: form.cleaned_data.get(name) for name in offers.GIVEN}
    if need:
        place, given["kind"] = offers.place_for(need), need.kind
    else:
        place = form.places[form.cleaned_data["place"]]
    # A machine that fills in what nobody sees is told what everybody is told.
    machine = form.cleaned_data["website"]
    given |= {"division": place, "need": need, "client_id": form.cleaned_data["client_id"]}
    receipt = new_receipt() if machine else offers.offer(**given, at=now)
    request.session[RECEIPT] = receipt
    return redirect("give_done")


@never_cache
def done(request):
    receipt = request.session.get(RECEIPT, "")
    if not receipt:
        return redirect("give")
    return render(request, "assistance/social/public/done.html", {"receipt": by_fours(receipt)})


@never_cache
def state(request):
    now, status = timezone.now(), 200
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "words": "", "refusal": "", "told": None}
    if request.method == "POST":
        try:
            count_try(LOOK, address_of(request), at=now)
            if form.is_valid():
                told = offers.told_by(read_receipt(form.cleaned_data["receipt"]))
                context["told"] = told
                context["words"] = state_words()[told["state"] if told else ""]
            else:
                status = 422
        except TooMany as too_many:
            context["refusal"], status = wait_words(too_many), 429
    answer = render(request, "assistance/social/public/state.html", context, status=status)
    return told_to_wait(answer, now)
