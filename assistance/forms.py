"""Forms of measures. What calls for help is proposed first; what is known already is filled in."""

from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import DEPARTMENTS
from assistance.catalogue import MEASURE_TYPES
from assistance.checks import kinds_of
from assistance.models import Grounds, Problem, Result
from assistance.spending import Source
from assistance.telling import rule_words


def day(words, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=words, widget=widget, **kwargs)


def line(label, rows=0, **kwargs):
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(label=label, max_length=200, widget=widget, **kwargs)


class ExceptionForm(forms.Form):
    """The exception of AH 4.1.2; all three or none of them."""

    exception = forms.ChoiceField(label=gettext_lazy("Exception because of"), required=False)
    exception_problem = forms.ChoiceField(
        label=gettext_lazy("Problem that came of it"), required=False
    )
    exception_words = line(
        gettext_lazy("Why the household cannot bear it"),
        required=False,
        help_text=gettext_lazy("Only for independent exited households (AH 4.1.2)."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exception"].choices = [("", _("none")), *Grounds.choices]
        self.fields["exception_problem"].choices = [("", _("none")), *Problem.choices]


class MeasureForm(ExceptionForm):
    """A new measure, or with ``measure`` what is changed of one."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of measure"))
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("Which risk it answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = line(
        gettext_lazy("What exactly"),
        help_text=gettext_lazy(
            "For example: rear wall made firm, two rooms, by the town's builders"
        ),
    )
    member = forms.TypedChoiceField(
        label=gettext_lazy("For whom"), required=False, coerce=int, empty_value=None
    )
    responsible = forms.CharField(label=gettext_lazy("Who sees to it"), max_length=60)
    department = forms.ChoiceField(label=gettext_lazy("Department in charge"), required=False)
    started_on = day(gettext_lazy("Begins on"))
    due_on = day(
        gettext_lazy("To be done by"),
        required=False,
        help_text=gettext_lazy("A measure without an end needs a reason for being open."),
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Amount, yuan"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=gettext_lazy("A figure for the record; it is not booked on any fund."),
    )
    source = forms.ChoiceField(label=gettext_lazy("Source of the money"), required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, post, risks, members, measure=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {member.id: member for member in members}
        self._offer_kinds(post, risks, measure)
        codes = dict.fromkeys([risk.code for risk in risks] + (measure.answers if measure else []))
        self.fields["answers"].choices = [(code, rule_words(code)) for code in codes]
        whole = ("", _("the whole household"))
        self.fields["member"].choices = [whole, *((m.id, m.name) for m in members)]
        by_kind = ("", _("as usual for the kind"))
        self.fields["department"].choices = [by_kind, *DEPARTMENTS.items()]
        self.fields["source"].choices = [("", _("no money, or not known yet")), *Source.choices]
        if not codes:
            del self.fields["answers"]
        if not members:
            del self.fields["member"]
        if post.role_row.sees == "line":
            del self.fields["department"]

    def _offer_kinds(self, post, risks, measure):
        may = dict(kinds_of(post))
        if measure:
            may.setdefault(measure.kind, MEASURE_TYPES[measure.kind])
        asked = self.initial.get("answers", ())
        risks = sorted(risks, key=lambda risk: risk.code not in asked)
        fitting = dict.fromkeys(code for risk in risks for code in risk.kinds if code in may)
        others = [(code, row.words) for code, row in may.items() if code not in fitting]
        groups = [(_("Answers what stands against the household"), _named(fitting))]
        groups.append((_("Other kinds") if fitting else _("Kinds"), others))
        self.fields["kind"].choices = [("", _("choose a kind")), *(g for g in groups if g[1])]

    def facts(self):
        """What the acts of ``planning.py`` take, but for what this form does not ask."""
        facts = {name: self.cleaned_data[name] for name in self.fields if name not in OF_THE_FORM}
        if "member" in facts:
            facts["member"] = self.members.get(facts["member"])
        if "department" in facts and not facts["department"]:
            facts["department"] = MEASURE_TYPES[facts["kind"]].department
        return facts


OF_THE_FORM = ("client_id", "seen_version", "because")


def _named(codes):
    return [(code, MEASURE_TYPES[code].words) for code in codes]


class ChangeForm(MeasureForm):
    because = line(
        gettext_lazy("Reason"), help_text=gettext_lazy("Kept in the history with your name.")
    )


def opening(household, post, kind="", answers=()):
    """What a new measure begins with: what the link says, today, and who looks after them."""
    looked_after = household.responsible_name or household.contact_name
    named = looked_after if post.sees_section("visits") else ""
    return {
        "kind": kind,
        "answers": answers,
        "responsible": named or post.officer.name,
        "started_on": timezone.localdate(),
        "client_id": uuid4(),
    }


class Act(forms.Form):
    """What an act on one measure asks; ``seen_version`` says what the person looked at."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class Progress(forms.Form):
    on = day(gettext_lazy("Day"))
    words = line(gettext_lazy("How it goes"), rows=3)
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        help_text=gettext_lazy("Made smaller; the place where it was taken is removed."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)


class End(Act):
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=Result.choices, widget=forms.RadioSelect
    )
    on = day(gettext_lazy("Ended on"))
    words = line(
        gettext_lazy("What came of it"),
        rows=3,
        required=False,
        help_text=gettext_lazy("Needed when it ends without having been done."),
    )


class EndPaid(End):
    """Of one with an amount whose source is not named yet."""

    source = forms.ChoiceField(
        label=gettext_lazy("Source of the money"),
        required=False,
        help_text=gettext_lazy("Needed when it was done: an amount of money stands here."),
    )
    field_order = ("result", "source")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = named_sources()


def named_sources():
    return [("", _("choose a source")), *Source.choices]


class NameSource(Act, ExceptionForm):
    source = forms.ChoiceField(label=gettext_lazy("Source of the money"))
    field_order = ("source",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = named_sources()


class Explain(Act):
    because = line(gettext_lazy("Why it is still open"), rows=3, min_length=4)


class Resume(Act):
    because = line(gettext_lazy("Why it was not ended"), rows=3, min_length=4)
