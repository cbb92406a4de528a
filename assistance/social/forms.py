"""Forms of needs and offers. ``website`` is left empty by people, who do not see it."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.forms import day, line
from assistance.models import Give, Giver
from assistance.models.social import UNITS
from households.national.identifiers import Bad, phone
from households.national.reasons import sentence


def quantity():
    return forms.DecimalField(label=gettext_lazy("How much"), max_digits=10, decimal_places=2)


def counted_kinds():
    """Each kind with the unit in which it is counted."""
    words = _("%(kind)s, in %(unit)s")
    return [(k.value, words % {"kind": k.label, "unit": UNITS[k]}) for k in Give]


class Once(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"client_id": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class NeedForm(Once):
    kind = forms.ChoiceField(label=gettext_lazy("What is needed"), choices=counted_kinds)
    amount = quantity()
    words = line(
        gettext_lazy("What is needed, and why"), rows=3,
        help_text=gettext_lazy("For the office; nobody else reads it."),
    )  # fmt: skip
    public_words = forms.CharField(
        label=gettext_lazy("For everybody to read"), max_length=120, required=False,
        help_text=gettext_lazy("Without names, without the village. Whoever publishes checks it."),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=gettext_lazy("The household agrees that this is published without its name"),
        required=False,
    )


class Act(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def facts(self):
        facts = dict(self.cleaned_data)
        return {"seen_version": facts.pop("version"), **facts}


class PublishForm(Act):
    public_words = forms.CharField(
        label=gettext_lazy("For everybody to read"), max_length=120,
        help_text=gettext_lazy("Nobody may know from these words which household it is."),
    )  # fmt: skip


class ReasonForm(Act):
    because = line(gettext_lazy("Reason"), rows=3)


class RemarkForm(Act):
    because = line(
        gettext_lazy("Remark"), rows=2, required=False,
        help_text=gettext_lazy("For example: called on the phone, licence seen."),
    )  # fmt: skip


class BecauseForm(forms.Form):
    because = line(gettext_lazy("Reason"), rows=3)


class MatchForm(Once):
    amount = quantity()


class DeliveryForm(Once):
    amount = quantity()
    on = day(gettext_lazy("Delivered on"))
    proof = forms.CharField(
        label=gettext_lazy("Number of the receipt"), max_length=60, required=False,
        help_text=gettext_lazy("Of the receipt, the bank slip, the work contract."),
    )  # fmt: skip
    photo = forms.FileField(
        label=gettext_lazy("Photo"), required=False,
        help_text=gettext_lazy("A photo or a number: one of the two."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    result_words = line(gettext_lazy("What came of it"), rows=3)
    thanks = line(
        gettext_lazy("Thanks of the household"), rows=2, required=False,
        help_text=gettext_lazy("The giver reads them, by the receipt number. Without names."),
    )  # fmt: skip


class OfferForm(Once):
    """``places``: to whom it is made, where no need says so; ``kind`` is that of the need."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    giver = forms.ChoiceField(
        label=gettext_lazy("Who gives"), choices=Giver.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60,
        help_text=gettext_lazy("Of the company, the organisation, or your own."),
    )  # fmt: skip
    contact = forms.CharField(
        label=gettext_lazy("Who is to be asked for"), max_length=40, required=False,
        help_text=gettext_lazy("For a company or organisation."),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=40,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        help_text=gettext_lazy("Under this number you are called before anything is taken."),
    )  # fmt: skip
    place = forms.ChoiceField(label=gettext_lazy("Where to help"))
    kind = forms.ChoiceField(label=gettext_lazy("What you offer"), choices=counted_kinds)
    amount = quantity()
    words = line(
        gettext_lazy("In your words"), rows=3, required=False,
        help_text=gettext_lazy("What it is, when and how it can be handed over."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that my data are used to check and hand over this offer"),
        error_messages={"required": gettext_lazy("Without your consent nothing can be sent.")},
    )
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args, places=(), need=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in places}
        if need:
            del self.fields["place"], self.fields["kind"]
        else:
            self.fields["place"].choices = [(p.code, p.name) for p in places]
        for name, words in (
            ("giver", _("Choose who gives.")),
            ("name", _("Write a name.")),
            ("phone", _("Write your phone number.")),
            ("amount", _("Write how much.")),
        ):
            self.fields[name].error_messages["required"] = words

    def clean_phone(self):
        try:
            return phone(self.cleaned_data["phone"])
        except Bad as bad:
            raise forms.ValidationError(sentence(bad.reason, bad.details)) from None


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=gettext_lazy("Receipt number"), max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("12 digits, as you were shown them."),
        error_messages={"required": gettext_lazy("Write your receipt number.")},
    )  # fmt: skip
