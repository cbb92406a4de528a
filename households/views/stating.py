"""The page where a statement of income is worked out with the household."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from households import dossier
from households.models import Visit
from households.register import Outdated, RegisterRefusal
from households.stating import latest_of, mark_of, state_income
from households.stating_form import StatementForm
from households.views.household import visible_household
from households.visit_words import MONEY

VISITS_SHOWN = 6


@post_required("state_income")
def state(request, pk):
    household = visible_household(request, pk)
    latest, now = latest_of(household), timezone.now()
    form = StatementForm(
        request.POST if request.method == "POST" else None,
        latest=latest,
        today=timezone.localdate(now),
    )
    context = {"household": household, "latest": latest, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            row = state_income(household, **form.statement(), by=request.user, at=now)
        except Outdated as outdated:
            context["outdated"] = outdated
            form.data = form.data.copy()
            form.data["seen"] = mark_of(latest)
        except RegisterRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _recorded(row, latest_of(household)))
            return redirect("household_income", household.pk)
    context |= {
        "people": dossier.people(household),
        "told": _told_at_visits(household, request.post),
    }
    status = 409 if "outdated" in context else 422 if form.is_bound else 200
    return render(request, "households/state_income.html", context, status=status)


def _recorded(row, counting):
    if row == counting:
        return _("The incomes have been recorded. They count from today.")
    return _("The incomes have been recorded. Those of twelve later months still count.")


def _told_at_visits(household, post):
    """What the household said of its money at the last visits: day, words, yuan."""
    visits = Visit.objects.visible_to(post).filter(household=household).exclude(money={})
    return [
        (visit.visited_on, *MONEY[kind], amount)
        for visit in visits.order_by("-visited_on", "-id")[:VISITS_SHOWN]
        for kind, amount in visit.money.items()
        if kind in MONEY
    ]
