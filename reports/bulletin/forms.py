from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refused
from households.papers.files import checked_paper


class EditForm(forms.Form):
    title = forms.CharField(label=_("Title of the bulletin"), max_length=120)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, bulletin, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = bulletin.title
        self.fields["version"].initial = bulletin.version
        self.names = []
        for number, (heading, text) in enumerate(bulletin.body):
            self.names.append(f"text{number}")
            self.fields[f"text{number}"] = forms.CharField(
                label=heading, initial=text, widget=forms.Textarea({"rows": 7})
            )

    @property
    def texts(self):
        return [self.cleaned_data[name] for name in self.names]


class ObjectionForm(forms.Form):
    figure = forms.ChoiceField(label=_("Which figure"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is wrong with it"), max_length=500, widget=forms.Textarea({"rows": 4})
    )
    proof = forms.FileField(label=_("Proof: a photo or a scan"), required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = choices

    def clean_proof(self):
        """``(file, name)`` of what may be kept."""
        upload = self.cleaned_data["proof"]
        if not upload:
            return None, ""
        try:
            file, name, _digest = checked_paper(upload)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file, name


class AnswerForm(forms.Form):
    accepted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("1", _("accept: the county is not named for it")), ("0", _("refuse"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea({"rows": 3}))
