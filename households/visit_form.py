"""The form of a visit: fields by household, and what it means when answers do not fit together."""

import json
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households import visit_words as w
from households.models import Event
from households.models.choices import Method
from households.school_age import of_school_age
from households.visit_answers import Answers
from households.visit_checks import check_answers
from households.visit_known import known_answers, last_answers

ROWS = (1, 2)
LONGEST = 4 * 3600  # seconds; a page left open overnight says nothing of the burden


class Many(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


def _radio(choices, label=""):
    return forms.ChoiceField(choices=choices, label=label, required=False, widget=forms.RadioSelect)


def _select(choices, label=""):
    return forms.ChoiceField(choices=choices, label=label, required=False)


def _words(label, size, **attrs):
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=size, required=False, widget=widget)


def _day(label):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget)


def _figure(label, digits=10, decimals=2, **limits):
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        label=label,
        max_digits=digits,
        decimal_places=decimals,
        min_value=0,
        required=False,
        widget=widget,
        **limits,
    )


class VisitForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    made_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    seconds_spent = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    method = _radio(Method.choices, gettext_lazy("How you were in touch"))
    visited_on = _day(gettext_lazy("Date"))
    met = _words(gettext_lazy("Met whom"), 60)
    unchanged = forms.BooleanField(required=False)
    food = _radio(w.SECURE, gettext_lazy("Food"))
    clothing = _radio(w.SECURE, gettext_lazy("Clothing"))
    medical = _radio(w.SECURE, gettext_lazy("Basic medical care"))
    housing = _radio(w.HOUSING, gettext_lazy("Housing"))
    house_grade = _select(w.GRADES, gettext_lazy("House grade"))
    safe_home_elsewhere = forms.BooleanField(
        required=False, label=gettext_lazy("lives in a safe leased or exchanged home instead")
    )
    parents_in_unsafe_house = forms.BooleanField(
        required=False, label=gettext_lazy("old parents live in an unsafe house")
    )
    hazard_spot = _select(w.YES_NO, gettext_lazy("Lives in or near a hazard spot"))
    water = _radio(w.WATER, gettext_lazy("Drinking water"))
    water_lacking = Many(choices=w.WATER_LACKING, required=False)
    business_short_of_funds = _select(w.YES_NO, gettext_lazy("Own business short of funds"))
    other_risk = _words(gettext_lazy("Another risk"), 200)
    needs = Many(choices=w.NEEDS, required=False)
    words = forms.CharField(
        label=gettext_lazy("In the household's own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, household, *args, at, **kwargs):
        self.household = household
        self.today = timezone.localdate(at)
        self.members = list(household.members.living_there().order_by("number", "id"))
        self.children = [m for m in self.members if of_school_age(m, self.today)]
        self.open_events = list(
            Event.objects.filter(household=household, resolved_on=None).order_by("happened_on")
        )
        self.last_visit = household.visits.first()
        answers = last_answers(household, self.last_visit)
        self.known = known_answers(household, self.members, answers, self.today)
        super().__init__(*args, **kwargs)
        self._add_fields()
        self.initial = {
            "client_id": uuid4(),
            "visited_on": self.today,
            "method": Method.IN_PERSON,
            "met": household.head_name,
            "shown": json.dumps(self.known),
            **self.known,
            **self.initial,
        }

    def _add_fields(self):
        people = [(str(member.id), member.name) for member in self.members]
        for name in ("uninsured", "untreated", "no_doctor"):
            self.fields[name] = Many(choices=people, required=False)
        self.fields["new_head"] = _select([("", _("who is head now")), *people])
        for member in self.members:
            self._add_member(member.id)
        for child in self.children:
            self.fields[f"school_{child.id}"] = _radio(w.SCHOOLING, child.name)
            self.fields[f"stage_{child.id}"] = _select(w.STAGES, _("stage of schooling"))
            self.fields[f"exempt_{child.id}"] = _words(_("exempt from school because"), 60)
        for row in ROWS:
            self._add_newcomer(row)
            self._add_event(row)
        for event in self.open_events:
            self.fields[f"resolved_{event.id}"] = _day(_("resolved on"))
            if event.causes_risk is None:
                self.fields[f"judged_{event.id}"] = _select(w.JUDGED, _("puts the family at risk"))
        for kind, (label, _unit) in w.MONEY.items():
            self.fields[f"money_{kind}"] = _figure(label)

        for field in self.fields.values():
            _dress(field.widget)

    def _add_member(self, key):
        self.fields |= {
            f"health_{key}": _select(w.HEALTH, _("health")),
            f"labour_{key}": _select(w.LABOUR, _("labour")),
            f"work_months_{key}": _figure(_("months of work in 12"), 3, 1, max_value=12),
            f"work_place_{key}": _words(_("place of work"), 60),
            f"trained_{key}": _select(w.YES_NO, _("trained in a skill")),
            f"left_{key}": _select(w.LEAVING, _("lives here")),
            f"left_on_{key}": _day(_("left on")),
        }

    def _add_newcomer(self, row):
        self.fields |= {
            f"joined_name_{row}": _words(_("name"), 40),
            f"joined_relation_{row}": _select(w.RELATIONS, _("relation to the head")),
            f"joined_sex_{row}": _select(w.SEXES, _("sex")),
            f"joined_born_on_{row}": _day(_("born on")),
        }

    def _add_event(self, row):
        self.fields |= {
            f"event_kind_{row}": _select(w.EVENTS, _("what happened")),
            f"event_on_{row}": _day(_("when")),
            f"event_words_{row}": _words(_("what exactly"), 200),
            f"event_loss_{row}": _figure(_("loss"), 12),
            f"event_risk_{row}": _select(w.JUDGED, _("is the family at risk because of it")),
        }

    def full_clean(self):
        """Fields carry their looks, and for a screen reader whether they are wrong."""
        super().full_clean()
        for name in self.errors:
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                attrs["aria-invalid"] = "true"
                attrs["aria-describedby"] = f"id_{name}_error"
                if "class" in attrs:
                    attrs["class"] += " is-invalid"

    def clean(self):
        given = super().clean()
        if given.get("unchanged"):
            given |= {name: said for name, said in self.known.items() if name not in self.data}
        given["touched"] = self._touched()
        given["new_head"] = self._member(given.get("new_head"))
        given["water_lacked"] = self.known["water_lacking"]
        check_answers(self, given)
        return given

    def _member(self, key):
        return next((m for m in self.members if str(m.id) == key), None) if key else None

    def _touched(self):
        """Names whose answer differs from what the form showed when it was opened."""
        try:
            shown = json.loads(self.data.get("shown") or "null")
        except ValueError:
            shown = None
        if not isinstance(shown, dict):  # a machine sends only what it has to say
            names, shown = [name for name in self.known if name in self.data], self.known
        else:  # an unticked box is not sent, nor is a field that the page does not show
            boxes = (Many, forms.BooleanField)
            names = [
                name
                for name in self.known
                if name in self.data or isinstance(self.fields[name], boxes)
            ]
        return {name for name in names if self._raw(name) != _as_sent(shown.get(name, ""))}

    def _raw(self, name):
        if isinstance(self.fields[name], Many):
            return sorted(self.data.getlist(name))
        if isinstance(self.fields[name], forms.BooleanField):
            return self.data.get(name) in ("on", "true", "True", "1")
        return (self.data.get(name) or "").strip()

    def arguments(self):
        """What ``record_visit`` asks for, but who and when."""
        given = self.cleaned_data
        return {
            "client_id": given["client_id"],
            "visited_on": given["visited_on"],
            "made_at": given.get("made_at") or timezone.now(),
            "method": given["method"],
            "met": given["met"],
            "unchanged": bool(given["unchanged"]),
            "needs": given["needs"],
            "words": given["words"],
            "money": given["money"],
            "seconds_spent": min(given.get("seconds_spent") or 0, LONGEST) or None,
            "findings": self.findings(),
        }

    def findings(self):
        return Answers(self.cleaned_data, self.touched, self.members, self.children).findings()

    # How the page lays the fields out.

    def child_rows(self):
        return [
            {
                "child": child,
                "school": self[f"school_{child.id}"],
                "stage": self[f"stage_{child.id}"],
                "exempt": self[f"exempt_{child.id}"],
                "open": self._shows_school(child.id),
            }
            for child in self.children
        ]

    def _shows_school(self, key):
        known = self.known[f"school_{key}"] == "at_school" and not self.is_bound
        return not known or bool(self.errors.get(f"stage_{key}"))

    def member_rows(self):
        names = ("health", "labour", "work_months", "work_place", "trained", "left", "left_on")
        return [
            {"member": member, "age": member.age_on(self.today)}
            | {name: self[f"{name}_{member.id}"] for name in names}
            for member in self.members
        ]

    def newcomer_rows(self):
        names = ("name", "relation", "sex", "born_on")
        return [[self[f"joined_{name}_{row}"] for name in names] for row in ROWS]

    def event_rows(self):
        names = ("kind", "on", "words", "loss", "risk")
        return [{name: self[f"event_{name}_{row}"] for name in names} for row in ROWS]

    def open_event_rows(self):
        return [
            {
                "event": event,
                "resolved": self[f"resolved_{event.id}"],
                "judged": self[f"judged_{event.id}"] if event.causes_risk is None else None,
            }
            for event in self.open_events
        ]

    def money_rows(self):
        said = self.last_visit.money if self.last_visit else {}
        return [
            {"field": self[f"money_{kind}"], "unit": unit, "last": said.get(kind)}
            for kind, (_label, unit) in w.MONEY.items()
        ]

    def medical_rows(self):
        """A line for each member: uninsured, untreated, without a family doctor."""
        columns = [list(self[name]) for name in ("uninsured", "untreated", "no_doctor")]
        return list(zip(self.members, *columns, strict=True))

    @property
    def touched(self):
        return self.cleaned_data["touched"]


def _dress(widget):
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        widget.attrs["class"] = "form-select"
    elif isinstance(widget, (forms.TextInput, forms.DateInput, forms.Textarea)):
        widget.attrs["class"] = "form-control"


def _as_sent(shown):
    if isinstance(shown, list):
        return sorted(map(str, shown))
    return shown if isinstance(shown, bool) else str(shown).strip()
