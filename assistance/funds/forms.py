"""Forms of funds and grants. What is known already is filled in."""

from uuid import uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Division
from accounts.models.divisions import Level
from assistance.forms import day, line
from assistance.funds.closing import successors_of
from assistance.funds.limits import LIMITS
from assistance.models import Fund, Need
from assistance.spending import Source


def yuan(label, **kwargs):
    return forms.DecimalField(label=label, max_digits=12, decimal_places=2, **kwargs)


def reason(label, **kwargs):
    return line(label, rows=3, **({"min_length": 2} | kwargs))


class FundForm(forms.Form):
    division = forms.ModelChoiceField(
        label=gettext_lazy("Whose fund"), queryset=Division.objects.none(), empty_label=None
    )
    name = forms.CharField(label=gettext_lazy("Name of the fund"), max_length=80)
    on = day(gettext_lazy("Opened on"))

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        below = Division.objects.below(post.division).valid_on(localdate())
        own = below.filter(level__gte=max(post.division.level, Level.COUNTY))
        self.fields["division"].queryset = own.order_by("level", "code")


class DepositForm(forms.Form):
    source = forms.ChoiceField(
        label=gettext_lazy("Source of the money"),
        choices=[(s.value, s.label) for s in Source if s != Source.RELIEF],
        initial=Source.SOCIAL,
        help_text=gettext_lazy("Never fiscal funds for poverty relief (AH 4.2.3)."),
    )
    donor = forms.CharField(label=gettext_lazy("From whom"), max_length=80)
    amount = yuan(gettext_lazy("Amount, yuan"))
    paper = forms.CharField(
        label=gettext_lazy("Number of the paper"),
        max_length=60,
        help_text=gettext_lazy("Of the receipt, the bank slip or the decision."),
    )
    on = day(gettext_lazy("Received on"))
    words = line(gettext_lazy("What for"), required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput)


class CloseForm(forms.Form):
    successor = forms.ModelChoiceField(
        label=gettext_lazy("Fund that takes over what is in it"),
        queryset=Fund.objects.none(),
        required=False,
        empty_label=gettext_lazy("none, the fund is empty"),
    )
    paper = forms.CharField(
        label=gettext_lazy("Number of the decision"), max_length=60, required=False
    )
    because = reason(gettext_lazy("Why the fund is closed"))

    def __init__(self, *args, fund, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors_of(fund)


class ReliefForm(forms.Form):
    """``funds``: those that may help the household."""

    fund = forms.TypedChoiceField(label=gettext_lazy("From which fund"), coerce=int)
    need = forms.ChoiceField(label=gettext_lazy("Kind of need"), choices=Need.choices)
    words = line(
        gettext_lazy("What happened and what it is for"),
        rows=3,
        help_text=gettext_lazy("For example: surgery of the wife, 18,600 yuan borne by themselves"),
    )
    amount = yuan(gettext_lazy("Amount, yuan"))
    payee = forms.CharField(label=gettext_lazy("Payee"), max_length=40, required=False)
    bank_name = forms.CharField(label=gettext_lazy("Bank"), max_length=60, required=False)
    bank_account = forms.CharField(
        label=gettext_lazy("Bank account"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, funds, household, **kwargs):
        kwargs["initial"] = {
            "payee": household.head_name,
            "client_id": uuid4(),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        self.funds = {fund.pk: fund for fund in funds}
        self.fields["fund"].choices = [(fund.pk, fund.name) for fund in funds]
        masked = household.bank_account_masked
        self.fields["bank_account"].help_text = (
            _("Left blank: %(account)s of the register.") % {"account": masked}
            if masked
            else _("The register has none.")
        )

    def clean_bank_account(self):
        plain = "".join(self.cleaned_data["bank_account"].split())
        if plain and not (plain.isascii() and plain.isalnum() and len(plain) >= 8):
            raise forms.ValidationError(_("Check the bank account: digits, at least eight."))
        return plain

    def facts(self):
        return {**self.cleaned_data, "fund": self.funds[self.cleaned_data["fund"]]}


class Act(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def facts(self):
        facts = dict(self.cleaned_data)
        return {"seen_version": facts.pop("version"), **facts}


class SignForm(Act):
    because = line(gettext_lazy("Remark"), rows=2, required=False)


class ReasonForm(Act):
    because = reason(gettext_lazy("Reason"))


class FilingForm(Act):
    paper = forms.CharField(label=gettext_lazy("Number of the filing"), max_length=60)
    words = line(gettext_lazy("What was found"), rows=2, required=False)


class BookBackForm(forms.Form):
    because = reason(gettext_lazy("Reason"))


class LimitForm(forms.Form):
    name = forms.ChoiceField(
        label=gettext_lazy("Limit of money"),
        choices=[(code, row.words) for code, row in LIMITS.items()],
    )
    value = forms.DecimalField(
        label=gettext_lazy("Value"), min_value=0, max_digits=12, decimal_places=2
    )
    since = day(pgettext_lazy("rule", "Holds from"))
    until = day(gettext_lazy("Until before"), required=False)
    because = line(gettext_lazy("Reason, or the paper that says so"))


class BudgetForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2015, max_value=2100)
    source = forms.ChoiceField(
        label=gettext_lazy("Source of the money"),
        choices=[(s.value, s.label) for s in Source if s != Source.RELIEF],
    )
    amount = yuan(
        gettext_lazy("Amount, yuan"),
        help_text=gettext_lazy("With a minus for what is taken back."),
    )
    paper = forms.CharField(label=gettext_lazy("Number of the paper"), max_length=60)
    words = line(gettext_lazy("What for"), required=False)
