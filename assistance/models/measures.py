from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import DEPARTMENTS
from assistance.catalogue import MEASURE_TYPES
from assistance.spending import Source
from households.models import Household, Member
from households.models.income import yuan
from households.models.register import SectionQuerySet

KINDS = {code: row.words for code, row in MEASURE_TYPES.items()}
MEASURE_KINDS = list(KINDS.items())
INDUSTRY = ("industry", "orders", "shares")  # what covers a household 产业覆盖 (GZ 4.2.1)


class Result(models.TextChoices):
    """How a measure ended. Only what was done answers a risk afterwards."""

    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    REFUSED = "refused", _("refused by the household")
    NOT_NEEDED = "not_needed", _("no longer needed")
    MISTAKE = "mistake", _("entered by mistake")


class Grounds(models.TextChoices):
    """What may lift the refusal of AH 4.1.2 for an independent exited household."""

    DISASTER = "disaster", _("major natural disaster")
    FAMILY_CHANGE = "family_change", _("major change in the family")


class Problem(models.TextChoices):
    """The assurance or water problem that came of it."""

    FOOD = "food", _("food")
    CLOTHING = "clothing", _("clothing")
    EDUCATION = "education", _("compulsory education")
    MEDICAL = "medical", _("basic medical care")
    HOUSING = "housing", _("safe housing")
    WATER = "water", _("safe drinking water")


# Also in households/quality/checks/helping.py.
LACKS_SOURCE = Q(result=Result.DONE, amount__gt=0, source="")


class MeasureQuerySet(SectionQuerySet):
    def open(self):
        return self.filter(ended_on=None)

    def open_without_reason(self, on):
        """Past its time, or without one, and nobody says why it is still open (domain.md 4)."""
        return self.open().filter(Q(due_on=None) | Q(due_on__lt=on), open_because="")

    def helped_since(self, since, on):
        """Begun by ``on``, and open, or brought to its end on or after ``since``."""
        done = Q(result=Result.DONE, ended_on__gte=since)
        return self.filter(Q(ended_on=None) | done, started_on__lte=on)

    def industry_on(self, day):
        """As ``monitoring/sql/facts.sql``: under way on the day, or done in the year before it."""
        done = Q(result=Result.DONE, ended_on__gt=_year_before(day))
        rows = self.filter(kind__in=INDUSTRY, started_on__lte=day).exclude(result=Result.MISTAKE)
        return rows.filter(Q(ended_on=None) | Q(ended_on__gt=day) | done)

    def lacking_source(self):
        """Done with an amount of money that comes from nowhere yet (domain.md 5)."""
        return self.filter(LACKS_SOURCE)

    def answering(self, rule, kinds=()):
        """That name the rule, or are of a kind that answers it."""
        return self.filter(Q(answers__contains=[rule]) | Q(kind__in=kinds))

    def _seen_as_line(self, post):
        return super()._seen_as_line(post).filter(department=post.department)


def _year_before(day):
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


class Measure(models.Model):
    """Help for a household or one of its members (domain.md 5): what, by whom, until when, result.

    ``answers`` names the rules that called for it. ``amount`` is a figure that somebody wrote down,
    in yuan, from ``source``: it is booked on no fund. ``client_id`` is made with the form: sent
    twice, stored once.
    """

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    household = models.ForeignKey(
        Household, models.CASCADE, related_name="measures", db_index=False
    )
    member = models.ForeignKey(
        Member,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("for whom"),
    )
    kind = models.CharField(_("kind of measure"), max_length=24, choices=list(KINDS.items()))
    answers = ArrayField(
        models.CharField(max_length=30), verbose_name=_("answers"), default=list, blank=True
    )
    words = models.CharField(_("what is done"), max_length=200)
    department = models.CharField(
        _("department in charge"), max_length=24, choices=list(DEPARTMENTS.items())
    )
    responsible = models.CharField(_("who sees to it"), max_length=60)
    amount = yuan(_("amount"), null=True, blank=True)
    source = models.CharField(
        _("source of the money"), max_length=12, choices=Source.choices, blank=True, default=""
    )
    # AH 4.1.2: all three or none of them.
    exception = models.CharField(
        _("exception because of"),
        max_length=14,
        choices=Grounds.choices,
        blank=True,
        default="",
    )
    exception_problem = models.CharField(
        _("problem that came of it"),
        max_length=10,
        choices=Problem.choices,
        blank=True,
        default="",
    )
    exception_words = models.CharField(
        _("why the household cannot bear it"), max_length=200, blank=True, default=""
    )
    started_on = models.DateField(_("begun on"))
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    ended_on = models.DateField(_("day of its end"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True)
    result_words = models.CharField(_("what came of it"), max_length=200, blank=True)
    open_because = models.CharField(_("still open because"), max_length=200, blank=True)
    plan = models.ForeignKey(
        "assistance.AssistancePlan", models.SET_NULL, null=True, related_name="measures"
    )
    action = models.ForeignKey(
        "assistance.GroupAction", models.PROTECT, null=True, related_name="measures"
    )
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeasureQuerySet.as_manager()
    visibility_path = "household__"
    section = "measures"

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, result="") | (Q(ended_on__isnull=False) & ~Q(result="")),
                name="measure_ends_with_a_result",
            ),
            models.CheckConstraint(
                # What was refused or stopped may have ended before the day it was to begin.
                condition=~Q(result=Result.DONE) | Q(ended_on__gte=F("started_on")),
                name="measure_done_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("started_on")),
                name="measure_is_due_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(result__in=["", Result.DONE]) | ~Q(result_words=""),
                name="measure_not_done_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(responsible=""), name="measure_says_what_and_who"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="measure_costs_nothing_less"
            ),
            models.CheckConstraint(
                condition=Q(exception="", exception_problem="", exception_words="")
                | ~(Q(exception="") | Q(exception_problem="") | Q(exception_words="")),
                name="measure_exception_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["household", "-started_on", "-id"], name="measures_of_household"),
            models.Index(
                fields=["due_on"],
                condition=Q(ended_on=None, open_because=""),
                name="measures_without_reason",
            ),
            models.Index(
                fields=["household"], condition=LACKS_SOURCE, name="measures_without_source"
            ),
        ]

    def __str__(self):
        return str(self.get_kind_display())

    @property
    def exactly(self):
        """What is done, where that says more than its kind."""
        return "" if self.words == str(self) else self.words

    @property
    def is_open(self):
        return self.ended_on is None

    @property
    def lacks_source(self):
        """As ``lacking_source``."""
        return self.result == Result.DONE and bool(self.amount) and not self.source

    def answers_rule(self, code, kinds, since, on):
        """Whether it answers a rule that speaks since ``since``: by its name or by its kind, when
        it has begun by ``on`` and is open, or was done since then."""
        helped = self.is_open or (self.result == Result.DONE and self.ended_on >= since)
        return helped and self.started_on <= on and (code in self.answers or self.kind in kinds)

    def wants_reason(self, on):
        """As ``open_without_reason``, of one that is at hand."""
        late = self.due_on is None or self.due_on < on
        return self.is_open and late and not self.open_because
