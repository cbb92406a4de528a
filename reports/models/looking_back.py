from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from monitoring.models import Run


class LookBackQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        """Its rows are limited by the counties that a post sees."""
        if post is None or post.role_row.sees != "division":
            return self.none()
        return self.filter(run__province=post.division.province_id)


class LookBack(models.Model):
    """What became of a reviewed month's households in the ``months`` after it.

    ``result``: lists of county, flagged, red bits of the month, fell, households.
    """

    run = models.OneToOneField(Run, models.CASCADE, related_name="looked_back")
    months = models.PositiveSmallIntegerField(_("months after"))
    result = models.JSONField()
    made_at = models.DateTimeField()

    objects = LookBackQuerySet.as_manager()
