from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.visibility import VisibleQuerySet
from households.models import Household
from households.models.choices import Tier
from monitoring.models import Run


def _reference(model, name="+", on_delete=models.PROTECT):
    """Two million rows a month are written by one statement from rows that exist."""
    return models.ForeignKey(
        model, on_delete, related_name=name, db_index=False, db_constraint=False
    )


class StoodQuerySet(VisibleQuerySet):
    def within(self, division):
        """By the ids of its villages, which an index leads to in their order; by its runs."""
        if division.level == Level.PROVINCE:
            runs = Run.objects.filter(province=division)
            return self.filter(run__in=list(runs.values_list("id", flat=True)))
        villages = Division.objects.below(division).filter(level=Level.VILLAGE)
        return self.filter(village__in=list(villages.values_list("id", flat=True)))

    def _seen_as_assigned(self, post):
        return self.filter(household__in=Household.objects.visible_to(post))


class Stood(models.Model):
    """How a household stood at the end of a reviewed month, as far as figures ask.

    Written once from what was on record when the month was frozen (``figures/sql/stood.sql``), so
    that the rows behind a figure of that month stay the ones that were counted.
    """

    run = _reference(Run, "stood", models.CASCADE)
    household = _reference(Household, on_delete=models.CASCADE)
    village = _reference("accounts.Division")
    flagged = models.BooleanField(_("red-flagged"))
    monthly = models.BooleanField(_("to be visited every month"))
    visited = models.BooleanField(_("visited this month"))
    in_person = models.BooleanField(_("visited in person this month"))
    visited_in_quarter = models.BooleanField(_("visited this quarter"))
    without_responsible = models.BooleanField(_("without responsible person"))
    without_contact = models.BooleanField(_("without contact person"))
    helped = models.BooleanField(_("has a measure under way"))
    without_plan = models.BooleanField(_("without a plan in force"), default=False)
    tier = models.CharField(_("tier"), max_length=14, choices=Tier.choices)
    tier_before = models.CharField(_("tier the month before"), max_length=14, blank=True)
    village_before = models.ForeignKey(
        "accounts.Division", models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    changed = models.BooleanField(_("another tier or village than the month before"), default=True)

    objects = StoodQuerySet.as_manager()
    visibility_path = "village__"

    class Meta:
        indexes = [
            models.Index(fields=["run", "village", "id"], name="stood_of_village"),
            models.Index(
                fields=["village", "household"], condition=models.Q(changed=True),
                name="stood_otherwise",
            ),
        ]  # fmt: skip


class Rollup(models.Model):
    """The figures of one division and month: code -> [numerator, denominator or null].

    Sums, so that a division is the sum of what lies below it and a quarter that of its months.
    """

    division = models.ForeignKey(
        "accounts.Division", models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField(_("month"))
    values = models.JSONField(default=dict)

    objects = VisibleQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "month"], name="one_rollup_of_a_month")
        ]
