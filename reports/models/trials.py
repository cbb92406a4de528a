from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.divisions import Level
from accounts.visibility import VisibleQuerySet
from monitoring.models import Run


class TrialQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        """The office that made it sees it, and whoever it is shared with: below its division."""
        if post is None or post.role_row.sees != "division" or post.division.level > Level.COUNTY:
            return self.none()
        line = [getattr(post.division, column) for column in COLUMNS]
        shared = models.Q(shared=True, made_by__division__in=[one for one in line if one])
        own = models.Q(made_by__division=post.division_id, made_by__role=post.role)
        return self.filter(shared | own)


COLUMNS = ("province_id", "city_id", "county_id", "township_id", "village_id")


class Trial(models.Model):
    """What if other figures held (domain.md 6): tried on the facts of a reviewed month.

    ``values`` maps parameter -> value as text. ``result`` is what ``trials/trying.py`` counted:
    rows of county, tiers before and after, bits that turned, households. It changes nothing.
    """

    name = models.CharField(_("name of the trial"), max_length=60)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    values = models.JSONField()
    result = models.JSONField()
    shared = models.BooleanField(_("shared with the offices below"), default=False)
    made_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    adopted_on = models.DateField(_("adopted from"), null=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self):
        return self.name
