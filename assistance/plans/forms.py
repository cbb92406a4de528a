"""The form of a plan: what the household wishes, who made it, and one row for each measure."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.catalogue import MEASURE_TYPES
from assistance.checks import MeasureRefusal, kinds_of
from assistance.exceptions.forms import check_proof, looked_at, proof_field
from assistance.forms import ExceptionForm, day
from assistance.models.excepted import EXCEPTION
from assistance.risks import risk_words
from assistance.spending import Source

MOST = 40  # rows
BLANK = 2  # rows for further measures


def _text(words, rows=2, **kwargs):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=words, max_length=500, required=False, widget=widget, **kwargs)


def _name(words, **kwargs):
    return forms.CharField(label=words, max_length=60, required=False, **kwargs)


class PlanForm(forms.Form):
    wishes = _text(
        gettext_lazy("What the household truly wishes"),
        help_text=gettext_lazy("In its own words, asked at home (AH 4.1.3)."),
    )
    resources = _text(gettext_lazy("Resources of the household"))
    ability = _text(gettext_lazy("What they can do themselves"))
    needs = _text(gettext_lazy("What they need"))
    work_team = _name(gettext_lazy("Of the work team"))
    cadres = _name(gettext_lazy("Of the village cadres"))
    responsible = _name(gettext_lazy("Responsible or contact person"))
    valid_from = day(gettext_lazy("Valid from"))
    valid_until = day(gettext_lazy("Valid until"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class LineForm(ExceptionForm):
    """A proposed measure; taken only with its tick."""

    use = forms.BooleanField(label=gettext_lazy("Take it into the plan"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of measure"), required=False)
    answers = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    words = forms.CharField(label=gettext_lazy("What exactly"), max_length=200, required=False)
    member = forms.TypedChoiceField(
        label=gettext_lazy("For whom"), required=False, coerce=int, empty_value=None
    )
    responsible = forms.CharField(
        label=gettext_lazy("Who sees to it"), max_length=60, required=False
    )
    started_on = day(gettext_lazy("Begins on"), required=False)
    due_on = day(gettext_lazy("To be done by"), required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount, yuan"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    source = forms.ChoiceField(label=gettext_lazy("Source of the money"), required=False)
    proof = proof_field(required=False)
    NEEDED = ("kind", "words", "responsible", "started_on", "due_on")

    def __init__(self, *args, post, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {member.id: member for member in members}
        whole = ("", _("the whole household"))
        self.fields["member"].choices = [whole, *((m.id, m.name) for m in members)]
        self.fields["source"].choices = [("", _("no money, or not known yet")), *Source.choices]
        kinds = [(code, row.words) for code, row in kinds_of(post).items()]
        self.fields["kind"].choices = [("", _("choose a kind")), *kinds]

    def clean(self):
        data = super().clean()
        if data.get("use"):
            for name in self.NEEDED:
                if name in data and not data[name]:
                    self.add_error(name, _("This is needed for the plan."))
            begun, due = data.get("started_on"), data.get("due_on")
            if begun and due and due < begun:
                self.add_error("due_on", _("It cannot be due before it begins."))
            check_proof(self)
        return data

    @property
    def shown(self):
        """The proposal that a row was made from, in words."""
        kind = self["kind"].value()
        return MEASURE_TYPES.get(kind)

    @property
    def answered(self):
        """The words of the risks that it answers."""
        known = risk_words()
        return [known[code] for code in (self["answers"].value() or "").split(",") if code in known]

    def facts(self):
        data = self.cleaned_data
        facts = {name: data[name] for name in (*self.NEEDED, "amount", "source", *EXCEPTION)}
        facts["answers"] = [code for code in data["answers"].split(",") if code in risk_words()]
        facts["member"] = self.people.get(data["member"])
        facts["department"] = MEASURE_TYPES[data["kind"]].department
        return facts


class _Lines(forms.BaseFormSet):
    def facts(self):
        return [form.facts() for form in self.forms if form.cleaned_data.get("use")]

    def proofs(self):
        """``[(grounds, file as it may be kept)]``; None when one may not: its line says why."""
        found = []
        for form in self.forms:
            data = form.cleaned_data
            if data.get("use") and data.get("proof"):
                try:
                    found.append((data["exception"], looked_at(data["proof"], "proof")))
                except MeasureRefusal as refusal:
                    form.add_error("proof", str(refusal))
        return None if any(self.errors) else found


LineFormSet = forms.formset_factory(
    LineForm, formset=_Lines, extra=0, max_num=MOST, absolute_max=MOST
)


class ReturnForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=4,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The village sees it and changes the plan."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class Step(forms.Form):
    """What a step of a plan asks: what was seen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
