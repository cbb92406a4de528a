"""Forms of what is recorded beside a case. Their fields are the arguments of the acts in
``case_records.py``; ``version`` is that of the case as the officer saw it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import DEPARTMENTS
from monitoring.cases.forms import words

MOST_PRESENT = 10_000


def day(label, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def votes(label):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_PRESENT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class RecordForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def said(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NoticeForm(RecordForm):
    place = forms.CharField(
        label=_("Place"), max_length=120, help_text=_("For example: notice board of the village")
    )
    up_on = day(_("Put up on"))
    until = day(_("To stay until"))


class NoticeDownForm(RecordForm):
    down_on = day(_("Taken down on"))


class ObjectionForm(RecordForm):
    raised_on = day(_("Raised on"))
    words = words(_("What is objected"), required=True)


class ObjectionAnswerForm(RecordForm):
    answer = words(_("What was found and answered"), required=True)
    upheld = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("no", _("not upheld")), ("yes", _("upheld"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class MeetingForm(RecordForm):
    held_on = day(_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=120)
    chair = forms.CharField(label=_("Chaired by"), max_length=40)
    in_favour = votes(_("Votes for"))
    against = votes(_("Votes against"))
    abstained = votes(_("Abstained"))


class AskForm(RecordForm):
    department = forms.ChoiceField(label=_("Department"), choices=list(DEPARTMENTS.items()))
    question = forms.CharField(
        label=_("What it is asked"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskWithdrawForm(RecordForm):
    because = words(_("Why the question is withdrawn"), rows=2, required=True)
