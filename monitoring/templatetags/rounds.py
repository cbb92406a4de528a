"""Small words of the pages of coverage and burden: ``{% load rounds %}``."""

from django import template
from django.http import QueryDict

register = template.Library()


@register.filter
def get(found, name):
    return found[name]


@register.filter
def person_query(division, person):
    """What follows the question mark for the households of a person in a division."""
    query = QueryDict(mutable=True)
    query.update({"division": division, "person": str(person)})
    return query.urlencode()
