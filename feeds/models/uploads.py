from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.protected import Sealed, seal_in_bulk
from accounts.roles import DEPARTMENTS
from accounts.visibility import VisibleQuerySet
from feeds.kinds import BY_NUMBER, CHOICES
from feeds.reasons import sentence

OVERSEERS = ("county", "city", "province", "auditor")


class UploadState(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    READY = "ready", _("read, nothing taken in yet")
    LOADED = "loaded", _("taken in")
    SAME = "same", _("taken in before")
    REFUSED = "refused", _("refused as a whole")
    UNDONE = "undone", _("taken back")


class UploadQuerySet(VisibleQuerySet):
    def _seen_as_division(self, post):
        """Those who oversee departments see what came in their area; villages do not."""
        return self.within(post.division) if post.role in OVERSEERS else self.none()

    def _seen_as_assigned(self, post):
        return self.none()

    def _seen_as_line(self, post):
        """A department sees what it uploaded itself, in its own division."""
        return self.filter(department=post.department, division=post.division)

    def loaded(self):
        return self.filter(state=UploadState.LOADED)


class FeedUpload(models.Model):
    """One file of a department, as of a day, and what came of it (AH 2.1).

    The file is kept sealed until it has been taken in, and then removed. ``begins`` is the first
    day of the period that payments belong to; ``as_of`` its last, or the day that a list describes.
    """

    kind = models.PositiveSmallIntegerField(_("kind of data"), choices=CHOICES)
    department = models.CharField(_("department"), max_length=30, choices=list(DEPARTMENTS.items()))
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    file = models.FileField(upload_to="feeds/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    begins = models.DateField(_("from"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True)
    state = models.CharField(max_length=10, choices=UploadState.choices, default="waiting")
    at_once = models.BooleanField(default=False)  # asked by a machine: nobody looks at the preview
    # What was found in the first rows: header row, names, masked examples, proposed columns.
    preview = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)  # field -> name of the column, as it was taken in
    counts = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True)
    undone_because = models.CharField(_("reason"), max_length=200, blank=True)
    undone_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("upload of a department")
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["kind", "division", "digest"], name="feed_of_digest")]

    def __str__(self):
        return self.file_name

    @property
    def row(self):
        """The row of the table of kinds."""
        return BY_NUMBER[self.kind]

    def may_undo(self, post):
        """Any post of the department that brought it, of the same division."""
        mine = (post.department, post.division_id) == (self.department, self.division_id)
        return mine and post.may("upload_feed") and self.state == UploadState.LOADED

    def may_open_troubles(self, post):
        """Full numbers go back only to the post that brought them."""
        return self.asked_by_id == post.id and post.may("upload_feed")


class FeedMapping(models.Model):
    """How a department's files of a kind name their columns; proposed for the next one."""

    kind = models.PositiveSmallIntegerField(choices=CHOICES)
    department = models.CharField(max_length=30)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    columns = models.JSONField(default=dict)  # field -> name of the column
    saved_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "department", "division"], name="one_mapping_of_a_department"
            )
        ]


class CostBefore(models.Model):
    """What stood in an income statement that an upload put right on its own day; for taking the
    upload back."""

    upload = models.ForeignKey(FeedUpload, models.CASCADE, related_name="costs_before")
    statement = models.ForeignKey("households.IncomeStatement", models.CASCADE, related_name="+")
    figures = models.JSONField()


class FeedTrouble(models.Model):
    """A row that was not taken in, or not wholly, and why. Who is meant is kept sealed."""

    upload = models.ForeignKey(FeedUpload, models.CASCADE, related_name="troubles")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=60, blank=True)
    value = models.CharField(_("value in the file"), max_length=80, blank=True)
    reason = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    person = models.TextField(blank=True)  # sealed: number and name as the file has them
    masked = models.CharField(_("resident ID"), max_length=24, blank=True)

    class Meta:
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["upload", "reason", "row"], name="feed_trouble_of_reason")]

    @property
    def sentence(self):
        return sentence(self.reason, self.details)

    def open_person(self):
        """(number, name) in plain, for the workbook of who brought them."""
        number, _tab, name = Sealed(self.person, self.masked).open().partition("\t")
        return number, name


def sealed_person(number, name):
    """What ``person`` holds."""
    return seal_in_bulk(f"{number}\t{name}")[0]
