"""Small words of the pages of data quality."""

from urllib.parse import urlencode

from django import template

from households.models import Fault
from households.quality.mending import mended_at
from households.there import ask_about, has_any

register = template.Library()
ask_about(Fault)


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
    return max([row[1] for row in trend] + [1])


@register.inclusion_tag("households/quality/_of_household.html")
def faults_of(household, post, today):
    """The open faults of a household, the worst first, each with where it is mended."""
    if not has_any(household, Fault):
        return {"rows": []}
    rows = Fault.objects.visible_to(post).filter(household=household).open(today)
    rows = list(rows.with_rank().select_related("member").order_by("rank", "code", "id"))
    for row in rows:
        row.mend_url, row.mend_words = mended_at(row, post)
    return {"rows": rows}
