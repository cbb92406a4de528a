"""The books of relief funds. An entry moves an amount from one account to another, so both sides
are always equal; nothing booked is changed, only booked back."""

from uuid import uuid4

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.visibility import VisibleQuerySet
from assistance.spending import Source


class FundKind(models.TextChoices):
    """AH 4.2.3: 县级救助基金, 乡村救急救难基金."""

    COUNTY = "county", _("county relief fund")
    EMERGENCY = "emergency", _("emergency fund")


class FundQuerySet(VisibleQuerySet):
    """Books are read where the fund is, and above."""

    def open(self):
        return self.filter(closed_on=None)

    def with_cash(self):
        """``money``: as ``cash``, in the same query."""
        cash = Account.objects.filter(fund=OuterRef("pk"), kind=AccountKind.CASH)
        return self.annotate(money=Subquery(cash.values("balance")))

    def _seen_as_assigned(self, post):
        return self.none()


class Fund(models.Model):
    kind = models.CharField(_("kind of fund"), max_length=10, choices=FundKind.choices)
    name = models.CharField(_("name of the fund"), max_length=80)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True)
    opened_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(_("why it is closed"), max_length=200, blank=True)
    closed_paper = models.CharField(_("number of the decision"), max_length=60, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="predecessors", verbose_name=_("successor")
    )

    objects = FundQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("fund")
        ordering = ["division__code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["division"], condition=Q(closed_on=None), name="one_open_fund_of_a_division"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="fund_has_a_name"),
            models.CheckConstraint(
                condition=Q(closed_on=None, successor=None)
                | Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(closed_because=""),
                name="closed_fund_says_why",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def cash(self):
        """Yuan in the fund now."""
        return self.accounts.get(kind=AccountKind.CASH).balance


class AccountKind(models.TextChoices):
    CASH = "cash", _("money in the fund")
    GIVEN = "given", _("given to the fund")
    GRANTED = "granted", _("granted to households")
    PASSED = "passed", _("passed on to the successor")


class Account(models.Model):
    """``balance`` is the sum of what was booked to it less what was booked from it, kept under a
    lock of the fund. What was given is owed to no household yet: its balance is never positive."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=8, choices=AccountKind.choices)
    source = models.CharField(max_length=12, choices=Source.choices, blank=True, default="")
    balance = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "kind", "source"], name="one_account_of_a_kind_and_source"
            ),
            models.CheckConstraint(
                condition=Q(kind="given", balance__lte=0) | (~Q(kind="given") & Q(balance__gte=0)),
                name="account_is_never_overdrawn",
            ),
            models.CheckConstraint(
                condition=(Q(kind="given") & ~Q(source="")) | (~Q(kind="given") & Q(source="")),
                name="what_was_given_has_a_source",
            ),
        ]


class EntryKind(models.TextChoices):
    DEPOSIT = "deposit", _("deposit")
    PAYMENT = "payment", _("payment")
    TRANSFER = "transfer", _("passed on at the closing")
    REVERSAL = "reversal", pgettext_lazy("entry in the books", "reversal")


class EntryQuerySet(VisibleQuerySet):
    def _seen_as_assigned(self, post):
        return self.none()


class Entry(models.Model):
    """A line of a fund's books, ``number`` by ``number``. ``cash_after``: what was in it then."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    from_account = models.ForeignKey(Account, models.PROTECT, related_name="booked_from")
    to_account = models.ForeignKey(Account, models.PROTECT, related_name="booked_to")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    cash_after = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField(_("day"))
    donor = models.CharField(_("from whom"), max_length=80, blank=True)
    paper = models.CharField(_("number of the paper"), max_length=60, blank=True)
    words = models.CharField(_("what for"), max_length=200, blank=True)
    grant = models.ForeignKey("assistance.Grant", models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()
    visibility_path = "fund__division__"

    class Meta:
        verbose_name = _("entry in the books")
        ordering = ["fund", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="entries_are_numbered"),
            models.UniqueConstraint(
                fields=["grant"], condition=Q(kind="payment"), name="grant_is_paid_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_moves_something"),
            models.CheckConstraint(condition=Q(cash_after__gte=0), name="fund_is_never_overdrawn"),
            models.CheckConstraint(
                condition=~Q(from_account=F("to_account")), name="entry_has_two_accounts"
            ),
            models.CheckConstraint(
                condition=~Q(kind="deposit") | ~(Q(donor="") | Q(paper="")),
                name="deposit_says_from_whom_and_by_which_paper",
            ),
            models.CheckConstraint(
                condition=~Q(kind="payment") | Q(grant__isnull=False), name="payment_is_of_a_grant"
            ),
            models.CheckConstraint(
                condition=(Q(kind="reversal", reverses__isnull=False) & ~Q(words=""))
                | (~Q(kind="reversal") & Q(reverses=None)),
                name="reversal_says_of_what_and_why",
            ),
        ]

    @property
    def inward(self):
        return self.to_account.kind == AccountKind.CASH
