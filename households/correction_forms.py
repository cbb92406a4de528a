"""Forms that mend the register. A form knows the row as it was seen, so that only what the person
changed is written, and what somebody else changed meanwhile stays."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division
from households.models.choices import Relation
from households.national import identifiers
from households.wording import label_of

YES_NO = [
    ("", gettext_lazy("to be verified")),
    ("yes", gettext_lazy("yes")),
    ("no", gettext_lazy("no")),
]
GROUPS = {
    gettext_lazy("Basic facts"): "group_name exited_year identified_on causes risks",
    gettext_lazy("Contact and account"): "phone bank_name bank_account",
    gettext_lazy("Housing"): (
        "house_grade house_material only_home unsafe_house safe_home_elsewhere "
        "parents_in_unsafe_house house_at_risk hazard_spot relocated relocation_site"
    ),
    gettext_lazy("Drinking water"): (
        "water_safe water_quality water_quantity water_hours water_convenience "
        "water_reliability water_seasonal_shortage"
    ),
    gettext_lazy("Land and production"): (
        "cropland_mu forest_mu water_surface_mu production_assets business_short_of_funds"
    ),
}
MEMBER_GROUPS = {
    gettext_lazy("Person"): "name resident_id relation sex born_on nation phone",
    gettext_lazy("School"): "education school school_words school_exemption dropout_warning",
    gettext_lazy("Health"): (
        "chronic_illness major_illness untreated family_doctor disabled disability_grade "
        "disability_card"
    ),
    gettext_lazy("Work"): ("labour trained work_months work_place wants_work wants_training"),
    gettext_lazy("Insurance and support"): (
        "medical_insurance serious_illness_insurance pension low_income_allowance "
        "extreme_poverty_support"
    ),
}


class Words(forms.CharField):
    """Several words in one line, parted by any comma or blank."""

    def clean(self, value):
        return [word[:20] for word in re.split(r"[,，、;；\s]+", super().clean(value)) if word]

    def prepare_value(self, value):
        return "、".join(value) if isinstance(value, list) else value


class YesNo(forms.TypedChoiceField):
    """Yes, no or not known."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=YES_NO, coerce={"yes": True, "no": False}.get, empty_value=None, **kwargs
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no", None: ""}.get(value, value)


class Personal(forms.CharField):
    """A protected value: never shown; left blank it stays as it is."""

    CHECKS = {
        "phone": lambda text: identifiers.phone(text),
        "bank_account": lambda text: identifiers.bank_account(text),
        "resident_id": lambda text: identifiers.resident_id(text, today=_today()).number,
        "disability_card": lambda text: identifiers.disability_card(text, today=_today()),
    }

    def __init__(self, item, masked):
        super().__init__(
            label=item.verbose_name,
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text=_("Now %(masked)s. Leave blank to keep it.") % {"masked": masked}
            if masked
            else "",
        )
        self.check = self.CHECKS[item.name]

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            checked = self.check(text)
        except identifiers.Bad:
            raise forms.ValidationError(
                _("This number is not right. Compare it with the card, digit by digit.")
            ) from None
        return getattr(checked, "number", checked)


def _today():
    return timezone.localdate().isoformat()


def _field(item, row):
    if hasattr(item, "mask"):
        return Personal(item, getattr(row, f"{item.name}_masked"))
    kwargs = {"label": label_of(item), "required": item.name == "name"}
    if item.get_internal_type() == "ArrayField":
        return Words(**kwargs)
    if item.get_internal_type() == "BooleanField":
        return YesNo(**kwargs)
    if item.get_internal_type() == "DateField":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, **kwargs)
    made = item.formfield(**kwargs)
    if item.choices:
        made.choices = [("", _("to be verified")), *item.flatchoices]
    return made


class Because(forms.Form):
    """Every act on the register says why."""

    because = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=4,
        max_length=200,
        help_text=gettext_lazy("Kept in the history with your name."),
    )


