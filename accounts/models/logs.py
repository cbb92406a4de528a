from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet


class Reveal(models.Model):
    """Somebody looked at a masked value: who, in which post, whose, why. Auditors read this."""

    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    subject = models.CharField(_("of what"), max_length=60)
    subject_id = models.BigIntegerField()
    field = models.CharField(_("field"), max_length=40)
    because = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("at"))

    objects = VisibleQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("reveal")
        ordering = ["-at"]

    @property
    def subject_words(self):
        return apps.get_model(self.subject)._meta.verbose_name

    @property
    def field_words(self):
        return apps.get_model(self.subject)._meta.get_field(self.field).verbose_name
