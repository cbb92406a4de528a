"""Words of cases, for pages of any room: ``{% load cases %}``."""

from django import template
from django.urls import reverse

from monitoring.cases.opening import first_that_may, kinds
from monitoring.cases.words import asked_words, desk_words
from monitoring.models import State
from monitoring.tiers.reported_words import change_of

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
    """What became of a big change that the visit reported (LA 2.1.2); nothing where it reported
    none."""
    return change_of(visit, post)
