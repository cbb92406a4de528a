"""Words of cases, for pages of any room: ``{% load cases %}``."""

from django import template

from monitoring.case_words import asked_words, desk_words
from monitoring.models import State

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
