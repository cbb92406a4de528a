"""Project assets (GZ 4.5): who owns, keeps and supervises each, in what state, and its trail."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.visibility import VisibleQuerySet
from assistance.projects.in_charge import ASSETS, of_line
from assistance.spending import Source


def yuan(words, digits=14, **kwargs):
    return models.DecimalField(words, max_digits=digits, decimal_places=2, **kwargs)


class AssetKind(models.TextChoices):
    PLANT = "plant", _("photovoltaic plant")
    WORKSHOP = "workshop", _("workshop")
    FARM = "farm", _("growing or breeding base")
    IRRIGATION = "irrigation", _("irrigation works")
    WATER = "water", _("drinking water works")
    ROAD = "road", _("road or bridge")
    BUILDING = "building", _("public building")
    SETTLEMENT = "settlement", _("works of a resettlement site")
    EQUIPMENT = "equipment", _("machines and equipment")
    SHARE = "share", _("share in an enterprise")
    OTHER = "other", pgettext_lazy("kind of asset", "other asset")


class Nature(models.TextChoices):
    """GZ 4.5: 生产性基础设施 may be handed to a cooperative, 公益性设施 are secured with money."""

    PRODUCTIVE = "productive", _("for production")
    PUBLIC = "public", _("for the public good")


class Owner(models.TextChoices):
    COLLECTIVE = "collective", _("village collective")
    STATE = "state", pgettext_lazy("owner", "state")
    COOPERATIVE = "cooperative", _("cooperative")
    COMPANY = "company", pgettext_lazy("owner", "enterprise")
    HOUSEHOLD = "household", pgettext_lazy("owner", "households")


class Keeper(models.TextChoices):
    VILLAGE = "village", pgettext_lazy("keeper", "village")
    COOPERATIVE = "cooperative", _("cooperative")
    COMPANY = "company", _("professional firm")
    OFFICE = "office", _("township or department")
    HOUSEHOLD = "household", pgettext_lazy("keeper", "households")


class Use(models.TextChoices):
    IN_USE = "in_use", _("in use")
    IDLE = "idle", pgettext_lazy("asset", "idle")
    BROKEN = "broken", _("out of order")


class AssetState(models.TextChoices):
    KEPT = "kept", pgettext_lazy("asset", "kept")
    ASKED = "asked", _("write-off asked for")
    WRITTEN_OFF = "written_off", _("written off")


class AssetWhat(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("asset", "registered")
    CHANGED = "changed", pgettext_lazy("asset", "facts changed")
    INSPECTED = "inspected", pgettext_lazy("asset", "inspected")
    REPAIR_ASKED = "repair_asked", _("repair asked for")
    REPAIRED = "repaired", _("repaired")
    UPKEEP = "upkeep", _("upkeep")
    TRANSFERRED = "transferred", pgettext_lazy("asset", "transferred")
    WRITE_OFF_ASKED = "write_off_asked", _("write-off asked for")
    WRITTEN_OFF = "written_off", _("written off")
    KEPT = "kept", _("write-off refused")
    CODE_CHANGED = "code_change", _("change of division codes")


class PlaceQuerySet(VisibleQuerySet):
    """What belongs to a place is seen there and above, by whoever reads the whole division."""

    def _seen_as_assigned(self, post):
        return self.none()


class AssetQuerySet(PlaceQuerySet):
    """A department reads the kinds that it is in charge of."""

    def _seen_as_line(self, post):
        return of_line(self, post, ASSETS)

    def kept(self):
        return self.exclude(state=AssetState.WRITTEN_OFF)


class Asset(models.Model):
    """Village, township and county ledger are the same rows, seen from their place (GZ 4.5).

    ``at`` is the division that it belongs to; nothing is deleted, it is written off.
    """

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    name = models.CharField(_("name of the asset"), max_length=80)
    kind = models.CharField(_("kind of asset"), max_length=12, choices=AssetKind.choices)
    nature = models.CharField(_("what it serves"), max_length=12, choices=Nature.choices)
    at = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    place = models.CharField(_("where it stands"), max_length=120)
    built_year = models.PositiveSmallIntegerField(_("year it was built"))
    value = yuan(_("value"))
    owner = models.CharField(_("owner"), max_length=12, choices=Owner.choices)
    owner_name = models.CharField(_("name of the owner"), max_length=80, blank=True)
    keeper = models.CharField(_("keeper"), max_length=12, choices=Keeper.choices)
    keeper_name = models.CharField(_("who keeps it"), max_length=80)
    supervisor = models.CharField(_("who supervises it"), max_length=80)
    upkeep = yuan(_("upkeep money a year"), 12, null=True, blank=True)
    upkeep_source = models.CharField(
        _("source of the upkeep money"), max_length=12, choices=Source.choices, blank=True
    )
    use = models.CharField(_("how it is used"), max_length=8, choices=Use.choices)
    state = models.CharField(max_length=12, choices=AssetState.choices, default=AssetState.KEPT)
    project = models.ForeignKey(
        "assistance.Project", models.PROTECT, null=True, related_name="assets"
    )
    inspected_on = models.DateField(_("last inspection"), null=True)
    registered_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = AssetQuerySet.as_manager()
    visibility_path = "at__"

    class Meta:
        verbose_name = _("project asset")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="asset_value_not_negative"),
            models.CheckConstraint(
                condition=~(Q(name="") | Q(keeper_name="") | Q(supervisor="") | Q(place="")),
                name="asset_names_keeper_and_supervisor",
            ),
            models.CheckConstraint(
                condition=Q(upkeep=None, upkeep_source="")
                | (Q(upkeep__gte=0) & ~Q(upkeep_source="")),
                name="upkeep_money_has_a_source",
            ),
        ]
        indexes = [models.Index(fields=["at", "number"], name="assets_of_a_place")]

    def __str__(self):
        return self.name


class AssetMoney(models.Model):
    """What it was built from; its value is the sum."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="money")
    source = models.CharField(_("source of the money"), max_length=12, choices=Source.choices)
    amount = yuan(_("amount"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "source"], name="asset_source_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="asset_money_is_some"),
        ]


class AssetActQuerySet(PlaceQuerySet):
    def _seen_as_line(self, post):
        return self.filter(asset__in=Asset.objects.visible_to(post))


class AssetAct(models.Model):
    """A line of the trail. ``changes``: column -> [before, after], from which any earlier day's
    ledger is read back."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=16, choices=AssetWhat.choices)
    on = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=400, blank=True)
    paper = models.CharField(_("number of the paper"), max_length=60, blank=True)
    amount = yuan(_("amount"), 12, null=True)
    source = models.CharField(max_length=12, choices=Source.choices, blank=True)
    photo = models.ImageField(_("photo"), upload_to="assets/%Y/%m", blank=True)
    taken_at = models.DateTimeField(null=True)
    changes = models.JSONField(default=dict)
    # Null: by the change of division codes.
    by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AssetActQuerySet.as_manager()
    visibility_path = "asset__at__"

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["asset", "-at"], name="acts_of_an_asset")]
