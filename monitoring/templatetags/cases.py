"""Words of cases, for pages of any room: ``{% load cases %}``."""

from django import template
from django.urls import reverse
from django.utils.timezone import localdate

from monitoring.cases.opening import first_that_may, kinds
from monitoring.cases.words import asked_words, desk_words
from monitoring.models import Case, State
from monitoring.policy.judging import judge_now
from monitoring.policy.parameters import figures_on

register = template.Library()
register.filter("desk", desk_words)
register.filter("asked", asked_words)

MARKS = {State.OPEN: "info", State.DONE: "ok", State.REFUSED: "refused"}


@register.filter
def state_mark(case):
    return MARKS.get(case.state, "")


@register.filter
def whose(household):
    """The head's name, or the household's number while nobody knows it."""
    return household.head_name or household.number


@register.filter
def asks_departments(case):
    """Whether the procedure has departments answer at some step."""
    return any(
        "departments_asked" in step.conditions or "departments_answered" in step.conditions
        for step in case.steps
    )


@register.simple_tag
def opening_of(household, post, what):
    """The address of the form that opens a case of the household, or nothing where ``post`` may
    not: ``what`` is ``closes`` or ``lists``."""
    code = first_that_may(household, post, kinds(what))
    return f"{reverse('case_open', args=[household.pk])}?procedure={code}" if code else ""


@register.simple_tag
def tier_after(visit, post):
    """The address of the form for another tier when a visit reports a big change (LA 2.1.2)."""
    household = visit.household
    if not first_that_may(household, post, ["tier"]):
        return ""
    told = any(event.causes_risk is not False for event in visit.events.all())
    if not told and not _turned(household):
        return ""
    if Case.objects.open().filter(household=household, procedure="tier").exists():
        return ""
    return f"{reverse('case_open', args=[household.pk])}?procedure=tier"


def _turned(household):
    """Whether the facts now say another tier than the ledger; what is not known turns nothing."""
    figures = {
        household.county_id: figures_on(localdate(), [household.county])[household.county_id]
    }
    row = judge_now([household.id], as_of=localdate(), figures=figures).get(household.id)
    return bool(row) and row["tier"] != "unknown" and row["tier"] != household.tier
