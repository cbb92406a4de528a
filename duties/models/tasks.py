from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import DEPARTMENTS, ROLES
from accounts.visibility import VisibleQuerySet
from duties.kinds import KINDS
from households.models import Household


class TaskQuerySet(VisibleQuerySet):
    """A task is seen where its desk is and above; a department sees its own desk."""

    def open(self):
        return self.filter(ended_at=None)

    def ended(self):
        return self.exclude(ended_at=None)

    def waiting_for(self, post):
        """What lies on the desk of ``post``; for responsible persons, of their households."""
        if post.role_row.sees == "assigned":
            return self.filter(role="village")
        return self.filter(at=post.division_id, role=post.role, department=post.department)

    def overdue(self, today):
        return self.filter(due_on__lt=today)

    def escalated_to(self, post):
        """Late below, told to the level of ``post``."""
        return self.filter(escalated_to=post.division_id)

    def about(self, household):
        return self.filter(household=household)

    def _seen_as_assigned(self, post):
        return self.filter(
            household__in_charge=post.holder_id, household__in=Household.objects.visible_to(post)
        )

    def _seen_as_line(self, post):
        return self.filter(at=post.division_id, role="department", department=post.department)


class Task(models.Model):
    """Something that a desk has to do by a day, once for each ``key`` of a kind (XC 5.1).

    The owner is a post: a role at a division (and its department), never a person. ``key`` says
    what it was opened for; ``figures`` are numbers and codes that its sentence is made of, without
    personal data. ``due_on`` is the last working day for it.
    """

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(max_length=40)
    household = models.ForeignKey(
        Household, models.CASCADE, null=True, related_name="tasks", db_index=False
    )
    at = models.ForeignKey(
        "accounts.Division", models.PROTECT, related_name="tasks", db_index=False
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[(code, role.name) for code, role in ROLES.items()]
    )
    department = models.CharField(
        _("department"), max_length=24, blank=True, choices=list(DEPARTMENTS.items())
    )
    words = models.CharField(_("what is asked"), max_length=500, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    opened_by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(_("opened at"))
    due_on = models.DateField(_("due on"))
    reminded = models.BooleanField(default=False)
    escalated_to = models.ForeignKey(
        "accounts.Division", models.PROTECT, null=True, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)
    result = models.CharField(_("how it ended"), max_length=500, blank=True)

    objects = TaskQuerySet.as_manager()
    visibility_path = "at__"

    class Meta:
        verbose_name = _("task")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(ended_at=None), name="one_open_task_of_a_key"
            ),
            models.CheckConstraint(
                condition=~Q(role="department") | ~Q(department=""),
                name="task_of_a_department_names_it",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="task_ends_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at", "role", "due_on", "id"],
                condition=Q(ended_at=None),
                name="task_on_a_desk",
            ),
            models.Index(
                fields=["due_on", "id"], condition=Q(ended_at=None), name="task_by_deadline"
            ),
            models.Index(
                fields=["escalated_to", "due_on"],
                condition=Q(ended_at=None, escalated_to__isnull=False),
                name="task_escalated",
            ),
            models.Index(
                fields=["household", "-opened_at"],
                condition=Q(household__isnull=False),
                name="task_of_household",
            ),
            models.Index(fields=["kind", "key", "-opened_at"], name="task_of_a_key"),
        ]

    def __str__(self):
        return str(self.row.words)

    @property
    def row(self):
        return KINDS[self.kind]

    @property
    def is_open(self):
        return self.ended_at is None

    @property
    def told(self):
        """What it is about, in the reader's language; what was typed stays as it was typed."""
        return self.words or (self.row.told(self) if self.row.told else self.row.todo)

    @property
    def page(self):
        """Where it is done; blank when the task's own page is the place."""
        return self.row.page(self) if self.row.page else ""

    @property
    def outcome_words(self):
        return OUTCOMES.get(self.outcome) or self.row.outcomes.get(self.outcome, self.outcome)


# Besides those that the kinds name.
MENDED, GONE = "mended", "gone"
OUTCOMES = {MENDED: _("mended"), GONE: _("no longer needed")}


class What(models.TextChoices):
    OPENED = "opened", _("opened")
    REMINDED = "reminded", _("reminded")
    ESCALATED = "escalated", _("told to the level above")
    MOVED = "moved", _("moved with the household")
    HANDED_OVER = "handed_over", _("handed over")
    NOTED = "noted", _("note added")
    ENDED = "ended", _("ended")


class TaskAct(models.Model):
    """A line of the task's trail; ``by`` is null for what the system did."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=12, choices=What.choices)
    by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
