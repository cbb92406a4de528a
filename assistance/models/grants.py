from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.deputies import persons_behind
from accounts.models.divisions import Level
from accounts.protected import ProtectedField
from accounts.visibility import VisibleQuerySet
from assistance.models.funds import Fund
from assistance.models.measures import Measure
from households.models import Household
from households.models.register import SectionQuerySet


class Need(models.TextChoices):
    """Why a household needs money at once."""

    ILLNESS = "illness", _("illness")
    DISASTER = "disaster", _("natural disaster")
    ACCIDENT = "accident", _("accident")
    FAMILY_CHANGE = "family_change", _("change in the family")
    SCHOOLING = "schooling", _("schooling")
    HOUSING = "housing", _("housing")
    WATER = "water", _("drinking water")
    LIVING = "living", _("daily needs")


class Occasion(models.TextChoices):
    """What the application came from."""

    NEED = "need", _("need found in the household")
    MEASURE = "measure", _("measure")
    CASE = "case", _("case")
    FLAG = "flag", _("red flag")


class GrantState(models.TextChoices):
    APPLIED = "applied", _("waits for signatures")
    APPROVED = "approved", _("approved, not paid")
    PAID = "paid", _("paid")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REVERSED = "reversed", _("paid back")


class GrantQuerySet(SectionQuerySet):
    """Civil affairs is the department of relief; no other sees who got money."""

    def unfiled(self):
        """Relief given at once that is not filed yet (AH 5.5)."""
        return self.filter(urgent=True, state=GrantState.PAID, filed_at=None)

    def to_sign_by(self, post):
        """Waits for a signature that ``post`` may give."""
        if not post.may("sign_grant"):
            return self.none()
        took_part = GrantPart.objects.filter(grant=OuterRef("pk"), officer__in=persons_behind(post))
        waiting = self.filter(state=GrantState.APPLIED, waiting_level=post.division.level)
        return waiting.within(post.division).exclude(Exists(took_part))

    def _seen_as_line(self, post):
        if post.department != "civil_affairs":
            return self.none()
        return super()._seen_as_line(post)


class Grant(models.Model):
    """Money of a relief fund for a household: applied for, signed, paid (AH 4.2.3), or given at
    once and filed afterwards (``urgent``, AH 5.5).

    ``waiting_level``: whose signature is next. ``large``: over the limit of its day, so that the
    county signs too. The account is a copy of what stood in the register, or was given instead.
    """

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.CharField(_("number"), max_length=30, unique=True)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="grants")
    household = models.ForeignKey(Household, models.PROTECT, related_name="grants")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="grants")
    occasion = models.CharField(
        _("comes from"), max_length=8, choices=Occasion.choices, default=Occasion.NEED
    )
    occasion_words = models.CharField(max_length=60, blank=True)
    need = models.CharField(_("kind of need"), max_length=14, choices=Need.choices)
    words = models.CharField(_("what happened and what it is for"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    payee = models.CharField(_("payee"), max_length=40)
    bank_name = models.CharField(_("bank"), max_length=60, blank=True)
    bank_account = ProtectedField(_("bank account"), mask="account")
    urgent = models.BooleanField(default=False)
    large = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=GrantState.choices)
    waiting_level = models.PositiveSmallIntegerField(choices=Level.choices, null=True)
    applied_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    paid_on = models.DateField(_("paid on"), null=True)
    filed_at = models.DateTimeField(_("filed at"), null=True)
    filing_paper = models.CharField(_("number of the filing"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GrantQuerySet.as_manager()
    visibility_path = "household__"
    section = "measures"

    class Meta:
        verbose_name = _("grant")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="grant_is_of_something"),
            models.CheckConstraint(
                condition=~(Q(words="") | Q(payee="")), name="grant_says_what_and_to_whom"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["paid", "reversed"], paid_on__isnull=False)
                | (~Q(state__in=["paid", "reversed"]) & Q(paid_on=None)),
                name="paid_grant_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="applied", waiting_level__isnull=False)
                | (~Q(state="applied") & Q(waiting_level=None)),
                name="only_applied_grant_waits",
            ),
            models.CheckConstraint(
                condition=Q(filed_at=None, filing_paper="")
                | (Q(urgent=True, filed_at__isnull=False) & ~Q(filing_paper="")),
                name="filing_is_of_urgent_relief",
            ),
        ]
        indexes = [
            models.Index(fields=["fund", "state", "-id"], name="grants_of_a_fund"),
            models.Index(
                fields=["waiting_level", "household"],
                condition=Q(state="applied"),
                name="grants_to_sign",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_unfiled(self):
        return self.urgent and self.state == GrantState.PAID and self.filed_at is None


class OfGrantQuerySet(VisibleQuerySet):
    def _seen_as_line(self, post):
        return self.filter(grant__in=Grant.objects.visible_to(post))


class GrantPart(models.Model):
    """Who applied or signed: once for each officer, whatever posts the officer holds. A deputy's
    act is also the act of the officer who is deputised for."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="parts")
    officer = models.ForeignKey("accounts.Officer", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)  # of the signature; null: applied

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "officer"], name="nobody_signs_twice")
        ]


class GrantWhat(models.TextChoices):
    APPLIED = "applied", _("applied for")
    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    PAID = "paid", _("paid")
    NOT_PAID = "not_paid", _("could not be paid")
    RELIEVED = "relieved", _("paid at once")
    FILED = "filed", _("filed afterwards")
    REVERSED = "reversed", _("paid back")


class GrantAct(models.Model):
    """A line of a grant's trail."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=10, choices=GrantWhat.choices)
    because = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfGrantQuerySet.as_manager()
    visibility_path = "grant__household__"

    class Meta:
        ordering = ["at", "id"]
