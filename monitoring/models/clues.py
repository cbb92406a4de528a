from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.protected import ProtectedField
from accounts.visibility import VisibleQuerySet
from households.models import Household


class Channel(models.TextChoices):
    """By whom a household's need becomes known (GZ 4.2.2, AH 2.3, 3.2)."""

    VILLAGE = "village", _("the village")
    DEPARTMENT = "department", _("a department's data")
    HOUSEHOLD = "household", _("the household itself")
    SUPERVISION = "supervision", _("supervision")
    ANALYSIS = "analysis", _("the monthly analysis")


class ClueState(models.TextChoices):
    """Whose turn it is. ``case``: the procedure runs, and the clue ends with it."""

    CHECK = "check", _("to be checked at home")
    CONFIRM = "confirm", _("the township confirms")
    TO_OPEN = "to_open", _("a case is to be opened")
    CASE = "case", _("case under way")
    ENDED = "ended", pgettext_lazy("clue", "ended")


class ClueAnswer(models.TextChoices):
    NOT_CONFIRMED = "not_confirmed", pgettext_lazy("clue", "not confirmed")
    ALREADY_MONITORED = "monitored", _("already monitored")
    CASE_OPENED = "case_opened", _("case opened")
    MERGED = "merged", _("joined to another clue")
    WITHDRAWN = "withdrawn", _("withdrawn: the department took its data back")


class ClueQuerySet(VisibleQuerySet):
    """Seen where it is to be checked and above. A department sees those of its households."""

    def open(self):
        return self.filter(ended_on=None)

    def overdue(self, today):
        late = Q(step_due_on__lt=today) | Q(due_on__lt=today)
        return self.open().filter(late)

    def _seen_as_assigned(self, post):
        return self.filter(
            household__in_charge=post.holder_id, household__in=Household.objects.visible_to(post)
        )

    def _seen_as_line(self, post):
        if not post.sees_section("assessment"):
            return self.none()
        return self.filter(household__in=Household.objects.visible_to(post))


class Clue(models.Model):
    """That a household may need help: checked at home, confirmed, and answered (domain.md 4).

    ``household`` is null while nobody knows whose household it is; then ``name``, ``resident_id``
    and ``phone`` say who is meant. ``rules`` are the bits of the rules that the analysis saw red.
    ``step_due_on`` is the last working day of the step that waits, ``due_on`` of the whole.
    """

    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="clues")
    village = models.ForeignKey(
        "accounts.Division", models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(_("name"), max_length=40, blank=True)
    resident_id = ProtectedField(_("resident ID"), indexed=True)
    phone = ProtectedField(_("phone"), mask="phone")
    state = models.CharField(
        _("state"), max_length=8, choices=ClueState.choices, default=ClueState.CHECK
    )
    found_by = models.ForeignKey("monitoring.Run", models.CASCADE, null=True, related_name="clues")
    found_on = models.DateField(_("found on"))
    last_found_on = models.DateField(_("last found on"))
    rules = models.IntegerField(default=0)
    step_due_on = models.DateField(_("this step by"), null=True)
    due_on = models.DateField(_("whole procedure by"))
    version = models.PositiveIntegerField(default=1)

    # What the village found at home.
    checked_on = models.DateField(_("checked at home on"), null=True)
    checked_by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    visit = models.ForeignKey(
        "households.Visit", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    finding = models.CharField(_("found"), max_length=13, choices=ClueAnswer.choices, blank=True)
    words = models.CharField(_("what was found"), max_length=500, blank=True)
    procedure = models.CharField(_("proposed procedure"), max_length=20, blank=True)

    ended_on = models.DateField(_("ended on"), null=True)
    answer = models.CharField(_("answer"), max_length=13, choices=ClueAnswer.choices, blank=True)
    because = models.CharField(_("reason"), max_length=500, blank=True)
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="merged")

    objects = ClueQuerySet.as_manager()
    visibility_path = "village__"

    class Meta:
        verbose_name = _("clue")
        ordering = ["-found_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(ended_on=None), name="one_open_clue"
            ),
            models.UniqueConstraint(
                fields=["resident_id_index"],
                condition=Q(ended_on=None, household=None),
                name="one_open_clue_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(answer="")
                | ~Q(state="ended") & Q(ended_on=None),
                name="clue_ends_with_an_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "step_due_on"], name="clue_of_village"),
            models.Index(
                fields=["due_on", "id"], condition=Q(ended_on=None), name="clue_by_deadline"
            ),
        ]

    def __str__(self):
        return str(_("clue about %(whom)s") % {"whom": self.whom})

    @property
    def whom(self):
        if self.household_id:
            return self.household.head_name or self.household.number
        return self.name or _("a person whose data were removed")

    @property
    def is_open(self):
        return self.ended_on is None


class OfClueQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        return self.filter(clue__in=Clue.objects.visible_to(post))


class OfClue(models.Model):
    """A record of a clue, seen by whoever sees the clue."""

    objects = OfClueQuerySet.as_manager()
    visibility_path = "clue__village__"

    class Meta:
        abstract = True


class ClueSource(OfClue):
    """By which channel a clue came, who said so and in which words; later ones are added to it.

    ``reference`` keeps a source from being counted twice: a run, a rule of comparison, a receipt.
    """

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="sources")
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    who = models.CharField(_("by whom"), max_length=120, blank=True)
    words = models.CharField(_("in which words"), max_length=1000, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("received at"))

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clue", "channel", "reference"],
                condition=~Q(reference=""),
                name="a_source_is_told_once",
            )
        ]


