"""The project store 项目库 (AH0 4.4, XC 2.7): entries, their money, their trail, whom they help."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.divisions import Level
from assistance.models.assets import PlaceQuerySet, yuan
from assistance.models.budgets import BudgetLine
from assistance.models.measures import Grounds, Problem
from assistance.projects.in_charge import PROJECTS, of_line
from assistance.spending import Source
from households.models import Household
from households.models.register import SectionQuerySet


class ProjectKind(models.TextChoices):
    INDUSTRY = "industry", pgettext_lazy("project", "industry")
    EMPLOYMENT = "employment", pgettext_lazy("project", "employment")
    ROADS = "roads", _("roads and village works")
    WATER = "water", pgettext_lazy("project", "drinking water")
    HOUSING = "housing", pgettext_lazy("project", "housing")
    SERVICES = "services", _("public services")
    RELOCATION = "relocation", _("follow-up of relocation")
    OTHER = "other", pgettext_lazy("project", "other project")


class Priority(models.TextChoices):
    """Which goes into the store, and gets money, first (AH0 4.4)."""

    ILLNESS = "illness", _("needed at once against poverty from the epidemic")
    CONTROL = "control", _("needed to control the epidemic")
    INCOME = "income", _("raises the income of poor people")


class ProjectState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("project", "proposed")
    RETURNED = "returned", pgettext_lazy("project", "returned")
    IN_STORE = "in_store", _("in the store")
    STARTED = "started", pgettext_lazy("project", "under way")
    FINISHED = "finished", pgettext_lazy("project", "finished")
    OUT = "out", _("adjusted out")


class ProjectWhat(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("project", "proposed")
    CHANGED = "changed", pgettext_lazy("project", "proposal changed")
    REVIEWED = "reviewed", _("reviewed by the township")
    APPROVED = "approved", _("taken into the store by the county")
    RETURNED = "returned", pgettext_lazy("project", "returned")
    ADJUSTED = "adjusted", _("adjusted in the store")
    LINKED = "linked", _("households named")
    UNLINKED = "unlinked", _("household taken out")
    STARTED = "started", pgettext_lazy("project", "begun")
    FINISHED = "finished", pgettext_lazy("project", "finished")
    OUT = "out", _("adjusted out")
    CODE_CHANGED = "codes", _("change of division codes")


class ProjectQuerySet(PlaceQuerySet):
    """A department reads the kinds that it is in charge of."""

    def _seen_as_line(self, post):
        return of_line(self, post, PROJECTS)


class Project(models.Model):
    """An entry of the store: proposed by the village, reviewed by the township, approved by the
    county. ``planned`` is the sum of its money."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    name = models.CharField(_("name of the project"), max_length=80)
    kind = models.CharField(_("kind of project"), max_length=12, choices=ProjectKind.choices)
    at = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("planned for the year"))
    words = models.CharField(_("what is built or done"), max_length=400)
    benefit = models.CharField(_("how it helps households"), max_length=200)
    priority = models.CharField(
        _("epidemic priority"), max_length=8, choices=Priority.choices, blank=True
    )
    planned = yuan(_("planned money"), default=0)
    state = models.CharField(max_length=8, choices=ProjectState.choices)
    waiting_level = models.PositiveSmallIntegerField(choices=Level.choices, null=True)
    stored_on = models.DateField(_("in the store since"), null=True)
    started_on = models.DateField(_("begun on"), null=True)
    finished_on = models.DateField(_("finished on"), null=True)
    proposed_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()
    visibility_path = "at__"

    class Meta:
        verbose_name = _("project of the store")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed", waiting_level__isnull=False)
                | (~Q(state="proposed") & Q(waiting_level=None)),
                name="proposed_project_waits_for_a_level",
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(finished_on__isnull=False),
                name="finished_project_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["started", "finished"]) | Q(started_on__isnull=False),
                name="started_project_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["at", "state"], name="projects_of_a_place")]

    def __str__(self):
        return self.name


class ProjectMoney(models.Model):
    """Money planned from a source; ``line`` is the line of the budget that it comes from."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="money")
    source = models.CharField(_("source of the money"), max_length=12, choices=Source.choices)
    amount = yuan(_("amount"))
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="projects")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "source"], name="project_source_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="project_money_is_some"),
        ]


class ProjectAct(models.Model):
    """A line of the trail. ``changes``: column -> [before, after]."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=10, choices=ProjectWhat.choices)
    because = models.CharField(_("reason"), max_length=400, blank=True)
    changes = models.JSONField(default=dict)
    # Null: by the change of division codes.
    by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["project", "-at"], name="acts_of_a_project")]


class HelpedQuerySet(SectionQuerySet):
    def standing(self):
        return self.filter(ended_at=None)


class ProjectHousehold(models.Model):
    """A household that a project helps; the exception is that of AH 4.1.2, whole or not at all."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="helped")
    household = models.ForeignKey(Household, models.CASCADE, related_name="projects")
    exception = models.CharField(max_length=14, choices=Grounds.choices, blank=True)
    exception_problem = models.CharField(max_length=10, choices=Problem.choices, blank=True)
    exception_words = models.CharField(max_length=200, blank=True)
    linked_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = HelpedQuerySet.as_manager()
    visibility_path = "household__"
    section = "measures"

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "household"],
                condition=Q(ended_at=None),
                name="household_once_in_a_project",
            ),
            models.CheckConstraint(
                condition=Q(exception="", exception_problem="", exception_words="")
                | ~(Q(exception="") | Q(exception_problem="") | Q(exception_words="")),
                name="project_exception_is_whole",
            ),
        ]
