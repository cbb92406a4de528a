from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import DEPARTMENTS
from assistance.models.excepted import EXCEPTION, Excepted, exception_is_whole
from assistance.models.measures import KINDS
from assistance.spending import Source
from households.models import Household, Member
from households.models.income import yuan
from households.models.register import SectionQuerySet


class PlanState(models.TextChoices):
    DRAFT = "draft", _("being drawn up")
    SUBMITTED = "submitted", _("waits for the township")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    REPLACED = "replaced", _("replaced by a later plan")


IN_HAND = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED)


class OfPostQuerySet(SectionQuerySet):
    """Plans are not a department's business: it sees its own measures."""

    def _seen_as_line(self, post):
        return self.none()


class PlanQuerySet(OfPostQuerySet):
    def in_hand(self):
        return self.filter(state__in=IN_HAND)

    def in_force(self, on):
        return self.filter(state=PlanState.APPROVED, valid_until__gte=on)


def told(words):
    return models.TextField(words, max_length=500, blank=True)


class AssistancePlan(models.Model):
    """One household, one plan 一户一方案 (AH 4.1.3, LA 2.1.4, XC 4.5.23).

    Drawn up together by work team, cadres and responsible person; approved by the township. A plan
    that is changed is a new one (``number``); the one in force stays so until the new one is
    approved. ``version`` counts the acts: what a form saw.
    """

    household = models.ForeignKey(Household, models.CASCADE, related_name="plans", db_index=False)
    number = models.PositiveSmallIntegerField(_("number of the plan"))
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    work_team = models.CharField(_("of the work team"), max_length=60, blank=True)
    cadres = models.CharField(_("of the village cadres"), max_length=60, blank=True)
    responsible = models.CharField(_("responsible or contact person"), max_length=60, blank=True)
    wishes = told(_("what the household truly wishes"))
    resources = told(_("resources of the household"))
    ability = told(_("what they can do themselves"))
    needs = told(_("what they need"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    decided_at = models.DateTimeField(_("approved at"), null=True)

    objects = PlanQuerySet.as_manager()
    visibility_path = "household__"
    section = "measures"
    FACTS = (
        *("work_team", "cadres", "responsible", "wishes", "resources", "ability", "needs"),
        *("valid_from", "valid_until"),
    )

    class Meta:
        verbose_name = _("assistance plan")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["household", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["household"], condition=Q(state__in=IN_HAND), name="one_plan_in_hand"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="approved"), name="one_approved_plan"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="plan_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return _("plan no. %(number)d") % {"number": self.number}

    @property
    def together(self):
        """Who made it (AH 4.1.3)."""
        return [name for name in (self.work_team, self.cadres, self.responsible) if name]

    @property
    def is_in_hand(self):
        return self.state in IN_HAND

    @property
    def may_be_written(self):
        return self.state in (PlanState.DRAFT, PlanState.RETURNED)


class PlanLine(Excepted):
    """A measure that a plan proposes; with the approval it becomes one (``measure``)."""

    plan = models.ForeignKey(AssistancePlan, models.CASCADE, related_name="lines")
    kind = models.CharField(_("kind of measure"), max_length=24, choices=list(KINDS.items()))
    answers = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    words = models.CharField(_("what is done"), max_length=200)
    member = models.ForeignKey(Member, models.RESTRICT, null=True, related_name="+")
    department = models.CharField(max_length=24, choices=list(DEPARTMENTS.items()))
    responsible = models.CharField(_("who sees to it"), max_length=60)
    amount = yuan(_("amount"), null=True, blank=True)
    source = models.CharField(
        _("source of the money"), max_length=12, choices=Source.choices, blank=True, default=""
    )
    started_on = models.DateField(_("begun on"))
    due_on = models.DateField(_("to be done by"))
    measure = models.OneToOneField(
        "assistance.Measure", models.SET_NULL, null=True, related_name="planned_as"
    )

    objects = OfPostQuerySet.as_manager()
    visibility_path = "plan__household__"
    section = "measures"
    FACTS = (
        *("kind", "answers", "words", "member", "department", "responsible", "amount"),
        *("source", *EXCEPTION, "started_on", "due_on"),
    )

    class Meta:
        ordering = ["id"]
        constraints = [exception_is_whole("plan_line_exception_is_whole")]

    def facts(self):
        return {name: getattr(self, name) for name in self.FACTS}


class PlanWhat(models.TextChoices):
    DRAWN_UP = "drawn_up", _("drawn up")
    CHANGED = "changed", _("changed")
    SUBMITTED = "submitted", _("submitted to the township")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    REPLACED = "replaced", _("replaced by a later plan")
    PAPER = "paper", _("proof of an exception added")
    PAPER_OUT = "paper_out", _("proof of an exception taken out")


class PlanAct(models.Model):
    """A line of a plan's history: who did what, and the plan as it then was."""

    plan = models.ForeignKey(AssistancePlan, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=10, choices=PlanWhat.choices)
    because = models.CharField(_("reason"), max_length=200, blank=True)
    was = models.JSONField(default=dict)  # the facts and lines, where the act wrote them
    by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
