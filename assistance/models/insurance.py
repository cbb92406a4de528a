from decimal import Decimal
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.visibility import VisibleQuerySet

CENT = Decimal("0.01")


class Peril(models.TextChoices):
    """The sudden events that a policy insures against (GZ 4.4.3 因灾、因病等突发事件, GZ 2.2)."""

    ILLNESS = "illness", _("illness")
    ACCIDENT = "accident", _("accident")
    DISASTER = "disaster", _("natural disaster")
    SCHOOLING = "schooling", _("schooling")
    FAMILY = "family", _("death or change in the family")
    BUSINESS = "business", _("loss of crops, livestock or business")


class PolicyQuerySet(VisibleQuerySet):
    """Seen in the county that bought it, in what lies below, and above. Of the departments only
    insurance asks for it."""

    def _seen_as_division(self, post):
        return self.filter(
            Q(**{f"division__{post.division.level_column}": post.division_id})
            | Q(division=post.division.county_id)
        )

    _seen_as_assigned = _seen_as_division

    def _seen_as_line(self, post):
        return self._seen_as_division(post) if post.sees_section("insurance") else self.none()


def money(words, **more):
    return models.DecimalField(words, **{"max_digits": 12, "decimal_places": 2} | more)


class InsurancePolicy(models.Model):
    """A county's insurance against poverty for a year 防贫险 (GZ 4.4.3).

    So many ``persons`` of the farm population, unnamed: who is insured shows when something
    happens (``assistance/insurance/insured.py``). City and county pay; the county what the city
    does not. ``cap``: the most that one household gets of it.
    """

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number of the policy"), max_length=40, unique=True)
    insurer = models.CharField(_("insurer"), max_length=60)
    starts_on = models.DateField(_("holds from"))
    ends_on = models.DateField(_("holds to"))
    farm_population = models.PositiveIntegerField(_("farm population"))
    persons = models.PositiveIntegerField(_("insured persons"))
    premium_per_head = money(_("premium per head"), max_digits=8)
    city_percent = models.DecimalField(_("paid by the city, %"), max_digits=5, decimal_places=2)
    premium = models.GeneratedField(
        expression=F("persons") * F("premium_per_head"),
        output_field=models.DecimalField(max_digits=18, decimal_places=2),
        db_persist=True,
    )
    cap = money(_("most that one household gets"))
    perils = ArrayField(
        models.CharField(max_length=12, choices=Peril.choices), verbose_name=_("insured against")
    )
    words = models.CharField(_("remark"), max_length=200, blank=True)
    entered_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PolicyQuerySet.as_manager()
    visibility_path = "division__"
    section = "insurance"

    class Meta:
        verbose_name = _("insurance policy")
        ordering = ["-year", "division__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year"], name="one_policy_of_a_county_and_year"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="policy_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(persons__gt=0, persons__lte=F("farm_population")),
                name="policy_insures_some_of_the_population",
            ),
            models.CheckConstraint(
                condition=Q(premium_per_head__gt=0, cap__gt=0, city_percent__range=(0, 100)),
                name="policy_has_a_premium_and_a_cap",
            ),
            models.CheckConstraint(
                condition=~(Q(number="") | Q(insurer="") | Q(perils=[])),
                name="policy_says_who_and_against_what",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def share(self):
        """Insured persons, as per cent of the farm population."""
        return (Decimal(100 * self.persons) / self.farm_population).quantize(CENT)

    @property
    def county_percent(self):
        return 100 - self.city_percent

    def owed_by(self, payer):
        """The part of the premium that city or county pays, to the fen; together the whole."""
        city = (self.premium * self.city_percent / 100).quantize(CENT)
        return city if payer == Payer.CITY else self.premium - city

    @property
    def peril_words(self):
        return [Peril(code).label for code in self.perils]


class Payer(models.TextChoices):
    CITY = "city", pgettext_lazy("who pays", "city")
    COUNTY = "county", pgettext_lazy("who pays", "county")


class OfPolicyQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        return self.filter(policy__in=InsurancePolicy.objects.visible_to(post))


class PremiumPayment(models.Model):
    """A part of the premium that was paid. Taken back, it stays on record and counts no more."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    policy = models.ForeignKey(InsurancePolicy, models.PROTECT, related_name="payments")
    payer = models.CharField(_("paid by"), max_length=6, choices=Payer.choices)
    amount = money(_("amount"), max_digits=14)
    paid_on = models.DateField(_("paid on"))
    paper = models.CharField(_("number of the paper"), max_length=60)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=200, blank=True)

    objects = OfPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of a premium")
        ordering = ["paid_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(paper=""), name="premium_payment_has_a_paper"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_because=""),
                name="premium_taken_back_says_why",
            ),
        ]


class ClaimState(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("insurance claim", "being prepared")
    TOWNSHIP = "township", pgettext_lazy("insurance claim", "waits for the township")
    COUNTY = "county", pgettext_lazy("insurance claim", "waits for the county")
    INSURER = "insurer", pgettext_lazy("insurance claim", "with the insurer")
    ACCEPTED = "accepted", pgettext_lazy("insurance claim", "accepted, not paid")
    PAID = "paid", pgettext_lazy("insurance claim", "paid out")
    REFUSED = "refused", pgettext_lazy("insurance claim", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("insurance claim", "withdrawn")


OVER = (ClaimState.REFUSED, ClaimState.WITHDRAWN)  # nothing is paid for these
GRANTED = (ClaimState.ACCEPTED, ClaimState.PAID)
# Who reviews, and where the claim goes then.
REVIEWS = {ClaimState.TOWNSHIP: ClaimState.COUNTY, ClaimState.COUNTY: ClaimState.INSURER}


class ClaimOccasion(models.TextChoices):
    """What the claim came from."""

    NEED = "need", _("need found in the household")
    EVENT = "event", _("event on record")
    VISIT = "visit", _("visit")
    CLUE = "clue", _("clue")
    CASE = "case", _("case")
    FLAG = "flag", _("red flag")
