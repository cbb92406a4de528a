"""Widgets drawn without templates say what Django's own templates say, to the character."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.drawn_widgets import DRAWN, Drawn

NASTY = '<b>"王\'s" & Co</b>'
CHOICES = [
    ("", "---"), ("a", _("village")), (NASTY, NASTY), ("safe", mark_safe("<i>x</i>")),
    (1234, 1234), (2.5, Decimal("1234.5")), (date(2020, 6, 30), date(2020, 6, 30)), (None, "?"),
    (_("county"), [("in", "within"), (7, _("red flag"))]),
]  # fmt: skip
ATTRS = {
    "id": "id_x", "class": f"form-control {NASTY}", "required": True, "disabled": False,
    "rows": 3, "data-words": _("village"), "data-safe": mark_safe("<&>"), "data-none": None,
}  # fmt: skip
ONE_LINE = (
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.ColorInput,
    forms.SearchInput, forms.TelInput, forms.HiddenInput, forms.PasswordInput, forms.DateInput,
    forms.DateTimeInput, forms.TimeInput, forms.CheckboxInput, forms.FileInput, forms.Textarea,
)  # fmt: skip
CHOOSING = (forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple)
VALUES = (None, "", 0, 12, True, NASTY, " x ", mark_safe("<&>"), date(2020, 6, 30), Decimal("1.50"))


def both(draw):
    return draw(Drawn()), draw(DjangoTemplates())


def test_the_forms_of_the_house_are_drawn_by_it():
    assert isinstance(get_default_renderer(), Drawn)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", ONE_LINE)
def test_inputs_are_the_same(kind, language):
    with override(language):
        for value in VALUES:
            for attrs in ({}, ATTRS):
                ours, theirs = both(
                    lambda r, v=value, a=attrs: kind(attrs=a).render("n&m", v, renderer=r)
                )
                assert ours == theirs
    assert kind.template_name in DRAWN


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", CHOOSING)
def test_choices_are_the_same_together_and_one_by_one(kind, language):
    widget = kind(attrs=ATTRS, choices=CHOICES)
    with override(language):
        for value in ("", "a", NASTY, "7", [NASTY, "in"], None, True):
            ours, theirs = both(lambda r, v=value: widget.render("n", v, renderer=r))
            assert ours == theirs
            ours, theirs = both(lambda r, v=value: _one_by_one(widget, v, r))
            assert ours == theirs


def _one_by_one(widget, value, renderer):
    class Form(forms.Form):
        field = forms.Field(widget=widget, required=False)

    options = list(Form({"field": value}, renderer=renderer)["field"])
    return [str(option) + str(option.tag()) for option in options]
