from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.protected import ProtectedField
from accounts.visibility import VisibleQuerySet
from jobs.registry import KINDS


class State(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


ENDED = (State.DONE, State.FAILED, State.CANCELLED)


class JobQuerySet(VisibleQuerySet):
    def open(self):
        return self.exclude(state__in=ENDED)

    def visible_to(self, post):
        """Own jobs: what a post asked for is shown to that post alone."""
        return self.filter(asked_by=post) if post else self.none()


class Job(models.Model):
    """Work done in the background. This row is the truth; a message only wakes it.

    ``key`` names the work within its kind: at most one open job for it, so asking twice is asking
    once. ``arguments`` holds ids and days, never personal data; words that somebody typed may be
    the name of a person and are ``private``.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    private = ProtectedField(mask="words")
    asked_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    language = models.CharField(max_length=10, default="zh-hans")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(default=dict)
    file = models.FileField(upload_to="results/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=~Q(state__in=["done", "failed", "cancelled"]),
                name="one_open_job_for_a_key",
            )
        ]
        # What a page asks every few seconds: open jobs of a post, and those not looked at.
        indexes = [
            models.Index(
                fields=["asked_by"], condition=Q(seen_at=None), name="unseen_jobs_of_a_post"
            )
        ]

    @property
    def ended(self):
        return self.state in ENDED

    @property
    def percent(self):
        return 100 if self.state == State.DONE else min(99, 100 * self.done // max(self.total, 1))

    def may_be_opened_by(self, post):
        """Whether the post may have the file now; what was asked for long ago may be closed."""
        return self.kind in KINDS and KINDS[self.kind].may_open(self, post)

    def is_offered_to(self, post):
        """Whether a list shows the link to the file; the download itself asks again, strictly."""
        known = KINDS.get(self.kind)
        return known is not None and (known.offered or known.may_open)(self, post)

    @property
    def title(self):
        """What the job is called on pages; the kind says it."""
        known = KINDS.get(self.kind)
        if known is None:
            return self.kind
        return known.named(self) if known.named else known.title

    @property
    def sentence(self):
        """What is said about the end: the body's own words, or that it broke off."""
        if self.state == State.FAILED:
            return self.error or _("The job broke off. The fault has been noted; ask for it again.")
        return self.result.get("sentence", "")
