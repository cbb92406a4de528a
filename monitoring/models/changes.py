from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from households.models import Visit
from households.models.choices import Tier


class ChangeAnswer(models.TextChoices):
    """What the system found when it looked at what a visit reported."""

    OPENED = "opened", _("another tier: an adjustment was opened")
    SAME = "same", _("the analysis gives the tier of the ledger")
    KNOWN = "known", _("the analysis gave this tier before the visit")
    DIVIDED = "divided", _("a tier was suggested since, and filed")
    UNDIVIDED = "undivided", _("no tier has been divided yet")
    OUTSIDE = "outside", _("neither an exited nor an edge household")
    # Looked at again every working morning, for what stands in the way may end.
    UNKNOWN = "unknown", _("the analysis cannot say")
    UNDER_WAY = "under_way", _("an adjustment is under way")
    ROUND = "round", _("the half-yearly round is at it")


class ReportedChangeQuerySet(VisibleQuerySet):
    def waiting(self):
        return self.filter(settled=False, looked_at=None)

    def unsettled(self, since):
        return self.filter(settled=False, arrived_at__gte=since)


class ReportedChange(models.Model):
    """A visit that reported more than “nothing changed”, until its tier is settled (LA 2.1.2).

    Written in the visit's own transaction, so no visit is overlooked, however late it arrives.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="reported_change")
    what = ArrayField(models.CharField(max_length=12))  # codes of ``tiers/reported.py``
    arrived_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=ChangeAnswer.choices, blank=True)
    analysed = models.CharField(max_length=10, choices=Tier.choices, blank=True)
    case = models.ForeignKey("monitoring.Case", models.PROTECT, null=True, related_name="+")
    settled = models.BooleanField(default=False)

    objects = ReportedChangeQuerySet.as_manager()
    visibility_path = "visit__household__"

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="opened", case__isnull=False, settled=True)
                | (~Q(answer="opened") & Q(case=None)),
                name="opened_change_has_its_case",
            )
        ]
        indexes = [
            models.Index(
                fields=["arrived_at"], condition=Q(settled=False), name="change_not_settled"
            )
        ]