class Correction(Because):
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    groups = {}

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        because = self.fields.pop("because")
        for item in self._items():
            self.fields[item.name] = self._made(item)
            if not hasattr(item, "mask"):
                self.initial.setdefault(item.name, getattr(row, item.name))
        self.fields["because"] = because

    def _items(self):
        names = " ".join(self.groups.values()).split()
        return [self.row._meta.get_field(name) for name in names]

    def _made(self, item):
        return _field(item, self.row)

    def sheets(self):
        """Titles with their bound fields, for the page."""
        return [
            (title, [self[name] for name in names.split() if name in self.fields])
            for title, names in self.groups.items()
        ]

    def changes(self, seen):
        """Field -> value, as far as it differs from the row as the person saw it."""
        changes = {}
        for item in self._items():
            typed = self.cleaned_data.get(item.name)
            if hasattr(item, "mask"):
                if typed:
                    changes[item.name] = typed
                continue
            typed = "" if typed is None and not item.null else typed
            if typed != getattr(seen, item.name):
                changes[item.name] = typed
        return changes

    def kept_for(self, row, changes, seen_version):
        """A fresh form on the present row that holds what was typed."""
        shown = {name: value for name, value in changes.items() if name in self.fields}
        because = self.cleaned_data["because"]
        initial = {**shown, "because": because, "seen_version": seen_version}
        return type(self)(row=row, initial=initial)


class HouseholdCorrection(Correction):
    groups = GROUPS


class MemberCorrection(Correction):
    groups = MEMBER_GROUPS

    def _items(self):
        """Who is the head changes by an act of its own."""
        return [
            item
            for item in super()._items()
            if item.name != "relation" or self.row.relation != Relation.HEAD
        ]

    def _made(self, item):
        made = super()._made(item)
        if item.name == "relation":
            made.choices = [choice for choice in made.choices if choice[0] != Relation.HEAD]
        return made


class Leaves(Because):
    on = forms.DateField(
        label=gettext_lazy("Left on"), widget=forms.DateInput(attrs={"type": "date"})
    )


class Move(Because):
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    village = forms.ModelChoiceField(
        label=gettext_lazy("Village"), queryset=Division.objects.none(), to_field_name="code"
    )
    group_name = forms.CharField(
        label=gettext_lazy("Villager group"), max_length=40, required=False
    )
    field_order = ["village", "group_name", "because"]

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Division.objects.below(post.division).filter(level=5).select_related("township")
        field = self.fields["village"]
        field.queryset = villages.valid_on(timezone.localdate()).order_by("code")
        field.label_from_instance = lambda village: f"{village.township.name}{village.name}"


class RelationToNewHead(forms.ChoiceField):
    """Needed of everybody but the new head; the form asks for it."""

    def validate(self, value):
        if value:
            super().validate(value)


class Head(Because):
    """The new head, and what everybody else is to the new head."""

    use_required_attribute = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        because = self.fields.pop("because")
        others = [member for member in members if member.relation != Relation.HEAD]
        self.fields["head"] = forms.TypedChoiceField(
            label=_("New head"),
            choices=[("", "")] + [(member.id, member.name) for member in others],
            coerce=int,
        )
        relations = [choice for choice in Relation.choices if choice[0] != Relation.HEAD]
        for member in members:
            self.fields[f"relation_{member.id}"] = RelationToNewHead(
                label=_("%(name)s is to the new head") % {"name": member.name},
                choices=[("", ""), *relations],
            )
        self.fields["because"] = because

    def clean(self):
        cleaned = super().clean()
        for member in self.members:
            if member.id != cleaned.get("head") and not cleaned.get(f"relation_{member.id}"):
                self.add_error(f"relation_{member.id}", _("Say what they are to the new head."))
        return cleaned

    def relations(self):
        return {
            member.id: self.cleaned_data[f"relation_{member.id}"]
            for member in self.members
            if member.id != self.cleaned_data["head"]
        }


class Person(Because):
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        because = self.fields.pop("because")
        self.fields["post"] = forms.ModelChoiceField(
            label=_("Officer"), queryset=candidates, empty_label=""
        )
        self.fields["post"].label_from_instance = lambda post: (
            f"{post.officer.name}, {post.division.name} {post.label}"
        )
        self.fields["because"] = because
