from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from monitoring.models import Consequence, FindingKind
from monitoring.papers.forms import FilesField
from monitoring.supervision.acts import MOST_DAYS

USUAL_DAYS = 10  # default
HELP = _("JPEG, PNG, WebP up to 12 MB, PDF up to 20 MB. Where a photo was taken is left out.")
ERRORS = {
    "required": _("Choose the files."),
    "empty": _("A chosen file is empty. Scan or photograph it again."),
}


def _words(label, **kwargs):
    widget = forms.Textarea({"rows": 4})
    return forms.CharField(label=label, max_length=1000, widget=widget, **kwargs)


def _files(required):
    return FilesField(
        label=_("photos or PDF"), help_text=HELP, error_messages=ERRORS, required=required
    )


class EnterForm(forms.Form):
    division = forms.CharField(widget=forms.HiddenInput, max_length=12)
    kind = forms.ChoiceField(
        label=_("How it was found"), choices=FindingKind.choices, widget=forms.RadioSelect
    )
    found_on = forms.DateField(
        label=_("Found on"),
        initial=localdate,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    household = forms.CharField(
        label=_("Household number, if it is about one household"), max_length=24, required=False
    )
    words = _words(_("What is to be mended"))
    days = forms.IntegerField(
        label=_("Limit in working days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    files = _files(required=False)


class WordsForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(WordsForm):
    words = _words(_("What was done"))
    files = _files(required=True)


class AcceptForm(WordsForm):
    words = _words(_("Remark"), required=False)


class ReturnForm(WordsForm):
    words = _words(_("Why it is returned"))


class WithdrawForm(WordsForm):
    words = _words(_("Why it is withdrawn"))


class FollowUpForm(WordsForm):
    consequence = forms.ChoiceField(
        label=_("What followed"), choices=Consequence.choices, widget=forms.RadioSelect
    )
    words = _words(_("With whom, when and why"))
