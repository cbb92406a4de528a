from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division
from accounts.models.divisions import Level


class ParameterForm(forms.Form):
    """A new figure of the policy, with the day from which it holds."""

    territory = forms.ModelChoiceField(
        Division.objects.none(), label=gettext_lazy("where it holds"), empty_label=None
    )
    value = forms.DecimalField(
        label=gettext_lazy("value"), min_value=0, max_digits=12, decimal_places=4
    )
    since = forms.DateField(
        label=gettext_lazy("holds from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("holds until (blank: without end)"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    because = forms.CharField(label=gettext_lazy("document or reason"), max_length=200)

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        inside = Division.objects.below(post.division).filter(level__lte=Level.COUNTY)
        self.fields["territory"].queryset = inside.select_related("city", "county")
        self.fields["territory"].label_from_instance = lambda division: division.full_name
        self.fields["since"].initial = timezone.localdate().replace(day=1)


class ReviewForm(forms.Form):
    month = forms.CharField(
        label=gettext_lazy("month"), widget=forms.TextInput(attrs={"type": "month"})
    )
    name = forms.CharField(
        label=gettext_lazy("name of the correction (only for a frozen month)"),
        max_length=60,
        required=False,
    )
    because = forms.CharField(
        label=gettext_lazy("why it is corrected"), max_length=200, required=False
    )

    def clean_month(self):
        try:
            return timezone.datetime.strptime(self.cleaned_data["month"], "%Y-%m").date()
        except ValueError:
            raise forms.ValidationError(
                _("Give the month as year and month, for instance 2020-06.")
            ) from None

    def clean(self):
        words = super().clean()
        if words.get("name") and not words.get("because"):
            self.add_error("because", _("A correction needs its reason."))
        return words


def last_month():
    return f"{timezone.localdate().replace(day=1) - timedelta(days=1):%Y-%m}"
