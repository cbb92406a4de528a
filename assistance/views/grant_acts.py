"""Pages of one act on a grant: signed, refused, withdrawn, paid, booked back, filed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from assistance.funds import granting, paying, urgent
from assistance.funds.booking import handles
from assistance.funds.forms import Act, FilingForm, ReasonForm, SignForm
from assistance.views.funds_asking import asked, sent
from assistance.views.grants import visible_grant


@post_required("sign_grant")
def sign(request, pk):
    words = {"title": _("Sign the grant"), "act": _("Sign the grant")}
    return _page(request, pk, SignForm, granting.sign_grant, words)


@post_required("sign_grant")
def refuse(request, pk):
    words = {"title": _("Refuse the grant"), "act": _("Refuse the grant")}
    return _page(request, pk, ReasonForm, granting.refuse_grant, words)


@post_required("propose_grant")
def withdraw(request, pk):
    words = {"title": _("Withdraw the application"), "act": _("Withdraw the application")}
    return _page(request, pk, ReasonForm, granting.withdraw_grant, words)


@post_required("handle_funds")
def pay(request, pk):
    words = {"title": _("Pay the grant"), "act": _("Pay the grant")}
    return _page(request, pk, Act, paying.pay_grant, words, keeper=True)


@post_required("handle_funds")
def book_back(request, pk):
    words = {"title": _("Book the payment back"), "act": _("Book it back")}
    words["warning"] = _("Only when the money came back, or never arrived.")
    return _page(request, pk, ReasonForm, paying.reverse_grant, words, keeper=True)


@post_required("handle_funds")
def file(request, pk):
    words = {"title": _("File the relief"), "act": _("File the relief")}
    return _page(request, pk, FilingForm, urgent.file_relief, words, keeper=True)


def _page(request, pk, kind, act, words, keeper=False):
    found = visible_grant(request, pk)
    if keeper and not handles(request.post, found.fund):
        raise PermissionDenied
    form = kind(sent(request), initial={"version": found.version})

    def acted(**facts):
        act(found, **facts, by=request.post, at=timezone.now())
        messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
        return redirect("grant", found.pk)

    said = {"number": found.number, "payee": found.payee, "amount": f"{found.amount:,.2f}"}
    words["text"] = _("%(number)s: %(payee)s, %(amount)s yuan") % said
    return asked(request, form, acted, words | {"back": reverse("grant", args=[found.pk])})
