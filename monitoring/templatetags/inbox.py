"""Words and marks of the lists of cases: ``{% load inbox %}``."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models.divisions import LEVEL_COLUMNS
from accounts.roles import VILLAGE
from accounts.templatetags.pw import status
from monitoring.models import State

register = template.Library()
KINDS = {State.DONE: "ok", State.OPEN: "info", State.ROLLED_BACK: "refused"}


@register.simple_tag
def readiness(row):
    """Whether the case can pass: yes, after something is filled in, or how many conditions fail."""
    if row.failing:
        words = ngettext(
            "not yet: %(count)d condition", "not yet: %(count)d conditions", row.failing
        )
        return status(words % {"count": row.failing}, "refused")
    if row.to_enter:
        return status(_("to be filled in"), "wait")
    return status(_("can be passed"), "ok")


@register.simple_tag
def state_of(case):
    return status(case.get_state_display(), KINDS.get(case.state, ""))


@register.filter
def where(home, post):
    """The divisions of a household below that of the reader: 汤家汇镇豹迹岩村."""
    levels = range(min(post.division.level + 1, VILLAGE), VILLAGE + 1)
    places = [getattr(home, LEVEL_COLUMNS[level].removesuffix("_id")).name for level in levels]
    return format_html("{}", "".join(places))