class ClueWhat(models.TextChoices):
    OPENED = "opened", _("clue received")
    ADDED = "added", _("told once more")
    FOUND = "found", _("household found")
    CHECKED = "checked", _("checked at home")
    CONFIRMED = "confirmed", _("confirmed by the township")
    RETURNED = "returned", _("sent back to be checked again")
    CASE = "case", _("case opened")
    CASE_LEFT = "case_left", _("case withdrawn, to be checked again")
    MOVED = "moved", _("moved with the household")
    ENDED = "ended", pgettext_lazy("clue", "ended")


class ClueAct(OfClue):
    """A line of the trail; ``by`` is null for what the system did."""

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=10, choices=ClueWhat.choices)
    by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]


class Difficulty(models.TextChoices):
    """What a household says it suffers from; the words are those of the national list of risks."""

    ILLNESS = "illness", _("illness")
    DISABILITY = "disability", _("disability")
    SCHOOL = "school", _("cost of schooling")
    DISASTER = "disaster", _("natural disaster")
    ACCIDENT = "accident", _("accident or death in the family")
    WORK = "work", _("lost work or income")
    BUSINESS = "business", _("loss in farming or business")
    HOUSE = "house", _("unsafe house")
    WATER = "water", _("no safe drinking water")
    OTHER = "other", pgettext_lazy("difficulty", "something else")


class Application(models.Model):
    """What a household said of itself without an account (主动申请, GZ 4.2.2).

    The receipt number is all that its sender keeps. Who is meant is looked up later, by the
    calendar, so that no answer can depend on it. ``clue`` is null until then. Personal data are
    removed some time after the answer (``forgetting.py``).
    """

    receipt = models.CharField(max_length=12, unique=True)
    village = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=40, blank=True)
    resident_id = ProtectedField(_("resident ID"))
    phone = ProtectedField(_("phone"), mask="phone")
    kind = models.CharField(_("kind of difficulty"), max_length=12, choices=Difficulty.choices)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    made_at = models.DateTimeField()
    clue = models.ForeignKey(Clue, models.SET_NULL, null=True, related_name="applications")
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(clue=None, forgotten_at=None),
                name="application_to_take_up",
            )
        ]
