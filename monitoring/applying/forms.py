from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.clues.forms import Numbers, id_field, phone_field
from monitoring.models import Difficulty


class ApplyForm(Numbers, forms.Form):
    """``website`` is left empty by people, who do not see it, and filled in by machines."""

    name = forms.CharField(
        label=_("Your name"), max_length=40, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = phone_field(help_text=_("The village calls you under this number."))
    resident_id = id_field(label=_("Resident ID"))
    kind = forms.ChoiceField(
        label=_("What is difficult"), choices=Difficulty.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 4}), help_text=_("What happened, and since when."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("I agree that my data are used to check this application at my home"),
        error_messages={"required": _("Without your consent nothing can be sent.")},
    )
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["name"].error_messages["required"] = _("Write your name.")
        self.fields["phone"].error_messages["required"] = _("Write your phone number.")
        self.fields["resident_id"].error_messages["required"] = _("Write your resident ID.")
        self.fields["kind"].error_messages["required"] = _("Choose what is difficult.")

    def clean_resident_id(self):
        """A slip is told without the right digit: the card is to be read again."""
        try:
            return super().clean_resident_id()
        except forms.ValidationError:
            raise forms.ValidationError(
                _("This resident ID is not right. Compare all 18 characters with the card.")
            ) from None


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("Receipt number"), max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("12 digits, as you were shown them."),
        error_messages={"required": _("Write your receipt number.")},
    )  # fmt: skip
