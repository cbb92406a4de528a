"""What departments know beside the register: ``{% load comparison %}``."""

from django import template

from households.there import ask_about, has_any
from monitoring.comparison.rules import COUNTER
from monitoring.comparison.telling import source_words, told
from monitoring.models import Difference

register = template.Library()
ask_about(Difference)


@register.filter
def difference_told(difference):
    return told(difference.rule, difference.figures)


@register.filter
def difference_source(difference):
    on = difference.on.isoformat()
    return source_words({"department": difference.department, "on": on})


@register.inclusion_tag("monitoring/comparison/_beside.html")
def known_beside(household, post):
    """Evidence against listing, and differences that nobody has settled, of one household."""
    rows = ()
    if has_any(household, Difference):
        rows = Difference.objects.visible_to(post).standing().filter(household=household)
        rows = list(rows.order_by("id"))
    return {
        "against": [row for row in rows if row.answer == COUNTER],
        "open": [row for row in rows if row.answer == "task" and row.state == "open"],
        "kept": [row for row in rows if row.state == "kept"],
    }
