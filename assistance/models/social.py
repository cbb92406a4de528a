"""Needs of households and offers of society, matched (XC 4.5.21): what was put together is a row
of its own, what was delivered too; nothing of them is ever changed back to less."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.protected import ProtectedField
from accounts.visibility import VisibleQuerySet
from assistance.models.measures import Measure
from households.models import Household
from households.models.register import SectionQuerySet


class Give(models.TextChoices):
    """What is needed and what is given; ``UNITS`` says in what it is counted."""

    MONEY = "money", _("money")
    GOODS = "goods", _("things")
    WORK = "work", _("a job")
    SALE = "sale", _("sale of produce")
    TIME = "time", _("time and company")


UNITS = {
    Give.MONEY: pgettext_lazy("unit", "yuan"),
    Give.GOODS: pgettext_lazy("unit", "pieces"),
    Give.WORK: pgettext_lazy("unit", "jobs"),
    Give.SALE: pgettext_lazy("unit", "jin"),
    Give.TIME: pgettext_lazy("unit", "times"),
}


def quantity(words):
    return models.DecimalField(words, max_digits=10, decimal_places=2)


class Counted(models.Model):
    """``promised`` to somebody by matches, of that ``delivered``; both kept under a lock."""

    kind = models.CharField(_("what"), max_length=6, choices=Give.choices)
    amount = quantity(_("how much"))
    promised = models.DecimalField(max_digits=10, decimal_places=2, default=0, editable=False)
    delivered = models.DecimalField(max_digits=10, decimal_places=2, default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def unit(self):
        return UNITS[self.kind]

    @property
    def left(self):
        """What nobody has promised yet, or what is promised to nobody yet."""
        return self.amount - self.promised


def counted(name):
    """What can never be, whoever acts at the same time."""
    return [
        models.CheckConstraint(condition=Q(amount__gt=0), name=f"{name}_is_of_something"),
        models.CheckConstraint(
            condition=Q(promised__lte=F("amount")), name=f"{name}_promised_at_most_all"
        ),
        models.CheckConstraint(
            condition=Q(delivered__gte=0) & Q(delivered__lte=F("promised")),
            name=f"{name}_delivered_at_most_promised",
        ),
    ]


class NeedState(models.TextChoices):
    NOTED = "noted", _("waits to be published")
    OPEN = "open", pgettext_lazy("need", "published")
    MET = "met", pgettext_lazy("need", "met")
    CLOSED = "closed", _("closed without having been met")


class NeedQuerySet(SectionQuerySet):
    """A department sees the measure that comes of a need, not the need."""

    def public(self):
        return self.filter(state=NeedState.OPEN)

    def to_publish(self):
        return self.filter(state=NeedState.NOTED)

    def _seen_as_line(self, post):
        return self.none()


class SocialNeed(Counted):
    """``words`` are for the office; ``public_words`` go onto the page that everybody reads, checked
    there for whatever names somebody. ``public_id`` is its address, which leads nobody further."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    household = models.ForeignKey(Household, models.CASCADE, related_name="social_needs")
    words = models.CharField(_("what is needed, and why"), max_length=200)
    public_words = models.CharField(_("for everybody to read"), max_length=120, blank=True)
    agreed = models.BooleanField(_("the household agrees to its publication"))
    state = models.CharField(max_length=6, choices=NeedState.choices, default=NeedState.NOTED)
    because = models.CharField(_("reason"), max_length=200, blank=True)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NeedQuerySet.as_manager()
    visibility_path = "household__"
    section = "measures"

    class Meta:
        verbose_name = _("need of a household")
        ordering = ["-id"]
        constraints = [
            *counted("need"),
            models.CheckConstraint(condition=Q(agreed=True), name="need_with_consent"),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(public_words=""), name="need_has_public_words"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["noted", "open"], ended_at=None)
                | Q(state__in=["met", "closed"], ended_at__isnull=False),
                name="ended_need_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["household", "-id"], name="needs_of_household"),
            models.Index(
                F("published_at").desc(), F("id").desc(),
                condition=Q(state="open"), name="needs_that_are_public",
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.get_kind_display())


class Giver(models.TextChoices):
    COMPANY = "company", _("company")
    ORGANISATION = "organisation", _("social organisation")
    PERSON = "person", _("person")


