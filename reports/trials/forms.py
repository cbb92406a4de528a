from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.trials.trying import triable


class TrialForm(forms.Form):
    """A field for each figure that can be tried, with what holds now beside it."""

    name = forms.CharField(label=_("Name of the trial"), max_length=60)

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        for name, row in triable().items():
            self.fields[name] = forms.DecimalField(
                label=row.words,
                required=False,
                min_value=Decimal(0),
                max_digits=12,
                decimal_places=4,
                help_text=_("holds now: %(value)s") % {"value": _plain(held.get(name))},
            )

    @property
    def figures(self):
        return [self[name] for name in triable()]

    def entered(self):
        """Parameter -> value, of what was entered."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "name" and value is not None
        }


class AdoptForm(forms.Form):
    since = forms.DateField(
        label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    because = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 3}))


def _plain(value):
    return "—" if value is None else f"{value.normalize():f}"
