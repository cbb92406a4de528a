from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet


class ImportState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    CHECKED = "checked", _("checked, nothing written yet")
    LOADED = "loaded", _("loaded")
    REFUSED = "refused", _("refused as a whole")
    UNDONE = "undone", _("taken back")


class NationalImport(models.Model):
    """One file of the national export, what came of it, and who asked (AH 3.1)."""

    file = models.FileField(upload_to="imports/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    exported_on = models.DateField(_("exported on"), null=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default="waiting")
    dry_run = models.BooleanField(default=True)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("import")
        ordering = ["-asked_at"]


class Refusal(models.Model):
    """A cell of the file that was not taken, and why. ``value`` is masked where it is personal."""

    of_import = models.ForeignKey(NationalImport, models.CASCADE, related_name="refusals")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=60)
    household_number = models.CharField(_("household number"), max_length=40)
    value = models.CharField(_("value in the file"), max_length=80)
    reason = models.CharField(max_length=40)
    details = models.JSONField(default=dict)

    objects = VisibleQuerySet.as_manager()
    visibility_path = "of_import__division__"

    class Meta:
        ordering = ["row", "id"]
