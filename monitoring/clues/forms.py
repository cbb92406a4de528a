from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import Level
from households.national.identifiers import Bad, phone, resident_id
from households.national.reasons import sentence
from monitoring.clues.checking import FINDINGS, finding_words, looked_after, procedures_for
from monitoring.models import ClueAnswer

ID_HELP = _("18 characters, as on the card. It is kept encrypted.")


def id_field(**kwargs):
    kwargs = {"label": _("Resident ID"), "help_text": ID_HELP, "max_length": 40} | kwargs
    widget = forms.TextInput({"autocomplete": "off", "inputmode": "text"})
    return forms.CharField(widget=widget, **kwargs)


def phone_field(**kwargs):
    widget = forms.TextInput({"autocomplete": "off", "inputmode": "tel"})
    return forms.CharField(label=_("Phone"), max_length=40, widget=widget, **kwargs)


def words_field(label, rows=4, **kwargs):
    return forms.CharField(
        label=label, max_length=500, widget=forms.Textarea({"rows": rows}), **kwargs
    )


def day_field(label):
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class Numbers:
    """Resident ID and phone are checked as the register checks them, and told in its words."""

    today = None

    def clean_resident_id(self):
        typed = self.cleaned_data["resident_id"]
        if not typed:
            return ""
        try:
            return resident_id(typed, today=self.today.isoformat()).number
        except Bad as bad:
            raise forms.ValidationError(sentence(bad.reason, bad.details)) from None

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        try:
            return phone(typed) if typed else ""
        except Bad as bad:
            raise forms.ValidationError(sentence(bad.reason, bad.details)) from None


class HouseholdClueForm(forms.Form):
    words = words_field(_("What was seen or heard"))


class PersonClueForm(Numbers, forms.Form):
    village = forms.ModelChoiceField(Division.objects.none(), label=_("Village"))
    name = forms.CharField(label=_("Name"), max_length=40)
    resident_id = id_field(required=False)
    phone = phone_field(required=False)
    words = words_field(_("What was seen or heard"))

    def __init__(self, *args, post, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        villages = Division.objects.below(post.division).filter(level=Level.VILLAGE)
        self.fields["village"].queryset = villages.valid_on(today).order_by("code")
        if post.division.level == Level.VILLAGE:
            self.fields["village"].initial = post.division_id
            self.fields["village"].widget = forms.HiddenInput()


class CheckForm(forms.Form):
    checked_on = day_field(_("Day of the check at home"))
    finding = forms.ChoiceField(label=_("What you found"), widget=forms.RadioSelect)
    procedure = forms.ChoiceField(
        label=_("Procedure that shall take it up"), required=False,
        help_text=_("Proposed by what the household is in the register."),
    )  # fmt: skip
    words = words_field(
        _("What was found, and by what you know it"),
        help_text=_("Needed for every answer: the township reads it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, clue, **kwargs):
        super().__init__(*args, **kwargs)
        home = clue.household
        rows = procedures_for(home) if home else []
        fitting = {
            ClueAnswer.CASE_OPENED: bool(rows),
            ClueAnswer.NOT_CONFIRMED: True,
            ClueAnswer.ALREADY_MONITORED: home is not None and looked_after(home),
        }
        words = finding_words()
        self.fields["finding"].choices = [(c, words[c]) for c in FINDINGS if fitting[c]]
        if rows:
            self.fields["procedure"].choices = [(row.code, row.words) for row in rows]
        else:
            del self.fields["procedure"]


class WordsForm(forms.Form):
    """A decision with its reason; ``version`` is that of the clue as it was seen."""

    because = words_field(_("Reason"), 3)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, needed=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].required = needed


class RegisterForm(Numbers, forms.Form):
    head_name = forms.CharField(label=_("Head of household"), max_length=40)
    resident_id = id_field()
    phone = phone_field(required=False)
    group_name = forms.CharField(label=_("Villager group"), max_length=40, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, clue, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("resident_id", "phone"):
            if known := getattr(clue, f"{name}_masked"):
                self.fields[name].required = False
                self.fields[name].help_text = _(
                    "Left empty, the number of the clue is taken: %(number)s"
                ) % {"number": known}
