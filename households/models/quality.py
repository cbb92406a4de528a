from django.db import models
from django.db.models import Case, Count, F, Min, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from households.models.register import Household, Member
from households.quality.check import ERROR, WARNING
from households.quality.checks import BY_CODE, codes_of


class FaultQuerySet(VisibleQuerySet):
    def standing(self):
        """Found by the last run; waived ones too."""
        return self.filter(fixed_on=None)

    def open(self, today):
        return self.standing().filter(Q(waived_until=None) | Q(waived_until__lt=today))

    def waived(self, today):
        return self.standing().filter(waived_until__gte=today)

    def fixed(self):
        return self.exclude(fixed_on=None)

    def with_rank(self):
        """``rank``: 0 errors, 1 warnings, 2 hints."""
        worse = [When(code__in=codes_of(kind), then=n) for n, kind in enumerate((ERROR, WARNING))]
        return self.annotate(rank=Case(*worse, default=2, output_field=models.IntegerField()))

    def errors(self):
        return self.filter(code__in=codes_of(ERROR))

    serious = errors  # what must be mended

    def by_household(self):
        """One row a household: ``household``, ``village``, ``faults`` (how many), ``since``."""
        rows = self.order_by().values("household", village=F("household__village"))
        return rows.annotate(faults=Count("id"), since=Min("found_on")).order_by("household")


class Fault(models.Model):
    """A check that a household or a member does not pass, from the run that first found it until
    the run that no longer does (``quality/running.py``); nobody clicks it away.

    It follows from the register, so it neither keeps an import from being taken back nor is
    checked by the database: what is left of a household that is gone goes with the next run.
    """

    household = models.ForeignKey(
        Household, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False
    )
    code = models.PositiveSmallIntegerField(_("check"))
    found_on = models.DateField(_("found on"))
    fixed_on = models.DateField(_("fixed on"), null=True)
    waived_until = models.DateField(_("waived until"), null=True)

    objects = FaultQuerySet.as_manager()
    visibility_path = "household__"

    class Meta:
        verbose_name = _("fault of the data")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "code", "member"],
                condition=Q(fixed_on=None),
                nulls_distinct=False,
                name="a_fault_stands_once",
            )
        ]
        # Pages of a list: a check at a time.
        indexes = [
            models.Index(fields=["code", "id"], condition=Q(fixed_on=None), name="fault_of_check"),
            models.Index(fields=["household", "id"], name="fault_of_household"),
        ]

    def __str__(self):
        return str(self.check_.words)

    @property
    def check_(self):
        return BY_CODE[self.code]


class Waiver(models.Model):
    """Why a fault is right as it stands, who said so and until when (豁免); the log of it."""

    fault = models.ForeignKey(Fault, models.CASCADE, related_name="waivers")
    because = models.CharField(_("reason"), max_length=200)
    until = models.DateField(_("until"))
    by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()
    visibility_path = "fault__household__"

    class Meta:
        ordering = ["-at", "-id"]


class OfDivisionQuerySet(VisibleQuerySet):
    """Figures of divisions: of the post's own and all within it."""

    def of(self, division):
        return self.filter(division=division, province=division.province_id)

    def right_below(self, division):
        return self.filter(division__parent=division, province=division.province_id)


def _division():
    return models.ForeignKey(
        "accounts.Division", models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )


class FaultCount(models.Model):
    """How many faults of a check stand in a division, at any level; a row only where there are
    some. Written by the run, kept right by waivers and by looking again (``quality/rolling.py``).
    """

    province = _division()
    division = _division()
    code = models.PositiveSmallIntegerField()
    open = models.IntegerField()
    waived = models.IntegerField()

    objects = OfDivisionQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "code", "province"], name="one_count_of_faults"
            )
        ]


class FaultTrend(models.Model):
    """What stood open after the last run of a day: of each day for two months, then of each
    month's last."""

    province = _division()
    division = _division()
    day = models.DateField()
    errors = models.IntegerField()
    warnings = models.IntegerField()
    hints = models.IntegerField()

    objects = OfDivisionQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "day", "province"], name="one_trend_of_faults"
            )
        ]


class QualityRunQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        """That the province was checked, and when, every post that sees households may know."""
        if post is None or post.role_row.sees == "accounts":
            return self.none()
        return self.filter(province=post.division.province_id)


class QualityRun(models.Model):
    """One pass of all checks over a province."""

    province = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    standing = models.PositiveIntegerField()
    opened = models.PositiveIntegerField()
    fixed = models.PositiveIntegerField()

    objects = QualityRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
