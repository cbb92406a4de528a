from datetime import timedelta

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from monitoring.campaigns.acts import Chosen
from monitoring.campaigns.groups import GROUPS
from monitoring.campaigns.kinds import KINDS

WORDS = 300  # characters
MANY = 500  # rows of one form, numbers of one list
LOOK_BACK = timedelta(days=30)  # visits made shortly before the campaign count as well


def _day(label, **kwargs):
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class OpenForm(forms.Form):
    kind = forms.ChoiceField(widget=forms.HiddenInput, choices=[(code, code) for code in KINDS])
    since = _day(
        _("Visits count from"),
        help_text=_("A visit in person made since then need not be made again."),
    )
    until = _day(_("To be answered by"))
    groups = forms.MultipleChoiceField(
        label=_("Key groups"),
        choices=[(code, words) for code, (words, _condition) in GROUPS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, kind, **kwargs):
        today = localdate()
        initial = {"kind": kind.code, "since": today - LOOK_BACK, "groups": list(GROUPS)}
        initial["until"] = today + timedelta(days=kind.days)
        super().__init__(*args, initial=initial, **kwargs)
        if not kind.grouped:
            del self.fields["groups"]


class EndForm(forms.Form):
    because = forms.CharField(
        label=_("Why it is ended"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


class AddForm(forms.Form):
    words = forms.CharField(label=_("Which group they are"), max_length=60)
    numbers = forms.CharField(
        label=_("Household numbers, one a line"), widget=forms.Textarea({"rows": 6})
    )

    def clean_numbers(self):
        numbers = list(dict.fromkeys(self.cleaned_data["numbers"].split()))
        if len(numbers) > MANY:
            raise forms.ValidationError(_("At most 500 numbers at a time."))
        return numbers


class CandidateForm(forms.Form):
    village = forms.CharField(widget=forms.HiddenInput)


class PersonForm(forms.Form):
    village = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=40)
    resident_id = forms.CharField(label=_("Resident ID"), max_length=22, required=False)
    told_by = forms.CharField(label=_("Named by"), max_length=60, required=False)


def answers(data):
    """Rows of the village whose answer is another than the page showed, or that got a reason."""
    rows = []
    for pk, version, shown in _seen(data):
        answer = data.get(f"answer-{pk}", "")
        words = data.get(f"words-{pk}", "").strip()[:WORDS]
        if answer and (answer != shown or words):
            rows.append(Chosen(pk, version, answer=answer, words=words))
    return rows


def decisions(data):
    """Rows of the township or county that were decided; the undecided stay."""
    rows = []
    for pk, version, _shown in _seen(data):
        act = data.get(f"act-{pk}", "")
        if act in ("pass", "return"):
            words = data.get(f"words-{pk}", "").strip()[:WORDS]
            rows.append(Chosen(pk, version, words=words, act=act))
    return rows


def _seen(data):
    """``seen-ID=VERSION:ANSWER`` of every row: what the page showed."""
    names = [name for name in data if name.startswith("seen-")][:MANY]
    for name in names:
        pk, (version, _colon, shown) = name[5:], data[name].partition(":")
        if _is_number(pk) and _is_number(version):
            yield int(pk), int(version), shown


def _is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 10
