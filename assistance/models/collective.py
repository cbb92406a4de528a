"""Income of the village collective and its use (GZ 2.5, 4.3.1, 4.5): leases, rents, the books."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.models.assets import Asset, PlaceQuerySet, yuan
from households.models import Household


class IncomeKind(models.TextChoices):
    RENT = "rent", _("rent")
    POWER = "power", _("sale of solar power")
    DIVIDEND = "dividend", _("dividend of shares")
    BUSINESS = "business", _("own business")
    SERVICE = "service", _("paid services")
    SUBSIDY = "subsidy", _("subsidy")
    DONATION = "donation", pgettext_lazy("income of the collective", "donation")
    OTHER = "other", pgettext_lazy("income of the collective", "other income")
    TAKEN_OVER = "taken_over", _("taken over from a village that became part of it")


# 经营性收入: what the village earns, the figure of GZ 2.5.
OPERATING = (
    *(IncomeKind.RENT, IncomeKind.POWER, IncomeKind.DIVIDEND),
    *(IncomeKind.BUSINESS, IncomeKind.SERVICE),
)


class UseKind(models.TextChoices):
    """What the income may be used for (GZ 4.3.1; upkeep GZ 4.5; relief fund AH 4.2.3)."""

    RESERVE = "reserve", _("reserve for production")
    POSTS = "posts", _("public-welfare posts")
    WORKS = "works", _("small public works of the village")
    AWARD = "award", _("award")
    AID = "aid", _("aid to a household in need")
    INDUSTRY = "industry", _("bonus for a household's production")
    UPKEEP = "upkeep", _("upkeep of assets")
    RELIEF = "relief", _("deposit in the emergency fund")
    PASSED_ON = "passed_on", _("passed on to the village that it became part of")


# Between two books when villages are merged: neither income nor use, and nobody's act.
HANDED = (IncomeKind.TAKEN_OVER, UseKind.PASSED_ON)
INCOME_CHOICES = [choice for choice in IncomeKind.choices if choice[0] not in HANDED]
USE_CHOICES = [choice for choice in UseKind.choices if choice[0] not in HANDED]
TO_HOUSEHOLDS = (UseKind.POSTS, UseKind.AWARD, UseKind.AID, UseKind.INDUSTRY)


class Way(models.TextChoices):
    IN = "in", pgettext_lazy("books of the collective", "income")
    OUT = "out", pgettext_lazy("books of the collective", "use")


class Collective(models.Model):
    """The books of a village. ``balance`` is the sum of its entries, kept under a lock of this row:
    never below nothing, whoever books at the same time."""

    village = models.OneToOneField("accounts.Division", models.PROTECT, related_name="collective")
    balance = yuan(_("balance"), default=0)

    objects = PlaceQuerySet.as_manager()
    visibility_path = "village__"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="collective_not_overdrawn")
        ]


class Lease(models.Model):
    """An asset of the collective that somebody rents, for a rent a year. ``village``: whose
    collective let it, and is owed its rents even when the asset has gone to another."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="leases")
    village = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    lessee = models.CharField(_("lessee"), max_length=80)
    paper = models.CharField(_("number of the contract"), max_length=60)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    rent = yuan(_("rent a year"), 12)
    ended_on = models.DateField(_("ended early on"), null=True)
    ended_because = models.CharField(_("reason"), max_length=200, blank=True)
    made_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = PlaceQuerySet.as_manager()
    visibility_path = "village__"

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="lease_ends_later"),
            models.CheckConstraint(condition=Q(rent__gt=0), name="lease_has_a_rent"),
            models.CheckConstraint(
                condition=~(Q(lessee="") | Q(paper="")), name="lease_names_lessee_and_paper"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="lease_ended_early_says_why",
            ),
        ]


class RentQuerySet(PlaceQuerySet):
    def overdue(self, today):
        return self.filter(cancelled=False, due_on__lt=today, paid__lt=F("amount"))


class Rent(models.Model):
    """One year's rent: due on a day, paid in one or several parts."""

    lease = models.ForeignKey(Lease, models.CASCADE, related_name="rents")
    due_on = models.DateField(_("due on"))
    amount = yuan(_("amount"), 12)
    paid = yuan(_("paid"), 12, default=0)
    cancelled = models.BooleanField(default=False)

    objects = RentQuerySet.as_manager()
    visibility_path = "lease__village__"

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["lease", "due_on"], name="rent_of_a_day_once"),
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("amount")), name="rent_is_not_paid_twice"
            ),
        ]

    @property
    def left(self):
        return self.amount - self.paid


class CollectiveEntry(models.Model):
    """A line of a village's books. A reversal has the way opposite to what it ``reverses``."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    collective = models.ForeignKey(
        Collective, models.PROTECT, related_name="entries", db_index=False
    )
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=3, choices=Way.choices)
    what = models.CharField(max_length=10, choices=[*IncomeKind.choices, *UseKind.choices])
    amount = yuan(_("amount"), 12)
    balance_after = yuan(_("in the books then"))
    on = models.DateField(_("day"))
    party = models.CharField(_("from or to whom"), max_length=80, blank=True)
    words = models.CharField(_("what for"), max_length=200, blank=True)
    paper = models.CharField(_("number of the paper"), max_length=60, blank=True)
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, related_name="entries")
    rent = models.ForeignKey(Rent, models.PROTECT, null=True, related_name="entries")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="collective_entries"
    )
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    # Null: by the change of division codes.
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PlaceQuerySet.as_manager()
    visibility_path = "collective__village__"

    class Meta:
        ordering = ["collective", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["collective", "number"], name="collective_numbered"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="collective_moves_something"),
            models.CheckConstraint(
                condition=Q(balance_after__gte=0), name="collective_never_below_nothing"
            ),
            models.CheckConstraint(
                condition=~Q(what__in=["aid", "industry"], reverses=None)
                | Q(household__isnull=False),
                name="aid_names_its_household",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None) | ~Q(words=""), name="collective_reversal_says_why"
            ),
        ]
        indexes = [models.Index(fields=["collective", "on"], name="collective_by_day")]

    @property
    def what_words(self):
        return self.get_what_display()
