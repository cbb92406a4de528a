"""How a fact of the register is said on a page: names of fields, and values in words."""

from datetime import date
from decimal import Decimal

from django.db.models import ForeignKey
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division, Officer

UNKNOWN = ("", None)
# Fields whose model gives them no name for pages.
NAMES = {
    "village": gettext_lazy("village"),
    "causes": gettext_lazy("causes of poverty"),
    "risks": gettext_lazy("risks of falling back"),
    "national_measures": gettext_lazy("measures in the national system"),
}


def label_of(field):
    """The field's name on pages. Chinese has no capitals; English begins with one."""
    words = str(NAMES.get(field.name, field.verbose_name))
    return words[:1].upper() + words[1:]


def in_words(field, row, names=None):
    """The value of ``field`` in ``row``; "" when it is not known. Protected values are masked.

    ``names`` holds what the keys of divisions and officers are called (``names_for``).
    """
    if hasattr(field, "mask"):
        return getattr(row, f"{field.name}_masked")
    value = getattr(row, field.attname)
    if value in UNKNOWN:
        return ""
    if isinstance(field, ForeignKey):
        return (names or {}).get((field.related_model, value), "")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return plain(value)


def plain(value):
    if value in UNKNOWN:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return number_format(value.normalize() if value == value.to_integral() else value)
    if isinstance(value, list | tuple):
        return _(", ").join(str(part) for part in value)
    return str(value)


def names_for(rows):
    """What the divisions and officers in ``rows`` are called, in two queries."""
    divisions = {row.village_id for row in rows if hasattr(row, "village_id")}
    officers = {row.recorded_by_id for row in rows}
    officers |= {row.in_charge_id for row in rows if hasattr(row, "in_charge_id")}
    names = {}
    for model, ids in ((Division, divisions), (Officer, officers)):
        for pk, name in model.objects.filter(id__in=ids - {None}).values_list("id", "name"):
            names[model, pk] = name
    return names
