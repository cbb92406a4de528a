from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.protected import ProtectedField
from accounts.visibility import VisibleQuerySet


class Rhythm(models.TextChoices):
    MONTHLY = "monthly", _("every month")
    WEEKLY = "weekly", _("every week")
    REVIEW = "review", _("after the month's review")


class ScheduleQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        """Own ones: the files are made for one post alone."""
        return self.filter(post=post, ended_at=None) if post else self.none()

    def running(self):
        return self.filter(ended_at=None, paused_at=None)


class ScheduledDownload(models.Model):
    """A table with its filters that a post wants again and again.

    ``query`` may hold the name of a person that was searched for.
    ``day``: of the month (1 to 28) or of the week (Monday is 1); 0 after a review.
    ``ended_at`` is set when the post has ended, or when it was deleted.
    """

    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=200)  # of the page, and #part where it has several
    query = ProtectedField(mask="words")
    language = models.CharField(max_length=10)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    day = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["post"], condition=models.Q(ended_at=None), name="schedules_of_a_post"
            )
        ]


class ScheduledFile(models.Model):
    """The file of one period; the constraint is what makes it one, however often beat asks.

    ``period``: 2026-11, 2026-W47, or the reviewed month after ``review``.
    """

    schedule = models.ForeignKey(ScheduledDownload, models.CASCADE, related_name="files")
    period = models.CharField(max_length=20)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # by e-mail, or found that none is to be sent

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "period"], name="one_file_for_a_period")
        ]
