"""Figures and rules in words, for the pages of the policy: ``{% load policy %}``."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from monitoring.policy import clauses
from monitoring.policy.parameters import PARAMETERS
from monitoring.policy.sentences import Words, joined

register = template.Library()
register.filter("cited", clauses.cited)


@register.simple_tag
def clause(words, place, short=True):
    """The clause beside something about ``place``, a household or a division: what is not of its
    territory is said to be our default there."""
    division = place if hasattr(place, "code") else place.county
    return clauses.cited(words, short=short, code=division.code)


@register.filter
def named(key, names):
    return names.get(key, "")


@register.filter
def figure(value):
    """A figure without needless zeros; nothing when there is none."""
    if value is None:
        return ""
    value = Decimal(value)
    return f"{value:,.0f}" if value == value.to_integral() else f"{value.normalize():f}"


class _Placeholders(Words):
    """Sentences as they stand in the table, with dots where a household's figure goes."""

    def format_field(self, value, spec):
        return "…" if value is None else super().format_field(value, spec)


@register.filter
def said(rule, answer):
    defaults = {name: parameter.default for name, parameter in PARAMETERS.items()}
    texts = rule.sentences(answer)
    return joined(_Placeholders().format(str(text), **defaults) for text in texts) or _(
        "does not arise"
    )


@register.filter
def lent(rule, county):
    """Whether none of the rule's documents is of the county's own territory."""
    return county is not None and clauses.lent(rule.clause, county.code)
