from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import DEPARTMENTS
from assistance.checks import kinds_of
from assistance.exceptions.forms import check_proof, proof_field
from assistance.forms import ExceptionForm, day, line, named_sources
from assistance.models import Result
from assistance.spending import Source


class ActionForm(ExceptionForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of measure"))
    title = forms.CharField(
        label=gettext_lazy("What exactly"),
        max_length=120,
        help_text=gettext_lazy("For example: tea-picking course, five days, at the village hall"),
    )
    started_on = day(gettext_lazy("Begins on"))
    due_on = day(gettext_lazy("To be done by"))
    organiser = forms.CharField(label=gettext_lazy("Organised by"), max_length=60)
    department = forms.ChoiceField(label=gettext_lazy("Department in charge"), required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount for each, yuan"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    source = forms.ChoiceField(label=gettext_lazy("Source of the money"), required=False)
    clause = forms.CharField(
        label=gettext_lazy("Clause"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("As in the catalogue, unless you enter another."),
    )
    file = forms.FileField(
        label=gettext_lazy("List of the people, .xlsx or .csv"),
        required=False,
        help_text=gettext_lazy(
            "With the column 户编号 (household number) or 证件号码 (resident ID), and 姓名 (name)."
            " Without a file you pick them from a list."
        ),
    )
    proof = proof_field(required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(code, row.words) for code, row in kinds_of(post).items()]
        self.fields["kind"].choices = [("", _("choose a kind")), *kinds]
        self.fields["source"].choices = [("", _("no money, or not known yet")), *Source.choices]
        by_kind = ("", _("as usual for the kind"))
        self.fields["department"].choices = [by_kind, *DEPARTMENTS.items()]
        if post.role_row.sees == "line":
            del self.fields["department"]

    @staticmethod
    def opening(post):
        return {
            "started_on": timezone.localdate(),
            "organiser": post.division.name,
            "client_id": uuid4(),
        }

    def clean(self):
        data = super().clean()
        check_proof(self)
        return data

    def facts(self):
        files = ("file", "proof")
        return {name: value for name, value in self.cleaned_data.items() if name not in files}


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("List of the people, .xlsx or .csv"))


class EndForm(forms.Form):
    on = day(gettext_lazy("Ended on"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, measures, **kwargs):
        super().__init__(*args, **kwargs)
        for row in measures:
            self.fields[f"result_{row.pk}"] = forms.ChoiceField(
                label=_("Result"), choices=Result.choices, initial=Result.DONE
            )
            self.fields[f"words_{row.pk}"] = forms.CharField(
                label=_("What came of it"), max_length=200, required=False
            )
        self.paid = any(row.amount and not row.source for row in measures)
        if self.paid:
            self.fields["source"] = forms.ChoiceField(
                label=_("Source of the money"),
                choices=named_sources(),
                required=False,
                help_text=_("Needed when it was done: an amount of money stands here."),
            )
        self.rows = [(row, self[f"result_{row.pk}"], self[f"words_{row.pk}"]) for row in measures]

    def results(self):
        data = self.cleaned_data
        return {
            row.pk: (data[f"result_{row.pk}"], data[f"words_{row.pk}"])
            for row, _result, _words in self.rows
        }


class UndoForm(forms.Form):
    because = line(gettext_lazy("Why it is undone"), rows=3, min_length=4)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
