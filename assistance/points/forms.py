"""Forms of points: rules and goods of a place, points earned and spent, a month's list."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Division
from accounts.models.divisions import Level
from assistance.forms import day, line
from assistance.points.rules import MOST_POINTS


def points(label):
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_POINTS)


class PlaceForm(forms.Form):
    """``division``: the township or village of the post, or a village below it."""

    division = forms.ModelChoiceField(
        label=gettext_lazy("For which place"), queryset=Division.objects.none(), empty_label=None
    )
    levels = (Level.TOWNSHIP, Level.VILLAGE)

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        below = Division.objects.below(post.division).valid_on(localdate())
        rows = below.filter(level__in=self.levels).order_by("level", "code")
        self.fields["division"].queryset = rows


class NewForm(PlaceForm):
    """Sent twice, stored once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"client_id": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class RuleForm(NewForm):
    words = forms.CharField(
        label=gettext_lazy("What earns them"), max_length=60,
        help_text=gettext_lazy("For example: yard and house kept clean, checked at the visit"),
    )  # fmt: skip
    points = points(gettext_lazy("Points"))
    most = forms.IntegerField(
        label=gettext_lazy("Times a month at most"), min_value=1, max_value=31, required=False,
        help_text=gettext_lazy("For one household. Left open: as often as it happens."),
    )  # fmt: skip
    since = day(pgettext_lazy("rule", "Holds from"))


class EndRuleForm(forms.Form):
    until = day(gettext_lazy("Until before"))


class GoodForm(NewForm):
    name = forms.CharField(label=gettext_lazy("Goods"), max_length=40)
    points = points(gettext_lazy("Points for one"))
    stock = forms.IntegerField(label=gettext_lazy("In the shop"), min_value=0, max_value=100_000)


class PutInForm(forms.Form):
    count = forms.IntegerField(
        label=gettext_lazy("How many came in"),
        help_text=gettext_lazy("With a minus for what spoiled or went missing."),
    )
    words = line(
        gettext_lazy("Remark"), required=False,
        help_text=gettext_lazy("With a minus: why they are missing."),
    )  # fmt: skip
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"client_id": uuid4()}, **kwargs)


class Once(forms.Form):
    on = day(gettext_lazy("Day"))
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"client_id": uuid4(), "on": localdate()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class EarnForm(Once):
    """``rules``: those that may hold there."""

    rule = forms.ModelChoiceField(label=gettext_lazy("What for"), queryset=None, empty_label=None)
    words = line(gettext_lazy("Remark"), required=False)
    field_order = ("rule", "on", "words", "client_id")

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = rules
        self.fields["rule"].label_from_instance = lambda rule: _("%(rule)s: %(points)d points") % {
            "rule": rule.words, "points": rule.points
        }  # fmt: skip


class SpendForm(Once):
    good = forms.ModelChoiceField(label=gettext_lazy("Goods"), queryset=None, empty_label=None)
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=99, initial=1)
    field_order = ("good", "count", "on", "client_id")

    def __init__(self, *args, goods, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["good"].queryset = goods
        self.fields["good"].label_from_instance = lambda good: (
            _("%(good)s: %(points)d points, %(stock)d in the shop")
            % {"good": good.name, "points": good.points, "stock": good.stock}
        )


class BackForm(forms.Form):
    because = line(gettext_lazy("Reason"), rows=3)


class ListForm(PlaceForm):
    levels = (Level.VILLAGE,)
    month = forms.TypedChoiceField(label=gettext_lazy("Month"), coerce=lambda text: text)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(m.isoformat(), f"{m:%Y-%m}") for m in months_over()]


def months_over(count=6):
    """The first days of the months before this one, the latest first."""
    found, day_before = [], localdate().replace(day=1)
    for _n in range(count):
        day_before = (day_before - timedelta(days=1)).replace(day=1)
        found.append(day_before)
    return found


class ShopForm(forms.Form):
    """Asks nothing: the button alone says yes."""
