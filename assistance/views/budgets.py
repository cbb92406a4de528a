"""Budgets beside what was spent, the limits of grants, and which money may be spent on whom."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.places import chosen
from assistance.funds.budgets import budget_of, enter_budget
from assistance.funds.forms import BudgetForm, LimitForm
from assistance.funds.limits import LIMITS, set_limit
from assistance.models import BudgetLine, FundParameter
from assistance.spending import BANS
from assistance.views.funds_asking import asked, sent
from households.lists import places_for

FIRST_YEAR = 2015


@post_required("read_funds")
def budgets(request):
    post, this_year = request.post, timezone.localdate().year
    years = range(this_year + 1, FIRST_YEAR - 1, -1)
    year = next((y for y in years if str(y) == request.GET.get("year")), this_year)
    division = chosen(post, request.GET.get("division"))
    place = division or post.division
    lines = BudgetLine.objects.visible_to(post).within(place).filter(year=year)
    context = {
        "rows": budget_of(place, year, post),
        "lines": lines.select_related("division", "entered_by__officer")[:100],
        "year": year,
        "years": years,
        "place": place,
        "places": places_for(post, division),
    }
    return render(request, "assistance/funds/budgets.html", context)


@post_required("set_budget")
def new(request):
    form = BudgetForm(sent(request), initial={"year": timezone.localdate().year})

    def act(**said):
        line = enter_budget(**said, by=request.post, at=timezone.now())
        messages.success(request, _("The budget line is on record."))
        return redirect(f"{reverse('budgets')}?year={line.year}")

    words = {"title": _("Enter a budget"), "act": _("Enter the budget")}
    words["text"] = request.post.division.full_name
    return asked(request, form, act, words | {"back": reverse("budgets")})


@post_required()
def limits(request):
    """Everybody may know what is limited and forbidden."""
    if request.post.role_row.sees == "accounts":
        raise PermissionDenied
    rows = FundParameter.objects.select_related("territory", "set_by__officer")
    context = {
        "limits": [
            (row, [value for value in rows if value.name == name]) for name, row in LIMITS.items()
        ],
        "bans": BANS,
    }
    return render(request, "assistance/funds/limits.html", context)


@post_required("set_budget")
def new_limit(request):
    form = LimitForm(sent(request), initial={"since": timezone.localdate()})

    def act(**said):
        by = request.post
        set_limit(territory=by.division, **said, by=by, at=timezone.now())
        messages.success(request, _("The limit is on record."))
        return redirect("fund_limits")

    words = {"title": _("Set a limit"), "act": _("Set the limit"), "back": reverse("fund_limits")}
    words["text"] = _("It holds in %(place)s.") % {"place": request.post.division.full_name}
    return asked(request, form, act, words)
