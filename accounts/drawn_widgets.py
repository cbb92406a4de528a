"""Form widgets drawn without templates: what Django's own templates draw, to the character.

A visit's form has some hundred fields and choices, and half its processor time went into one tiny
template for each. Widgets that are not in ``DRAWN`` keep Django's template.
"""

from html import escape

from django.forms.renderers import DjangoTemplates
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.safestring import SafeData

PLAIN = Context()


class Drawn(DjangoTemplates):
    """For ``FORM_RENDERER``."""

    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        return draw(context["widget"]).strip()


def _said(value):
    """As ``{{ value }}``."""
    if type(value) is str:
        return escape(value)
    return render_value_in_context(value, PLAIN)


def _formatted(value):
    """As ``{{ value|stringformat:"s" }}``, which a widget's value and attributes go through."""
    return value if isinstance(value, SafeData) else escape(str(value))


def _attrs(widget):
    return "".join(
        f" {_said(name)}" if value is True else f' {_said(name)}="{_formatted(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget):
    value = widget["value"]
    given = "" if value is None else f' value="{_formatted(value)}"'
    named = f'type="{_said(widget["type"])}" name="{_said(widget["name"])}"'
    return f"<input {named}{given}{_attrs(widget)}>"


def _input_option(widget):
    drawn = _input(widget)
    if not widget.get("wrap_label"):
        return drawn
    target = widget["attrs"].get("id")
    to = f' for="{_said(target)}"' if target else ""
    return f"<label{to}>{drawn}\n {_said(widget['label'])}</label>"


def _option(widget):
    label = _said(widget["label"])
    return f'<option value="{_formatted(widget["value"])}"{_attrs(widget)}>{label}</option>'


def _select(widget):
    parts = [f'<select name="{_said(widget["name"])}"{_attrs(widget)}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{_said(group)}">')
        parts += [f"\n  {_option(option)}\n" for option in options]
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def _textarea(widget):
    value = _said(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_said(widget["name"])}"{_attrs(widget)}>\n{value}</textarea>'


_INPUTS = (
    "checkbox", "color", "date", "datetime", "email", "file", "hidden", "number", "password",
    "search", "tel", "text", "time", "url",
)  # fmt: skip
_NAMED = {
    **dict.fromkeys(_INPUTS, _input),
    **dict.fromkeys(("radio_option", "checkbox_option"), _input_option),
    "select_option": _option,
    "select": _select,
    "textarea": _textarea,
}
DRAWN = {f"django/forms/widgets/{name}.html": draw for name, draw in _NAMED.items()}
