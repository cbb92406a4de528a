from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from households.models.choices import CaseState, EventKind, Method, Secure
from households.models.facts import code
from households.models.income import yuan
from households.models.register import Household, Member, SectionQuerySet


class Visit(models.Model):
    """What an officer found at a household, when and how (AH 4.2.2).

    ``client_id`` is made on the phone: a visit sent twice is stored once. ``made_at`` is by the
    phone's clock, ``received_at`` by the server's.
    """

    client_id = models.UUIDField(unique=True)
    household = models.ForeignKey(Household, models.CASCADE, related_name="visits", db_index=False)
    visited_on = models.DateField(_("date"))
    made_at = models.DateTimeField(_("made at"))
    received_at = models.DateTimeField(_("received at"))
    officer = models.ForeignKey("accounts.Officer", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    method = models.CharField(_("how"), max_length=10, choices=Method.choices)
    met = models.CharField(_("met whom"), max_length=60, blank=True)
    unchanged = models.BooleanField(_("nothing changed"), default=False)
    food = code(_("food"), Secure)
    clothing = code(_("clothing"), Secure)
    education = code(_("compulsory education"), Secure)
    medical = code(_("basic medical care"), Secure)
    housing = code(_("housing"), Secure)
    water = code(_("drinking water"), Secure)
    other_risk = models.CharField(_("another risk"), max_length=200, blank=True)
    needs = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    words = models.TextField(_("in the household's words"), max_length=2000, blank=True)
    # What the household says of its money since the last visit: kind -> yuan, never an estimate.
    money = models.JSONField(_("income and expenditure clues"), default=dict, blank=True)
    # What the visit found for the register: {"household": {field: value}, "members": {id: {…}},
    # "kept": [what the register already knew newer]}. Never a protected value.
    found = models.JSONField(default=dict, blank=True)
    seconds_spent = models.PositiveIntegerField(null=True, blank=True)

    objects = SectionQuerySet.as_manager()
    visibility_path = "household__"
    section = "visits"

    class Meta:
        verbose_name = _("visit")
        ordering = ["-visited_on", "-id"]
        indexes = [models.Index(fields=["household", "-visited_on", "-id"], name="latest_visit")]

    @property
    def assurances(self):
        """``(words, answer in words, answer)`` of the six that a visit looks at (AH 3.2)."""
        return [
            (
                self._meta.get_field(name).verbose_name,
                getattr(self, f"get_{name}_display")(),
                getattr(self, name),
            )
            for name in ("food", "clothing", "education", "medical", "housing", "water")
        ]

    @property
    def not_secure(self):
        return [
            (words, said) for words, said, value in self.assurances if value not in ("", "secure")
        ]


class Photo(models.Model):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos")
    client_id = models.UUIDField(unique=True)
    image = models.ImageField(upload_to="photos/%Y/%m")
    taken_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    visibility_path = "visit__household__"


class Event(models.Model):
    """Something that befell a household. ``causes_risk`` blank: not yet judged."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=16, choices=EventKind.choices)
    happened_on = models.DateField(_("happened on"))
    # Of an epidemic case; blank: nobody said which.
    case_state = models.CharField(
        _("how sure the case is"), max_length=9, choices=CaseState.choices, blank=True, default=""
    )
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    description = models.CharField(_("description"), max_length=200, blank=True)
    loss = yuan(_("loss"), null=True, blank=True)
    causes_risk = models.BooleanField(_("puts the household at risk"), null=True)
    resolved_on = models.DateField(_("resolved or made good on"), null=True, blank=True)
    # When that was put on record; null: with the event itself.
    resolved_at = models.DateTimeField(null=True, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, blank=True, related_name="events")
    recorded_at = models.DateTimeField()

    objects = SectionQuerySet.as_manager()
    visibility_path = "household__"
    section = "visits"

    class Meta:
        verbose_name = _("event")
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_on=None) | Q(resolved_on__gte=F("happened_on")),
                name="event_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(case_state="") | Q(kind="epidemic_case"), name="epidemic_has_a_state"
            ),
        ]

    @property
    def what(self):
        """What befell the household, of an epidemic case how sure it is."""
        state = self.get_case_state_display()
        return _("epidemic: %(state)s") % {"state": state} if state else self.get_kind_display()
