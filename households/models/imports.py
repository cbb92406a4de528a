from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from households.national.reasons import group_of, sentence


class ImportState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    CHECKED = "checked", _("checked, nothing written yet")
    LOADED = "loaded", _("loaded")
    REFUSED = "refused", _("refused as a whole")
    UNDONE = "undone", _("taken back")


class ImportQuerySet(VisibleQuerySet):
    def _seen_as_assigned(self, post):
        """Who looks after single households loads nothing."""
        return self.none()


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
    # What is told but refuses nothing, and a sample of what changes: see national/checking.py.
    notes = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    undone_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = ImportQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("import")
        ordering = ["-asked_at", "-id"]

    def __str__(self):
        return self.file_name

    @property
    def scope(self):
        """Where the importer may write: (level, division id); None is everywhere (a command)."""
        return (self.division.level, self.division_id) if self.asked_by_id else None


class Refusal(models.Model):
    """A cell of the file that was not taken, and why. ``value`` is masked where it is personal."""

    of_import = models.ForeignKey(NationalImport, models.CASCADE, related_name="refusals")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=60)
    household_number = models.CharField(_("household number"), max_length=40)
    value = models.CharField(_("value in the file"), max_length=80)
    reason = models.CharField(max_length=40)
    details = models.JSONField(default=dict)

    objects = ImportQuerySet.as_manager()
    visibility_path = "of_import__division__"

    class Meta:
        ordering = ["row", "id"]

    @property
    def sentence(self):
        return sentence(self.reason, self.details)

    @property
    def group(self):
        return group_of(self.reason)


class FormerNumber(models.Model):
    """The number of ours that a household bore until an export brought its national one.

    ``members``: id of a member -> the number of ours that it bore.
    """

    of_import = models.ForeignKey(NationalImport, models.CASCADE, related_name="renumbered")
    household = models.ForeignKey(
        "households.Household", models.CASCADE, related_name="former_numbers"
    )
    number = models.CharField(_("household number"), max_length=24, db_index=True)
    until = models.DateField()
    recorded_at = models.DateTimeField()
    members = models.JSONField(default=dict)


class IncomeBefore(models.Model):
    """What stood in a statement that an import replaced on its own day; for taking it back."""

    of_import = models.ForeignKey(NationalImport, models.CASCADE, related_name="+")
    statement = models.ForeignKey("households.IncomeStatement", models.CASCADE, related_name="+")
    figures = models.JSONField()
