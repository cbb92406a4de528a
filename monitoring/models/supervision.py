"""What supervisors found at a locality, and how it was answered (AH 6.2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from households.models import Household


class FindingKind(models.TextChoices):
    """How it was found (AH 2.3, 6.2)."""

    INSPECTION = "inspection", _("inspection")
    UNANNOUNCED = "unannounced", _("unannounced visit")
    SURVEY = "survey", _("feedback of a survey")
    ASSESSMENT = "assessment", _("assessment of results")
    PETITION = "petition", _("letter or call of the people")


class FindingState(models.TextChoices):
    ANSWER = "answer", _("waits for the locality")
    LOOK = "look", _("answered, to be looked through")
    ENDED = "ended", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Consequence(models.TextChoices):
    """What followed besides mending; recorded by the county and above."""

    TALK = "talk", _("admonishing talk")
    ACCOUNTABILITY = "accountability", _("held to account")


def _post():
    return models.ForeignKey("accounts.Post", models.PROTECT, related_name="+", db_index=False)


class FindingQuerySet(VisibleQuerySet):
    """Seen at the locality and above, and wherever its task was handed over to."""

    def within(self, division):
        column = division.level_column
        handed = Q(**{f"task__at__{column}": division.id})
        return self.filter(Q(**{f"at__{column}": division.id}) | handed)

    def open(self):
        return self.filter(state__in=[FindingState.ANSWER, FindingState.LOOK])

    def _seen_as_assigned(self, post):
        homes = Household.objects.visible_to(post)
        return self.within(post.division).filter(household__in=homes)

    def _seen_as_line(self, post):
        return self.filter(
            task__at=post.division_id, task__role="department", task__department=post.department
        )


class Finding(models.Model):
    """``days``: the limit in working days, given anew with every return.

    ``task`` is the locality's latest task; while an answer is looked through it has ended, and a
    task of the supervisors' desk is open instead.
    """

    kind = models.CharField(_("how it was found"), max_length=12, choices=FindingKind.choices)
    found_on = models.DateField(_("found on"))
    at = models.ForeignKey("accounts.Division", models.PROTECT, related_name="findings")
    household = models.ForeignKey(
        Household, models.SET_NULL, null=True, blank=True, related_name="findings"
    )
    words = models.TextField(_("what was found"), max_length=1000)
    days = models.PositiveSmallIntegerField(_("limit in working days"))
    due_on = models.DateField(_("to be answered by"))
    state = models.CharField(
        max_length=10, choices=FindingState.choices, default=FindingState.ANSWER
    )
    version = models.PositiveIntegerField(default=1)
    task = models.ForeignKey(
        "duties.Task", models.SET_NULL, null=True, related_name="+", db_index=True
    )
    returns = models.PositiveSmallIntegerField(default=0)
    consequence = models.CharField(max_length=14, choices=Consequence.choices, blank=True)
    entered_by = _post()
    entered_at = models.DateTimeField(_("entered at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = FindingQuerySet.as_manager()
    visibility_path = "at__"

    class Meta:
        verbose_name = _("finding of supervisors")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["answer", "look"], ended_at=None)
                | Q(state__in=["ended", "withdrawn"], ended_at__isnull=False),
                name="finding_ends_once",
            )
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="finding_by_deadline")]

    @property
    def is_open(self):
        return self.state in (FindingState.ANSWER, FindingState.LOOK)


class FindingWhat(models.TextChoices):
    ENTERED = "entered", _("entered")
    ANSWERED = "answered", _("answered")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    TALK = "talk", _("admonishing talk")
    ACCOUNTABILITY = "accountability", _("held to account")


class FindingAct(models.Model):
    """A line of the trail, with the photos and papers that were put to it. Never altered."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=14, choices=FindingWhat.choices)
    by = _post()
    at = models.DateTimeField()
    words = models.TextField(max_length=1000)

    class Meta:
        ordering = ["id"]


class FindingFile(models.Model):
    act = models.ForeignKey(FindingAct, models.CASCADE, related_name="files")
    file = models.FileField(upload_to="findings/%Y/%m")
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["act", "digest"], name="finding_file_put_once")
        ]
