from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet


class ParameterValueQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        """Policy is public to every officer: what judges a household can be read by all."""
        return self if post else self.none()

    def in_force_on(self, day):
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class ParameterValue(models.Model):
    """A figure of the policy that holds in a territory from a day on. Never changed, only ended.

    Where several hold for a county, the latest one wins; of the same day, that of the wider
    authority (domain.md, top).
    """

    name = models.CharField(_("parameter"), max_length=40)
    territory = models.ForeignKey(
        "accounts.Division", models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    because = models.CharField(_("reason"), max_length=200, blank=True)
    set_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    objects = ParameterValueQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="parameter_ends_later"
            ),
            models.UniqueConstraint(
                fields=["name", "territory", "since"],
                nulls_distinct=False,
                name="one_value_a_day_and_territory",
            ),
        ]


class PolicyVersion(models.Model):
    """Rules and figures as a run used them: the same digest gives the same marks on the same data.

    ``figures`` maps county id -> parameter -> value; ``rules`` keeps each rule as it was written.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("policy version"), max_length=60)
    figures = models.JSONField()
    rules = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self):
        return self.name

    def by_county(self):
        """The figures as ``figures_on`` gave them: {county id: {name: Decimal or None}}."""
        return {
            int(county): {
                name: None if text is None else Decimal(text) for name, text in row.items()
            }
            for county, row in self.figures.items()
        }
