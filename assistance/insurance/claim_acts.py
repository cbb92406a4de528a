"""Pages of one act on a claim: checked, sent, passed on, returned, refused, accepted, paid."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from assistance.funds.forms import Act
from assistance.insurance import claims, deciding, forms, reviewing
from assistance.insurance.asking import visible_claim
from assistance.models import ClaimState
from assistance.views.funds_asking import asked, sent


@post_required("open_claim")
def check_home(request, pk):
    words = {"title": _("Check the home"), "act": _("Record the check")}
    words["warning"] = _("Photos of the check are added to the papers of the claim.")
    today = timezone.localdate()
    return _page(request, pk, forms.HomeCheckForm, claims.check_home, words, on=today)


@post_required("open_claim")
def submit(request, pk):
    words = {"title": _("Send the claim to the township"), "act": _("Send the claim")}
    return _page(request, pk, Act, claims.submit_claim, words)


@post_required("open_claim")
def withdraw(request, pk):
    words = {"title": _("Withdraw the claim"), "act": _("Withdraw the claim")}
    return _page(request, pk, forms.ReasonForm, claims.withdraw_claim, words)


@post_required("review_claim")
def pass_on(request, pk):
    words = {"title": _("Pass the claim on"), "act": _("Pass the claim on")}
    return _page(request, pk, forms.SignForm, reviewing.pass_on_claim, words)


@post_required()
def send_back(request, pk):
    if not (request.post.may("review_claim") or request.post.may("decide_claim")):
        raise PermissionDenied
    words = {"title": _("Return the claim"), "act": _("Return the claim")}
    return _page(request, pk, forms.ReasonForm, reviewing.return_claim, words)


@post_required("decide_claim")
def refuse(request, pk):
    words = {"title": _("Refuse the claim"), "act": _("Refuse the claim")}
    words["warning"] = _("The household is told the reason and the clause.")
    return _page(request, pk, forms.RefuseForm, reviewing.refuse_claim, words)


@post_required("decide_claim")
def accept(request, pk):
    words = {"title": _("The insurer accepts the claim"), "act": _("Record the decision")}
    today = timezone.localdate()
    return _page(request, pk, forms.AcceptForm, deciding.accept_claim, words, on=today)


@post_required("decide_claim")
def pay(request, pk):
    words = {"title": _("The insurer has paid"), "act": _("Record the payout")}
    today = timezone.localdate()
    return _page(request, pk, forms.PayoutForm, deciding.pay_claim, words, on=today)


@post_required("decide_claim")
def take_back(request, pk):
    words = {"title": _("Take back the payout or the decision"), "act": _("Take it back")}
    words["warning"] = _("A payout: when the money came back or never arrived. A decision: when it"
                         " was recorded wrongly.")  # fmt: skip
    return _page(request, pk, forms.ReasonForm, deciding.take_back, words)


def _page(request, pk, kind, act, words, **known):
    found = visible_claim(request, pk)
    form = kind(sent(request), initial={"version": found.version, **known})

    def acted(**facts):
        act(found, **facts, by=request.post, at=timezone.now())
        messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
        return redirect("claim", found.pk)

    said = {"number": found.number, "payee": found.payee, "loss": f"{found.loss:,.2f}"}
    words["text"] = _("%(number)s: %(payee)s, %(loss)s yuan borne by the household") % said
    if found.state == ClaimState.ACCEPTED:
        said = said | {"amount": f"{found.amount:,.2f}"}
        words["text"] = _("%(number)s: %(payee)s, %(amount)s yuan to be paid") % said
    return asked(request, form, acted, words | {"back": reverse("claim", args=[found.pk])})
