"""What proves the exception of AH 4.1.2: photos and scans put to a plan, an action or a measure."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from assistance.models.groups import GroupAction
from assistance.models.measures import Grounds, Measure
from assistance.models.plans import AssistancePlan

SUBJECTS = ("plan", "action", "measure")


class ExceptionPaperQuerySet(models.QuerySet):
    def visible_to(self, post):
        """Whoever sees the plan, the action or the measure; of a plan also who sees a measure that
        came of it with the exception. An action's may name people of several places: its own desk
        and those above see it."""
        if post is None:
            return self.none()
        excepted = Measure.objects.visible_to(post).exclude(exception="").order_by()
        of_plan = excepted.filter(exception=OuterRef("grounds")).filter(
            Q(plan=OuterRef("plan")) | Q(planned_as__plan=OuterRef("plan"))
        )
        return self.filter(
            Q(plan__in=AssistancePlan.objects.visible_to(post))
            | Q(action__in=GroupAction.objects.visible_to(post))
            | Q(measure__in=excepted)
            | Exists(of_plan)
        )

    def kept(self):
        return self.filter(removed_at=None)


class ExceptionPaper(models.Model):
    """A photo or scan that proves the disaster or the change in the family. Of a plan it proves
    every line of the same ``grounds``: lines are written anew when the plan is changed. Taken out,
    it stays on record with who, when and why, and is no longer counted."""

    plan = models.ForeignKey(
        AssistancePlan, models.CASCADE, null=True, related_name="exception_papers"
    )
    action = models.ForeignKey(
        GroupAction, models.CASCADE, null=True, related_name="exception_papers"
    )
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, related_name="exception_papers")
    grounds = models.CharField(_("what it proves"), max_length=14, choices=Grounds.choices)
    file = models.FileField(upload_to="exceptions/%Y/%m")
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = ExceptionPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of an exception")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=False, action=None, measure=None)
                | Q(plan=None, action__isnull=False, measure=None)
                | Q(plan=None, action=None, measure__isnull=False),
                name="proof_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_because="")
                | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_because=""),
                name="proof_taken_out_says_why",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name, "grounds", "digest"],
                    condition=Q(removed_at=None),
                    name=f"proof_of_{name}_once",
                )
                for name in SUBJECTS
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def subject(self):
        return self.plan or self.action or self.measure
