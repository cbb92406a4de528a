"""Forms of policies, premiums and claims. What is known already is filled in."""

from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.forms import day, line
from assistance.funds.forms import Act, ReasonForm, SignForm, reason, yuan
from assistance.models import ClaimPaperKind, Payer, Peril
from households.dossier import living_members

__all__ = ["ReasonForm", "SignForm"]
TAKEN = "image/jpeg,image/png,image/webp,application/pdf"
PAPER = gettext_lazy("Number of the paper")


def people(words, **more):
    return forms.IntegerField(label=words, min_value=1, max_value=100_000_000, **more)


class PolicyForm(forms.Form):
    """A new policy, or what is corrected of one."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2015, max_value=2100)
    number = forms.CharField(label=gettext_lazy("Number of the policy"), max_length=40)
    insurer = forms.CharField(label=gettext_lazy("Insurer"), max_length=60)
    starts_on = day(gettext_lazy("Holds from"))
    ends_on = day(gettext_lazy("Holds to, that day included"))
    farm_population = people(gettext_lazy("Farm population of the county, persons"))
    persons = people(gettext_lazy("Insured, persons"))
    premium_per_head = forms.DecimalField(
        label=gettext_lazy("Premium per head, yuan"), max_digits=8, decimal_places=2
    )
    city_percent = forms.DecimalField(
        label=gettext_lazy("Paid by the city, per cent"),
        max_digits=5,
        decimal_places=2,
        help_text=gettext_lazy("0 where the county pays the whole premium. The rest is its own."),
    )
    cap = yuan(gettext_lazy("Most that one household gets, yuan"))
    perils = forms.MultipleChoiceField(
        label=gettext_lazy("Insured against"),
        choices=Peril.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    words = line(gettext_lazy("Remark"), rows=2, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        year = timezone.localdate().year
        known = {"year": year, "starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31"}
        known |= {"client_id": uuid4(), "city_percent": 0, "perils": Peril.values}
        kwargs["initial"] = known | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class ChangePolicyForm(PolicyForm, Act):
    client_id = None


class PremiumForm(forms.Form):
    """``payers``: whose payments the post may record."""

    payer = forms.ChoiceField(label=gettext_lazy("Paid by"), widget=forms.RadioSelect)
    amount = yuan(gettext_lazy("Amount, yuan"))
    paid_on = day(gettext_lazy("Day of payment"))
    paper = forms.CharField(label=PAPER, max_length=60)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, payers, **kwargs):
        known = {"client_id": uuid4(), "payer": payers[0] if payers else ""}
        kwargs["initial"] = known | {"paid_on": timezone.localdate()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = [(payer.value, Payer(payer).label) for payer in payers]


class TakeBackForm(forms.Form):
    because = reason(gettext_lazy("Reason"))


class ClaimForm(forms.Form):
    """``members``: of the household; who sees none claims for the household as a whole."""

    peril = forms.ChoiceField(label=gettext_lazy("Kind of event"), choices=Peril.choices)
    happened_on = day(gettext_lazy("Happened on"))
    member = forms.TypedChoiceField(
        label=gettext_lazy("For whom"), required=False, coerce=int, empty_value=None
    )
    words = line(
        gettext_lazy("What happened in words"),
        rows=3,
        help_text=gettext_lazy("For example: fell from the roof, surgery in the county hospital"),
    )
    loss = yuan(
        gettext_lazy("Borne by the household itself, yuan"),
        help_text=gettext_lazy("After medical insurance, medical aid and other payments."),
    )
    payee = forms.CharField(label=gettext_lazy("Payee"), max_length=40, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, household, post, **kwargs):
        kwargs["initial"] = {
            "payee": household.head_name,
            "client_id": uuid4(),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        members = living_members(household) if post.sees_section("members") else []
        self.members = {member.pk: member for member in members}
        whole = ("", _("the whole household"))
        self.fields["member"].choices = [whole, *((m.pk, m.name) for m in members)]

    def facts(self):
        return {**self.cleaned_data, "member": self.members.get(self.cleaned_data["member"])}


class ChangeClaimForm(ClaimForm, Act):
    client_id = None

    def facts(self):
        facts = ClaimForm.facts(self)
        return {"seen_version": facts.pop("version"), **facts}


class ClaimPaperForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"), choices=ClaimPaperKind.choices)
    file = forms.FileField(
        label=gettext_lazy("Photo or PDF"),
        widget=forms.FileInput(attrs={"accept": TAKEN}),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP up to 12 MB, PDF up to 20 MB. Where a photo was taken is left out."
        ),
        error_messages={"required": gettext_lazy("Choose the file.")},
    )


class HomeCheckForm(Act):
    on = day(gettext_lazy("Checked on"))
    words = forms.CharField(
        label=gettext_lazy("What was found in the home"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefuseForm(ReasonForm):
    clause = forms.CharField(
        label=gettext_lazy("Clause of the policy or of the document"),
        max_length=60,
        help_text=gettext_lazy("For example: clause 12 of the policy"),
    )
    paper = forms.CharField(
        label=gettext_lazy("Number of the decision"), max_length=60, required=False
    )


class AcceptForm(Act):
    amount = yuan(gettext_lazy("Payout, yuan"))
    on = day(gettext_lazy("Decided on"))
    paper = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=60)


class PayoutForm(Act):
    on = day(gettext_lazy("Day of the payout"))
    paper = forms.CharField(label=gettext_lazy("Number of the payment"), max_length=60)
