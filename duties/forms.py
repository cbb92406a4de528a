from uuid import uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import Level
from duties.desks import desks_for

OF_LEVEL = {
    Level.CITY: _("cities"),
    Level.COUNTY: _("counties"),
    Level.TOWNSHIP: _("townships"),
    Level.VILLAGE: _("villages"),
}


class NoteForm(forms.Form):
    words = forms.CharField(label=_("Note"), max_length=500, widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    result = forms.CharField(
        label=_("How it ended"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = list(task.row.outcomes.items())


class HandOverForm(forms.Form):
    desk = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)
    because = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.desks = {desk.code: desk for desk in desks_for(task)}
        self.fields["desk"].choices = [(code, desk.words) for code, desk in self.desks.items()]


class AskForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    level = forms.TypedChoiceField(label=_("Which desks"), coerce=int, widget=forms.RadioSelect)
    division = forms.ChoiceField(label=_("Within"), required=False)
    words = forms.CharField(
        label=_("What you ask for"), max_length=500, widget=forms.Textarea({"rows": 4})
    )
    due_on = forms.DateField(
        label=_("Deadline"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        home = post.division
        levels = [level for level in Level if level > home.level]
        self.fields["level"].choices = [(level.value, OF_LEVEL[level]) for level in levels]
        below = Division.objects.valid_on(localdate()).filter(parent=home).order_by("code")
        self.fields["division"].choices = [
            ("", home.name),
            *((place.code, place.name) for place in below),
        ]
