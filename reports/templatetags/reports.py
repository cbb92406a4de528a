"""What the pages of reports show: ``{% load reports %}``."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from households.models.choices import Method, Tier
from reports.figures.figure import HOUSEHOLDS
from reports.figures.table import DAYS, MINUTES, NUMBER, SHARE, YUAN
from reports.red_flags import GROUPS

register = template.Library()


@register.filter
def group_words(code):
    return GROUPS.get(code, code)


@register.filter
def method_words(code):
    return dict(Method.choices).get(code, "")


@register.filter
def may(post, ability):
    return post.may(ability)


@register.filter
def value_of(column, row):
    """What a column of a ledger says of a row."""
    return column.value(row)


@register.filter
def plain_number(value):
    """9 for 9.0 months, 9.5 as it is."""
    return f"{value:,.1f}" if value % 1 else f"{value:,.0f}"


def _query(run, division, **wanted):
    pairs = {"run": run.pk, "division": division or "", **wanted}
    return urlencode({key: value for key, value in pairs.items() if value})


@register.simple_tag
def report_figures(figures, run, division):
    """The five figures at the head; each leads to exactly its rows."""
    unit = _("households")
    people = _("%(people)s people") % {"people": f"{figures['people'] or 0:,}"}
    again = _("of these %(again)s flagged again") % {"again": figures["again"]}
    rows = (
        (_("Red flags"), "standing", people, {}, "flag"),
        (_("New this month"), "new", again, {"change": "new"}, ""),
        (_("Kept"), "kept", "", {"change": "kept"}, ""),
        (_("Cleared this month"), "cleared", "", {"change": "cleared"}, ""),
        (_("Overdue"), "overdue", "", {"late": 1}, ""),
    )
    return [
        {
            "label": label,
            "value": figures[name],
            "unit": unit,
            "note": note,
            "icon": icon,
            "url": "?" + _query(run, division, **wanted),
        }
        for label, name, note, wanted, icon in rows
    ]


@register.simple_tag
def report_views(figures, run, asked):
    """The lists most asked for, as chips."""
    division = asked.get("division")
    rows = (
        (_("all"), {}, "standing"),
        (_("overdue"), {"late": "1"}, "overdue"),
        (_("flagged again"), {"again": "1"}, None),
        (_("nobody in charge"), {"no_person": "1"}, "no_person"),
    )
    current = {
        key: asked.get(key) for key in ("late", "again", "no_person", "change") if asked.get(key)
    }
    return [
        {
            "words": words,
            "query": _query(run, division, **wanted),
            "count": figures[name] if name else None,
            "current": wanted == current,
        }
        for words, wanted, name in rows
    ]


@register.filter
def number_of(value):
    """A figure's value for the eye: a count, a share in per cent, days; None stays None."""
    number, unit = value.number, value.figure.unit
    if number is None:
        return None
    if unit == SHARE:
        return f"{number * 100:.1f}%"
    if unit == YUAN:
        return f"{number:,.2f}"
    return f"{number:,.1f}" if unit in (DAYS, MINUTES) else f"{number:,}"


@register.filter
def words_for(figure, post):
    """A department reads its own figures; others read whose they are."""
    return figure.words if post.department else figure.title


@register.filter
def fraction(value):
    """What a share is made of; of households with their word, of others as two numbers."""
    numbers = {"n": f"{value.n:,}", "of": f"{value.of:,}"}
    if value.figure.unit in (DAYS, MINUTES):
        return _("of %(of)s") % numbers
    if value.figure.counts == HOUSEHOLDS:
        return _("%(n)s of %(of)s households") % numbers
    return "{n} / {of}".format(**numbers)


@register.simple_tag
def rows_of(figure, asked, place):
    """The address of the rows behind a figure of a place, in the months that are told."""
    pairs = {"month": f"{asked.month:%Y-%m}", "division": place.code}
    if asked.quarterly:
        pairs["span"] = "quarter"
    return reverse("figure", args=[figure.code]) + "?" + urlencode(pairs)


@register.filter
def last_part(code):
    """The days of a figure of steps, which end its code."""
    return code.rpartition("_")[2]


@register.filter
def scaled(number, unit):
    """A mark of a chart's scale."""
    if unit == SHARE:
        return f"{float(number) * 100:.1f}%"
    return f"{float(number):,.1f}" if unit in (DAYS, MINUTES) else f"{float(number):,.0f}"


@register.filter
def line_words(numbers, unit=NUMBER):
    """The numbers of a line, for whoever cannot see it."""
    return "、".join("?" if number is None else scaled(number, unit) for number in numbers)


@register.filter
def polyline(points):
    return " ".join(f"{point.x},{point.y}" for point in points)


MARKS = {
    "red": Tier.RED.label,
    "yellow": Tier.YELLOW.label,
    "unknown": Tier.UNKNOWN.label,
    "none": pgettext_lazy("answer of a rule", "no risk"),
}


@register.filter
def mark_words(mark):
    return MARKS[mark]


@register.filter
def tier_words(code):
    return dict(Tier.choices)[code]


@register.simple_tag
def moved(counts, before, now):
    return counts.get((before, now), 0)
