"""Points of the charity shop 爱心超市 (AH 5.6, XC 4.4.20): earned by rules, spent on goods. What a
household has is the sum of its entries, which are never changed, only booked back."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.visibility import VisibleQuerySet
from households.models import Household
from households.models.register import SectionQuerySet


class PlaceQuerySet(VisibleQuerySet):
    """Of a township or village; a village is served by its township's too."""

    def serving(self, village):
        return self.filter(division__in=[village.pk, village.parent_id])

    def _seen_as_division(self, post):
        above = [post.division.township_id] if post.division.township_id else []
        return self.within(post.division) | self.filter(division__in=above)

    def _seen_as_assigned(self, post):
        return self._seen_as_division(post)


class PointRule(models.Model):
    """What earns points, from a day on; changed by ending it and setting another."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    words = models.CharField(_("what earns them"), max_length=60)
    points = models.PositiveIntegerField(_("points"))
    most = models.PositiveSmallIntegerField(
        _("times a month at most, for a household"), null=True, blank=True
    )
    since = models.DateField(_("holds from"))
    until = models.DateField(_("until before"), null=True, blank=True)
    set_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = PlaceQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("rule of points")
        ordering = ["division__code", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0), name="rule_gives_points"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="point_rule_ends_later"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="point_rule_says_what"),
        ]

    def __str__(self):
        return self.words


class ShopGood(models.Model):
    """``stock``: how many lie in the shop, kept under a lock."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    name = models.CharField(_("goods"), max_length=40)
    points = models.PositiveIntegerField(_("points for one"))
    stock = models.PositiveIntegerField(_("in the shop"), default=0)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = PlaceQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("goods")
        ordering = ["division__code", "name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0), name="goods_cost_points"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="shop_gives_what_it_has"),
            models.UniqueConstraint(
                fields=["division", "name"], condition=Q(closed_on=None), name="goods_named_once"
            ),
        ]

    def __str__(self):
        return self.name


class ShopMove(models.Model):
    """``count`` goods that came in; less than nothing: spoiled or missing, and ``words`` say why.
    What households take and bring back are entries of points."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    good = models.ForeignKey(ShopGood, models.PROTECT, related_name="moves")
    count = models.IntegerField()
    stock_after = models.PositiveIntegerField()
    words = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gt=0) | Q(count__lt=0) & ~Q(words=""),
                name="goods_that_go_say_why",
            )
        ]


class PointKind(models.TextChoices):
    EARNED = "earned", pgettext_lazy("points", "earned")
    SPENT = "spent", pgettext_lazy("points", "spent")
    BACK = "back", pgettext_lazy("points", "booked back")


class PointAccount(models.Model):
    """``balance`` is the sum of the entries, kept under a lock of this row."""

    household = models.OneToOneField(Household, models.CASCADE, related_name="points")
    balance = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="points_never_below_zero")
        ]


class PointQuerySet(SectionQuerySet):
    def _seen_as_line(self, post):
        return self.none()


class PointEntry(models.Model):
    """``points`` is more than nothing where earned, less where spent, the opposite of what it books
    back. ``words`` are the rule's or the goods' of that day."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    household = models.ForeignKey(
        Household, models.CASCADE, related_name="point_entries", db_index=False
    )
    kind = models.CharField(max_length=6, choices=PointKind.choices)
    points = models.IntegerField(_("points"))
    balance_after = models.IntegerField()
    rule = models.ForeignKey(PointRule, models.PROTECT, null=True, related_name="entries")
    good = models.ForeignKey(ShopGood, models.PROTECT, null=True, related_name="entries")
    count = models.PositiveSmallIntegerField(_("how many"), default=1)
    words = models.CharField(_("what for"), max_length=200)
    on = models.DateField(_("day"))
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PointQuerySet.as_manager()
    visibility_path = "household__"
    section = "measures"

    class Meta:
        verbose_name = _("entry of points")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="earned", points__gt=0, rule__isnull=False, reverses=None)
                | Q(kind="spent", points__lt=0, good__isnull=False, reverses=None)
                | (Q(kind="back", reverses__isnull=False) & ~Q(points=0)),
                name="point_entry_is_one_of_three",
            ),
            models.CheckConstraint(
                condition=Q(balance_after__gte=0), name="points_after_it_not_below_zero"
            ),
        ]
        indexes = [models.Index(fields=["household", "-id"], name="points_of_household")]


class PointListQuerySet(VisibleQuerySet):
    def _seen_as_assigned(self, post):
        return self._seen_as_division(post)


class PointList(models.Model):
    """The list of a month as it was posted in the village: ``rows`` are masked name, earned, spent
    and left; later entries do not change it."""

    village = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    month = models.DateField()
    rows = models.JSONField()
    published_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = PointListQuerySet.as_manager()
    visibility_path = "village__"

    class Meta:
        verbose_name = _("list of points")
        ordering = ["-month", "village__code"]
        constraints = [
            models.UniqueConstraint(fields=["village", "month"], name="one_list_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="list_of_a_whole_month"),
        ]
