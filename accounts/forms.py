from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.calendar_file import MOST_BYTES
from accounts.models import Officer
from accounts.officers import divisions_of
from accounts.roles import DEPARTMENTS, ROLES
from accounts.workdays import FIRST_YEAR, LAST_YEAR


class DivisionField(forms.CharField):
    """A division by its code, or by its name when only one is called so; within ``within``."""

    within = None

    def clean(self, value):
        words = super().clean(value).split()
        if not words:
            return None
        found = list(self.within.filter(code=words[0])[:2]) or list(
            self.within.filter(name=words[-1])[:2]
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several divisions are called so; write the code."))
        raise forms.ValidationError(_("There is no such division within yours."))


class PostForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    division = DivisionField(
        label=_("Division"),
        help_text=_("Name or 12-digit code, within your own division"),
        widget=forms.TextInput(attrs={"list": "divisions", "autocomplete": "off"}),
    )
    department = forms.ChoiceField(
        label=_("Department"),
        required=False,
        choices=[("", _("none")), *DEPARTMENTS.items()],
        help_text=_("Only for department officers"),
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=60)
    since = forms.DateField(
        label=_("First day in office"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].within = divisions_of(by)
        self.fields["since"].initial = timezone.localdate().isoformat()
        self.fields["role"].choices = [
            (code, role.name)
            for code, role in ROLES.items()
            if max(role.levels) >= by.division.level
        ]


class OfficerForm(PostForm):
    username = forms.CharField(label=_("Account name"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=40)
    phone = forms.RegexField(
        r"^1\d{10}$",
        label=_("Mobile phone"),
        required=False,
        error_messages={"invalid": _("A mobile number has 11 digits and begins with 1.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ["name", "username", "phone", "role", "division", "department", "title", "since"]


class CloseForm(forms.Form):
    until = forms.DateField(
        label=_("First day without the post"), widget=forms.DateInput(attrs={"type": "date"})
    )


class DeputyForm(forms.Form):
    """``standing_by``: the posts from which ``post`` may be deputised."""

    officer = forms.ModelChoiceField(
        Officer.objects.none(), label=_("Deputy"), empty_label=_("Choose an officer")
    )
    since = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    until = forms.DateField(
        label=_("Back in office on"),
        help_text=_("The deputy acts until the day before."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    because = forms.CharField(
        label=_("Why is a deputy needed?"),
        max_length=100,
        help_text=_("For example: training, leave, work elsewhere. Auditors can read it."),
    )

    def __init__(self, *args, standing_by, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        held = {post.officer_id: post for post in standing_by}
        field.queryset = Officer.objects.filter(pk__in=held).order_by("name", "id")
        field.label_from_instance = lambda officer: f"{officer.name} {held[officer.pk]}"


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Which machine"), max_length=80, help_text=_("For example: county data exchange")
    )
    expires_on = forms.DateField(
        label=_("Expires on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is past."))
        return day


class CalendarForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    file = forms.FileField(
        label=_("Days of the year"),
        help_text=_(
            ".csv or .xlsx with the columns date, works/rest, name; one line for each day that the "
            "State Council's notice names."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".csv", ".xlsx")):
            raise forms.ValidationError(_("Save the table as .csv or .xlsx."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is longer than a year can be."))
        return file


class ReasonForm(forms.Form):
    """Why a masked value is needed; kept beside the name of who looked."""

    because = forms.CharField(
        label=_("Why do you need it?"),
        max_length=200,
        help_text=_("The reason is kept with your name, post and the time."),
    )


class EmailForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
