from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from households.models import Household
from households.models.choices import Tier
from households.models.register import SectionQuerySet


class RunQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        """That a month was reviewed is no secret; its rows are limited by themselves."""
        return self.filter(province=post.division.province_id) if post else self.none()

    def frozen(self):
        return self.filter(state=Run.State.FROZEN)

    def regular(self):
        return self.filter(name="")


class Run(models.Model):
    """The review of one month of a province (AH 3.2). ``name`` is blank for the regular one.

    A frozen month is not judged again: a correction is a named run beside it, and touches no flag.
    """

    class State(models.TextChoices):
        OPEN = "open", _("being judged")
        FROZEN = "frozen", _("frozen")

    province = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    as_of = models.DateField(_("data as of"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    policy = models.ForeignKey("monitoring.PolicyVersion", models.PROTECT, null=True)
    asked_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    because = models.CharField(_("reason"), max_length=200, blank=True)
    frozen_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "name"]
        constraints = [
            models.UniqueConstraint(fields=["province", "month", "name"], name="one_run_of_a_month")
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}{' ' + self.name if self.name else ''}"

    @property
    def label(self):
        return _("%(year)d-%(month)02d") % {"year": self.month.year, "month": self.month.month}


class Change(models.TextChoices):
    """What became of a red flag in a month."""

    NEW = "new", _("new this month")
    KEPT = "kept", _("kept")
    CLEARED = "cleared", _("cleared")


class RedFlagQuerySet(VisibleQuerySet):
    def open(self):
        return self.filter(ended_on=None)

    def _seen_as_line(self, post):
        if not post.sees_section("assessment"):
            return self.none()
        return self.filter(household__in=Household.objects.visible_to(post))


class RedFlag(models.Model):
    """The province's mark on a monitored or edge household, with its deadline (AH 3.2)."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="red_flags")
    opened_by = models.ForeignKey(Run, models.PROTECT, related_name="flags_opened")
    opened_on = models.DateField(_("flagged on"))
    deadline_on = models.DateField(_("remove the risk by"))
    rules = models.IntegerField()  # bits of the rules that opened it
    reopened = models.BooleanField(_("flagged again within twelve months"), default=False)
    ended_by = models.ForeignKey(Run, models.PROTECT, null=True, related_name="flags_ended")
    closed_by = models.ForeignKey(
        "monitoring.Case", models.PROTECT, null=True, related_name="flags_closed"
    )
    ended_on = models.DateField(_("ended on"), null=True)

    objects = RedFlagQuerySet.as_manager()
    visibility_path = "household__"

    class Meta:
        verbose_name = _("red flag")
        ordering = ["-opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(ended_on=None), name="one_open_flag"
            )
        ]
        indexes = [models.Index(fields=["household", "-opened_on"], name="flags_of_household")]


class FlagLineQuerySet(SectionQuerySet):
    def standing(self):
        """Flags that stand at the month's end; cleared ones are told beside them."""
        return self.exclude(change=Change.CLEARED)


class FlagLine(models.Model):
    """A line of the month's red-flag report, as things stood when the month was frozen."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    flag = models.ForeignKey(RedFlag, models.CASCADE, null=True, related_name="lines")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    province = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    city = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    county = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    township = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    village = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    in_charge = models.ForeignKey(
        "accounts.Officer", models.PROTECT, null=True, related_name="+", db_index=False
    )
    change = models.CharField(_("change"), max_length=8, choices=Change.choices)
    overdue = models.BooleanField(_("overdue"), default=False)
    flagged_on = models.DateField(_("flagged on"))
    deadline_on = models.DateField(_("remove the risk by"))
    reopened = models.BooleanField(default=False)
    red = models.IntegerField()
    number = models.CharField(_("household number"), max_length=24)
    head_name = models.CharField(_("head"), max_length=40)
    head_masked_id = models.CharField(_("resident ID"), max_length=24, blank=True)
    group_name = models.CharField(_("villager group"), max_length=40, blank=True)
    members = models.PositiveSmallIntegerField(_("members"))
    group = models.CharField(_("kind of household"), max_length=14)
    tier = models.CharField(_("tier of the ledger"), max_length=14, blank=True)
    responsible_name = models.CharField(_("responsible person"), max_length=40, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=40, blank=True)
    measures = models.CharField(_("measures"), max_length=200, blank=True)
    visited_on = models.DateField(_("latest visit"), null=True)
    visit_method = models.CharField(max_length=10, blank=True)

    objects = FlagLineQuerySet.as_manager()
    visibility_path = ""
    section = "assessment"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "household"], name="one_line_of_a_household")
        ]
        indexes = [
            models.Index(fields=["run", "county", "id"], name="lines_of_county"),
            models.Index(fields=["run", "deadline_on", "id"], name="lines_by_deadline"),
        ]


__all__ = ["Change", "FlagLine", "RedFlag", "Run", "Tier"]
