from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import DEPARTMENTS
from accounts.visibility import VisibleQuerySet
from assistance.models.excepted import Excepted, exception_is_whole
from assistance.models.measures import KINDS
from assistance.spending import Source
from households.models import Household, Member


class GroupState(models.TextChoices):
    PREVIEW = "preview", _("not yet recorded")
    RECORDED = "recorded", _("under way")
    ENDED = "ended", _("ended")
    UNDONE = "undone", _("undone")


class GroupActionQuerySet(VisibleQuerySet):
    """At the desk that made it, and above. A department sees its own."""

    def _seen_as_line(self, post):
        return self.filter(at=post.division_id, department=post.department)

    def _seen_as_assigned(self, post):
        return self.filter(recorded_by__officer=post.officer_id)


class GroupAction(Excepted):
    """One act that helps many: a training course, a workshop's jobs, an insurance purchase.

    Its lines are picked first and shown (``preview``); recording it writes a measure for each. Its
    exception (AH 4.1.2) goes to those measures that are refused without it.
    """

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    at = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of measure"), max_length=24, choices=list(KINDS.items()))
    title = models.CharField(_("title"), max_length=120)
    organiser = models.CharField(_("organised by"), max_length=60)
    department = models.CharField(
        _("department in charge"), max_length=24, choices=list(DEPARTMENTS.items())
    )
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    amount = models.DecimalField(
        _("amount for each, yuan"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(
        _("source of the money"), max_length=12, choices=Source.choices, blank=True, default=""
    )
    started_on = models.DateField(_("begun on"))
    due_on = models.DateField(_("to be done by"))
    state = models.CharField(max_length=10, choices=GroupState.choices, default=GroupState.PREVIEW)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    undone_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = GroupActionQuerySet.as_manager()
    visibility_path = "at__"

    class Meta:
        verbose_name = _("action for many households")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("started_on")), name="action_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="action_costs_nothing_less"
            ),
            exception_is_whole("action_exception_is_whole"),
        ]
        indexes = [models.Index(fields=["at", "-id"], name="actions_of_a_desk")]

    def __str__(self):
        return self.title


class GroupLine(models.Model):
    """A household or person picked for an action, or a row of a workbook that was not taken.

    ``said`` is what the row says, masked: never a full number. ``refusal``: why it is not taken.
    """

    action = models.ForeignKey(GroupAction, models.CASCADE, related_name="lines")
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+")
    row = models.PositiveIntegerField(null=True)
    said = models.CharField(max_length=80, blank=True)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["row", "id"]
