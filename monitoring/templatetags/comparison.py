"""What departments know beside the register: ``{% load comparison %}``."""

from django import template

from monitoring.comparison.rules import COUNTER
from monitoring.comparison.telling import source_words, told
from monitoring.models import Difference

register = template.Library()


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
    rows = list(
        Difference.objects.visible_to(post).standing().filter(household=household).order_by("id")
    )
    return {
        "against": [row for row in rows if row.answer == COUNTER],
        "open": [row for row in rows if row.answer == "task" and row.state == "open"],
        "kept": [row for row in rows if row.state == "kept"],
    }
