from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from assistance.models.measures import Measure


class OfMeasureQuerySet(VisibleQuerySet):
    """Rows of a measure are seen by whoever sees the measure."""

    def _seen_as_line(self, post):
        return self.filter(measure__in=Measure.objects.visible_to(post))


class MeasureNote(models.Model):
    """How a measure gets on: a day, words, perhaps a photo."""

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="notes")
    on = models.DateField(_("day"))
    words = models.TextField(_("how it goes"), max_length=500)
    photo = models.ImageField(_("photo"), upload_to="measures/%Y/%m", blank=True)
    taken_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfMeasureQuerySet.as_manager()
    visibility_path = "measure__household__"

    class Meta:
        verbose_name = _("progress of a measure")
        ordering = ["-on", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="note_has_words")]


class MeasureChange(models.Model):
    """One act on a measure: what it was and what it became. Nothing entered is lost.

    ``changes``: field -> [before, after], as JSON has them.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="changes")
    changes = models.JSONField()
    because = models.CharField(_("reason"), max_length=200, blank=True)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfMeasureQuerySet.as_manager()
    visibility_path = "measure__household__"

    class Meta:
        ordering = ["-recorded_at", "-id"]
