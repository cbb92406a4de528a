"""The form of a statement: five incomes and costs, four kinds of rigid expenditure, a month."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.correction_forms import Because
from households.models import IncomeStatement
from households.stating import FIGURES, mark_of

MONTHS_OFFERED = 24
# Building and repair are exceptional: nothing said is none (domain.md 3.3). The rest must be said.
MAY_BE_BLANK = ("housing", "disaster_repair")
LABELS = {
    "wage": gettext_lazy("Wages"),
    "business": gettext_lazy("Production and business"),
    "property": gettext_lazy("Property"),
    "transfer": gettext_lazy("Transfers"),
    "expenses": gettext_lazy("Production expenses"),
    "medical": gettext_lazy("Medical, self-paid"),
    "schooling": gettext_lazy("Schooling"),
    "housing": gettext_lazy("Housing"),
    "disaster_repair": gettext_lazy("Disaster repair"),
}


class StatementForm(Because):
    """``latest``: the statement that counts, which the form begins with; or None."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    month = forms.TypedChoiceField(label=gettext_lazy("Twelve months up to"), coerce=int)

    def __init__(self, *args, latest, today, **kwargs):
        ends = _month_ends(today)
        begins = {"seen": mark_of(latest), "month": ends[0].toordinal()}
        if latest:
            begins |= {name: getattr(latest, name) for name in FIGURES}
        super().__init__(*args, initial=begins, **kwargs)
        because = self.fields.pop("because")
        self.fields["month"].choices = [
            (day.toordinal(), _("%(month)s/%(year)s") % {"month": day.month, "year": day.year})
            for day in ends
        ]
        for name in FIGURES:
            self.fields[name] = _yuan(name)
        because.label = _("How was it worked out?")
        self.fields["because"] = because

    def groups(self):
        """Title and fields of each part of the page."""
        return [
            (_("Income of twelve months"), [self[name] for name in FIGURES[:5]]),
            (_("Rigid expenditure of twelve months"), [self[name] for name in FIGURES[5:]]),
        ]

    def statement(self):
        """The arguments of ``state_income`` that the form holds."""
        data = self.cleaned_data
        return {
            "window_to": date.fromordinal(data["month"]),
            "figures": {name: data[name] for name in FIGURES},
            "because": data["because"],
            "seen": data["seen"],
        }


def _yuan(name):
    field = IncomeStatement._meta.get_field(name)
    return forms.DecimalField(
        label=LABELS[name],
        max_digits=field.max_digits,
        decimal_places=field.decimal_places,
        min_value=0,
        required=name not in MAY_BE_BLANK,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "data-yuan": name}
        ),
    )


def _month_ends(today):
    """The last days of the months that are over, latest first; today, when it is one."""
    tomorrow = today + timedelta(days=1)
    first = tomorrow.replace(day=1)
    ends = []
    for _month in range(MONTHS_OFFERED):
        end = first - timedelta(days=1)
        ends.append(end)
        first = end.replace(day=1)
    return ends
