"""Forms of cases: what an officer types when a case moves, and what is recorded beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from households.models.choices import ExitedClass, Tier
from monitoring.cases.proposals import CLASSES, NUMBER_LENGTH, TIERS

MOST = 1000


def words(label, rows=4, required=False, help_text=""):
    return forms.CharField(
        label=label,
        required=required,
        max_length=MOST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def reason(label, missing, help_text=""):
    """Words without which the act is refused; ``missing`` is the sentence that says so."""
    field = words(label, required=True, help_text=help_text)
    field.error_messages["required"] = missing
    return field


def tier_field():
    return forms.ChoiceField(
        label=_("Tier of the ledger"),
        choices=[(tier, Tier(tier).label) for tier in TIERS],
        widget=forms.RadioSelect,
        required=False,
    )


def class_field():
    return forms.ChoiceField(
        label=_("Class"),
        choices=[(one, ExitedClass(one).label) for one in CLASSES],
        widget=forms.RadioSelect,
        required=False,
    )


PROPOSED = {
    "tier": tier_field,
    "exited_class": class_field,
    "national_number": lambda: forms.CharField(
        label=_("Number in the national system"), max_length=NUMBER_LENGTH, required=False
    ),
}


class ActForm(forms.Form):
    """One act on a case. ``version`` is that of the case as the officer saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = words(_("Reason"))
    asked = ()

    def __init__(self, case, *args, **kwargs):
        super().__init__(*args, auto_id=f"id_{self.code}_%s", **kwargs)
        self.case = case
        for name in self.fields_asked(case):
            self.fields[name] = PROPOSED[name]()
        if self.fields_asked(case):  # what is proposed comes before the words about it
            self.order_fields(["version", *self.fields_asked(case), "because"])

    def fields_asked(self, case):
        return ()

    @property
    def proposal(self):
        """What was entered of the case's proposal."""
        return {name: self.cleaned_data.get(name, "") for name in self.fields_asked(self.case)}


class PassForm(ActForm):
    code = "pass"

    def __init__(self, case, *args, **kwargs):
        super().__init__(case, *args, **kwargs)
        reason = "because" in case.at_step.asks
        self.fields["because"].label = _("Reason") if reason else _("Remark")
        self.fields["because"].widget.attrs["rows"] = 4 if reason else 2

    def fields_asked(self, case):
        return [name for name in case.at_step.asks if name in PROPOSED]


BOTH = (("before", _("the step before")), ("start", _("the start")))


class ReturnForm(ActForm):
    code = "return"
    because = reason(
        _("Reason for the return"),
        _("Say why the case is returned."),
        help_text=_("Written from the conditions; change it freely."),
    )

    def __init__(self, case, *args, targets=BOTH, **kwargs):
        super().__init__(case, *args, **kwargs)
        if len(targets) > 1:
            self.fields["to"] = forms.ChoiceField(
                label=_("Return to"),
                choices=targets,
                widget=forms.RadioSelect,
                required=not self.is_bound,
            )
            self.order_fields(["version", "to", "because"])

    @property
    def to_start(self):
        return self.cleaned_data.get("to") == "start"


class RefuseForm(ActForm):
    code = "refuse"
    because = reason(_("Why it is not confirmed"), _("Say why it is not confirmed."))


class WithdrawForm(ActForm):
    code = "withdraw"
    because = reason(_("Why it is withdrawn"), _("Say why the case is withdrawn."))


class RollBackForm(ActForm):
    code = "roll_back"
    because = reason(_("What was wrong"), _("Say why it was wrong."))


class ChangeForm(PassForm):
    """The request as it is written at the first step."""

    code = "change"

    def fields_asked(self, case):
        return [case.row.proposes] if case.row.proposes else []


class OpenForm(forms.Form):
    """A new case: what is asked for and why; both may come later, before it is passed on."""

    because = words(_("Reason"))

    def __init__(self, row, household, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        if row.proposes:
            self.fields[row.proposes] = PROPOSED[row.proposes]()
            self.order_fields([row.proposes, "because"])
        if row.proposes == "exited_class":
            choices = self.fields["exited_class"].choices
            others = [one for one in choices if one[0] != household.exited_class]
            self.fields["exited_class"].choices = others

    @property
    def proposal(self):
        return {name: self.cleaned_data[name] for name in [self.row.proposes] if name}
