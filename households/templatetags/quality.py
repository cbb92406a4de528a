"""Small words of the pages of data quality."""

from urllib.parse import urlencode

from django import template

register = template.Library()


@register.simple_tag
def changed(kept, only="", **changes):
    """The chosen filters with some of them changed, as the end of an address."""
    chosen = {name: value for name, value in kept.items() if not only or name == only} | changes
    return f"?{urlencode({name: value for name, value in chosen.items() if value})}"


@register.filter
def at(counts, name):
    return counts[name]


@register.filter
def most(trend):
    """The longest bar; never nothing, so that a bar of nothing is empty."""
    return max([number for _day, number in trend] + [1])