class OfferState(models.TextChoices):
    RECEIVED = "received", _("to be checked")
    OPEN = "open", pgettext_lazy("offer", "checked")
    USED = "used", pgettext_lazy("offer", "delivered")
    REFUSED = "refused", pgettext_lazy("offer", "refused")
    CLOSED = "closed", pgettext_lazy("offer", "closed")
    LAPSED = "lapsed", pgettext_lazy("offer", "not checked in time")


class OfferQuerySet(VisibleQuerySet):
    def to_check(self):
        return self.filter(state=OfferState.RECEIVED)

    def _seen_as_assigned(self, post):
        return self.none()


class SocialOffer(Counted):
    """Of whoever gives, without an account. ``division``: the county or township whose officers
    check it. ``need``: the published need that it answers, if one. The receipt number is all that
    the giver keeps; name and phone are removed some time after the end, or at once when nobody has
    checked it in time (``social/forgetting.py``)."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    receipt = models.CharField(max_length=12, unique=True)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    need = models.ForeignKey(SocialNeed, models.SET_NULL, null=True, related_name="offers")
    giver = models.CharField(_("who gives"), max_length=12, choices=Giver.choices)
    name = models.CharField(_("name of the giver"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=40, blank=True)
    phone = ProtectedField(_("phone"), mask="phone")
    words = models.CharField(_("what is offered"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=OfferState.choices, default=OfferState.RECEIVED)
    because = models.CharField(_("reason"), max_length=200, blank=True)
    made_at = models.DateTimeField()
    checked_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    forgotten_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfferQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("offer")
        ordering = ["-id"]
        constraints = [
            *counted("offer"),
            models.CheckConstraint(
                condition=Q(state__in=["received", "open"], ended_at=None)
                | Q(state__in=["used", "refused", "closed", "lapsed"], ended_at__isnull=False),
                name="ended_offer_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state", "-id"], name="offers_of_a_place"),
            models.Index(
                fields=["ended_at"],
                condition=Q(forgotten_at=None, ended_at__isnull=False),
                name="offers_to_forget",
            ),
        ]

    def __str__(self):
        return self.name or str(self.get_giver_display())

    @property
    def kept_name(self):
        """For what is kept for good: of a person no name, which is forgotten some time later."""
        return str(self.get_giver_display()) if self.giver == Giver.PERSON else str(self)


class OfMatchQuerySet(SectionQuerySet):
    def _seen_as_line(self, post):
        return self.none()


class SocialMatch(models.Model):
    """A part of an offer for a part of a need. ``ended_at``: all of it delivered, or given up with
    what was delivered until then; the rest is free again for both."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    need = models.ForeignKey(SocialNeed, models.CASCADE, related_name="matches")
    offer = models.ForeignKey(SocialOffer, models.PROTECT, related_name="matches")
    amount = quantity(_("how much"))
    delivered = models.DecimalField(max_digits=10, decimal_places=2, default=0, editable=False)
    measure = models.OneToOneField(Measure, models.PROTECT, related_name="social_match")
    matched_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    matched_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    because = models.CharField(_("reason"), max_length=200, blank=True)
    thanks = models.CharField(_("thanks of the household"), max_length=200, blank=True)
    result_words = models.CharField(_("what came of it"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")

    objects = OfMatchQuerySet.as_manager()
    visibility_path = "need__household__"
    section = "measures"

    class Meta:
        verbose_name = _("match")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="match_is_of_something"),
            models.CheckConstraint(
                condition=Q(delivered__gte=0) & Q(delivered__lte=F("amount")),
                name="match_delivers_at_most_all",
            ),
        ]

    @property
    def left(self):
        return self.amount - self.delivered


class SocialDelivery(models.Model):
    """What arrived, with its proof: a photo or the number of a paper."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    match = models.ForeignKey(SocialMatch, models.CASCADE, related_name="deliveries")
    amount = quantity(_("how much"))
    on = models.DateField(_("delivered on"))
    proof = models.CharField(_("number of the receipt"), max_length=60, blank=True)
    photo = models.ImageField(upload_to="photos/%Y/%m", blank=True)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfMatchQuerySet.as_manager()
    visibility_path = "match__need__household__"
    section = "measures"

    class Meta:
        verbose_name = _("delivery")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="delivery_is_of_something"),
            models.CheckConstraint(
                condition=~(Q(proof="") & Q(photo="")), name="delivery_has_a_proof"
            ),
        ]
