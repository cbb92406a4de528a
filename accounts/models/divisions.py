from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet


class Level(models.IntegerChoices):
    PROVINCE = 1, _("province")
    CITY = 2, _("city")
    COUNTY = 3, _("county")
    TOWNSHIP = 4, _("township")
    VILLAGE = 5, _("village")


LEVEL_COLUMNS = {
    Level.PROVINCE: "province_id",
    Level.CITY: "city_id",
    Level.COUNTY: "county_id",
    Level.TOWNSHIP: "township_id",
    Level.VILLAGE: "village_id",
}


class DivisionQuerySet(VisibleQuerySet):
    def valid_on(self, day):
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
        )

    def below(self, division):
        """The division itself and all within it."""
        return self.filter(**{LEVEL_COLUMNS[division.level]: division.id})

    def visible_to(self, post):
        """What lies in the post's division, and the divisions that it lies in."""
        if post is None or post.role_row.sees == "accounts":
            return self if post else self.none()
        home = post.division
        above = [getattr(home, column) for column in LEVEL_COLUMNS.values()]
        return self.filter(
            Q(**{LEVEL_COLUMNS[home.level]: home.id}) | Q(id__in=[pk for pk in above if pk])
        )


class Division(models.Model):
    """An administrative division by its official 12-digit code (GB/T 2260, GB/T 10114).

    ``province`` … ``village`` hold the division's own line, itself included, so that a scope is
    one equality. A code that was given up keeps its row with ``valid_to`` and its successor.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=80)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    province = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    city = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    village = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DivisionQuerySet.as_manager()
    visibility_path = ""

    class Meta:
        verbose_name = _("division")
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def level_column(self):
        """The column of a household (or of any row with the five levels) that names this one."""
        return LEVEL_COLUMNS[self.level]

    @property
    def full_name(self):
        """From the city down, as it is written on papers: 六安市金寨县汤家汇镇."""
        line = ("city", "county", "township", "village")
        above = [name for name in line if getattr(self, f"{name}_id") not in (None, self.id)]
        return "".join(getattr(self, name).name for name in above) + self.name

    def contains(self, other):
        return getattr(other, self.level_column) == self.id
