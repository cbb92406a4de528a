"""Pages of policies: all of a year with what they cost and paid, one, a new one, its premiums."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.models.divisions import Level
from accounts.paging import page_of
from accounts.places import narrowed
from assistance.funds.limits import LIMITS, limits_on
from assistance.insurance import policies, premiums
from assistance.insurance.asking import need_insurance, visible_policy
from assistance.insurance.forms import ChangePolicyForm, PolicyForm, PremiumForm, TakeBackForm
from assistance.insurance.ratio import totals, with_figures
from assistance.models import InsurancePolicy, Payer
from assistance.views.funds_asking import asked, sent
from households.lists import places_for

FIRST_YEAR = 2015


@post_required()
def insurance(request):
    """赔付率 by county and year."""
    need_insurance(request.post)
    post, this_year = request.post, timezone.localdate().year
    years = range(this_year + 1, FIRST_YEAR - 1, -1)
    year = next((y for y in years if str(y) == request.GET.get("year")), this_year)
    place, rows = None, InsurancePolicy.objects.visible_to(post)
    if post.division.level < Level.COUNTY:
        rows, place = narrowed(rows, post, request.GET.get("division"))
    rows = rows.filter(year=year).select_related("division__city")
    page = page_of(rows, request.GET, order=("division__code", "id"))
    with_figures(list(page))
    enters = post.may("keep_insurance") and post.division.level == Level.COUNTY
    has_one = rows.filter(division=post.division_id).exists()
    context = {
        "page": page,
        "total": totals(with_figures(list(rows))),
        "year": year,
        "years": years,
        "places": places_for(post, place) if post.division.level < Level.COUNTY else (),
        "may_enter": enters and not has_one,
    }
    return render(request, "assistance/insurance/policies.html", context)


@post_required()
def policy(request, pk):
    found = visible_policy(request, pk)
    with_figures([found])
    limit = limits_on(found.starts_on, found.division)["insured_share"]
    parts = [(payer, found.owed_by(payer), premiums.paid_by(found, payer)) for payer in Payer]
    rows = found.payments.select_related("recorded_by__officer", "taken_back_by__officer")
    context = {
        "policy": found,
        "wanted_share": limit,
        "share_clause": LIMITS["insured_share"].clause,
        "parts": [part for part in parts if part[1]],
        "payments": rows,
        "keeps": policies.keeps(request.post, found),
        "may_change": policies.keeps(request.post, found) and policies.may_change(found),
        "pays_for": premiums.pays_for(request.post, found),
    }
    return render(request, "assistance/insurance/policy.html", context)


@post_required("keep_insurance")
def new(request):
    if request.post.division.level != Level.COUNTY:
        raise PermissionDenied
    limit = limits_on(timezone.localdate(), request.post.division)["insured_share"]
    form = PolicyForm(sent(request))

    def act(**said):
        made, _new = policies.enter_policy(**said, by=request.post, at=timezone.now())
        messages.success(request, _("The policy is on record."))
        return redirect("insurance_policy", made.pk)

    words = {"title": _("Enter the policy of a year"), "act": _("Enter the policy")}
    words["text"] = _(
        "%(place)s insures %(share)s per cent of its farm population; city and county share the"
        " premium, or the county pays it whole (GZ 4.4.3)."
    ) % {"place": request.post.division.full_name, "share": f"{limit:.0f}"}
    return asked(request, form, act, words | {"back": reverse("insurance")})


@post_required("keep_insurance")
def change(request, pk):
    found = visible_policy(request, pk)
    if not policies.keeps(request.post, found):
        raise PermissionDenied
    known = {name: getattr(found, name) for name in policies.FACTS} | {"version": found.version}
    form = ChangePolicyForm(sent(request), initial=known)

    def act(**said):
        policies.change_policy(found, **said, by=request.post, at=timezone.now())
        messages.success(request, _("The policy was corrected."))
        return redirect("insurance_policy", found.pk)

    words = {"title": _("Correct the policy"), "act": _("Correct the policy")}
    if not policies.may_change(found):
        words["warning"] = _(
            "A premium was paid or a claim opened by this policy; it is not changed any more."
        )
    return asked(request, form, act, words | {"back": _page(found)})


def _page(policy):
    return reverse("insurance_policy", args=[policy.pk])


@post_required("keep_insurance")
def premium(request, pk):
    found = visible_policy(request, pk)
    payers = premiums.pays_for(request.post, found)
    if not payers:
        raise PermissionDenied
    form = PremiumForm(sent(request), payers=payers)

    def act(**said):
        premiums.pay_premium(found, **said, by=request.post, at=timezone.now())
        messages.success(request, _("The payment is on record."))
        return redirect("insurance_policy", found.pk)

    words = {"title": _("Record a paid premium"), "act": _("Record the payment")}
    owed = found.owed_by(payers[0]) - premiums.paid_by(found, payers[0])
    said = {"number": found.number, "payer": Payer(payers[0]).label, "left": f"{owed:,.2f}"}
    words["text"] = _("%(number)s: the %(payer)s has %(left)s yuan left to pay.") % said
    return asked(request, form, act, words | {"back": _page(found)})


@post_required("keep_insurance")
def take_back(request, pk, payment):
    found = visible_policy(request, pk)
    row = get_object_or_404(found.payments.select_related("policy__division"), pk=payment)
    if row.payer not in premiums.pays_for(request.post, found):
        raise PermissionDenied

    def act(because):
        premiums.take_back_premium(row, because=because, by=request.post, at=timezone.now())
        messages.success(request, _("The payment is taken back; it stays on record."))
        return redirect("insurance_policy", found.pk)

    words = {"title": _("Take back a payment"), "act": _("Take the payment back")}
    said = {"paper": row.paper, "amount": f"{row.amount:,.2f}"}
    words["text"] = _("%(paper)s: %(amount)s yuan") % said
    words["warning"] = _("Only when the money came back, or was entered wrongly.")
    return asked(request, TakeBackForm(sent(request)), act, words | {"back": _page(found)})
