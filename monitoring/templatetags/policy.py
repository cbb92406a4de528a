"""Figures and rules in words, for the pages of the policy: ``{% load policy %}``."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from monitoring.policy.parameters import PARAMETERS
from monitoring.policy.sentences import Words

register = template.Library()
# The territory whose documents a code cites (domain.md, top).
DOCUMENTS = {"AH": "34", "AH0": "34", "LA": "3415", "XC": "3418", "GZ": "3607"}


@register.filter
def figure(value):
    """A figure without needless zeros; nothing when there is none."""
    if value is None:
        return ""
    value = Decimal(value)
    return f"{value:,.0f}" if value == value.to_integral() else f"{value.normalize():f}"


class _Placeholders(Words):
    """Sentences as they stand in the table, with dots where a household's figure goes."""

    def get_value(self, key, args, kwargs):
        return kwargs.get(key)

    def format_field(self, value, spec):
        return "…" if value is None else super().format_field(value, spec)


@register.filter
def said(rule, answer):
    words = rule.red_words if answer == "red" else rule.yellow_words
    if not words:
        return _("never")
    defaults = {name: parameter.default for name, parameter in PARAMETERS.items()}
    return _Placeholders().format(str(words), **defaults)


@register.filter
def lent(rule, county):
    """Whether none of the rule's documents is of the county's own territory."""
    if county is None:
        return False
    codes = {part.split()[0] for part in rule.clause.split(", ") if part[:1].isalpha()}
    return not any(county.code.startswith(DOCUMENTS[code]) for code in codes)
