"""The pages without an account: apply, and ask by receipt number where it is."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.receipts import by_fours, new_receipt, read_receipt
from accounts.slowing import APPLY, LOOK, TooMany, address_of, count_try, told_to_wait
from monitoring.applying import acts
from monitoring.applying.forms import ApplyForm, ReceiptForm
from monitoring.applying.places import place_of
from monitoring.clues.moving import figures_of

RECEIPT = "receipt"


def state_words():
    return {
        acts.RECEIVED: _("Received. It goes to the village."),
        acts.CHECKING: _("Being checked. Somebody of the village comes to your home."),
        acts.ANSWERED: _("Answered. The village tells you how; you may also ask there."),
        acts.NOTHING: _("There is no application with this number. Compare the digits."),
    }


@never_cache
@sensitive_post_parameters()
def apply(request):
    now = timezone.now()
    today = timezone.localdate(now)
    place = place_of(request.GET, today)
    if place.village is None:
        return render(request, "monitoring/applying/place.html", {"place": place})
    form = ApplyForm(request.POST if request.method == "POST" else None, today=today)
    figures = figures_of(place.village, today)
    context = {"place": place, "form": form, "figures": figures, "refusal": ""}
    status = 200
    if request.method == "POST":
        try:
            count_try(APPLY, address_of(request), at=now)
            if form.is_valid():
                return _received(request, place.village, form.cleaned_data, now)
            status = 422
        except TooMany as refusal:
            context["refusal"], status = str(refusal), 429
    answer = render(request, "monitoring/applying/apply.html", context, status=status)
    return told_to_wait(answer, now)


def _received(request, village, data, now):
    machine = data.pop("website")
    data.pop("consent")
    # A machine that fills in what nobody sees is told what everybody is told.
    receipt = new_receipt() if machine else acts.apply(village=village, **data, at=now)
    request.session[RECEIPT] = receipt
    return redirect("apply_done")


@never_cache
def done(request):
    receipt = request.session.get(RECEIPT, "")
    if not receipt:
        return redirect("apply")
    return render(request, "monitoring/applying/done.html", {"receipt": by_fours(receipt)})


@never_cache
def state(request):
    now, words, status, refusal = timezone.now(), "", 200, ""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            count_try(LOOK, address_of(request), at=now)
            if form.is_valid():
                number = read_receipt(form.cleaned_data["receipt"])
                words = state_words()[acts.state_of(number)]
            else:
                status = 422
        except TooMany as too_many:
            refusal, status = str(too_many), 429
    context = {"form": form, "words": words, "refusal": refusal, "apply": reverse("apply")}
    answer = render(request, "monitoring/applying/state.html", context, status=status)
    return told_to_wait(answer, now)
