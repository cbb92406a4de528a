from django import forms
from django.utils.translation import gettext_lazy as _


class KeepForm(forms.Form):
    because = forms.CharField(
        label=_("By what you know that the register is right"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )
    mark = forms.CharField(max_length=200, widget=forms.HiddenInput)
