"""Where the money of measures that are done came from, named afterwards."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from assistance.forms import NameSource
from assistance.models import Measure
from assistance.planning import name_source
from assistance.views.acts import done_or_shown
from assistance.views.measures import need_measures, visible_measure
from households.views.household import visible_household
from households.views.mending import on_to_the_next


@post_required("carry_measures")
def source(request, pk):
    measure = visible_measure(request, pk)
    form = NameSource(request.POST or None, initial={"seen_version": measure.version})

    def act(**said):
        name_source(measure, **said, by=request.post, at=timezone.now())

    words = {
        "title": _("Name the source of the money"),
        "text": _("It was done with an amount of money; where that came from is not named."),
        "act": _("Record the source"),
        "done": _("The source of the money is recorded."),
    }
    after = partial(_after, request, measure)
    return done_or_shown(request, measure, form, act, words, after=after)


def _after(request, measure):
    """The next one of the household, then the next fault of the list that is worked off."""
    if _lacking(request, measure.household).exists():
        return redirect(_with_query(request, "household_sources", measure.household_id))
    return on_to_the_next(request, measure.household) or redirect("measure", measure.pk)


@post_required("carry_measures")
def of_household(request, pk):
    """The first measure of the household whose money has no source."""
    household = visible_household(request, pk)
    need_measures(request.post)
    first = _lacking(request, household).first()
    if first is None:
        messages.info(request, _("No source of money is missing in the measures that you see."))
        return redirect("household_measures", household.pk)
    return redirect(_with_query(request, "measure_source", first.pk))


def _lacking(request, household):
    rows = Measure.objects.visible_to(request.post).lacking_source()
    return rows.filter(household=household).order_by("ended_on", "id")


def _with_query(request, name, pk):
    asked = request.GET.urlencode()
    return reverse(name, args=[pk]) + (f"?{asked}" if asked else "")
