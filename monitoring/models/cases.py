from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import DEPARTMENTS
from accounts.visibility import VisibleQuerySet
from households.models import Household
from monitoring.procedures import PROCEDURES


class State(models.TextChoices):
    OPEN = "open", _("under way")
    DONE = "done", _("concluded")
    REFUSED = "refused", _("not confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ROLLED_BACK = "rolled_back", _("rolled back")


class CaseQuerySet(VisibleQuerySet):
    """A department sees what it is asked (``Enquiry``), never the case."""

    def open(self):
        return self.filter(state=State.OPEN)

    def waiting_for(self, post):
        """What lies on the desk of ``post``: 待办."""
        return self.filter(waiting_at=post.division_id, waiting_role=post.role)

    def worked_on_by(self, officer_id):
        """Cases that the officer has moved: 已办."""
        return self.filter(actors__officer=officer_id)  # at one step of a case only

    def begun_by(self, officer_id):
        """我发起的."""
        return self.filter(opened_by__officer=officer_id)

    def overdue(self, today):
        return self.filter(due_on__lt=today)

    def escalated_to(self, post):
        """Late below, told to the level of ``post``."""
        return self.filter(escalated_to=post.division_id)


def _division(name):
    return models.ForeignKey("accounts.Division", models.PROTECT, null=True, related_name=name)


class Case(models.Model):
    """A household's way through one procedure. ``step`` counts from 0; it stays where a case ended.

    A step moves by a conditional update on ``state``, ``step`` and ``version``: of two officers at
    once one wins, the other is told. ``due_on`` is the last day of the step that waits.
    """

    procedure = models.CharField(
        _("procedure"), max_length=20, choices=[(code, p.words) for code, p in PROCEDURES.items()]
    )
    variant = models.CharField(max_length=20)
    number = models.CharField(_("case number"), max_length=24)
    household = models.ForeignKey(Household, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    step = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    waiting_at = _division("cases_waiting")
    waiting_role = models.CharField(max_length=20, blank=True)
    arrived_at = models.DateTimeField(_("arrived at"))
    due_on = models.DateField(_("due on"), null=True)
    escalated_to = _division("cases_escalated")
    reminded = models.BooleanField(default=False)
    # Null for what the system opened by itself (a big change that a visit reported).
    opened_by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="cases_opened"
    )
    opened_at = models.DateTimeField(_("opened at"))
    because = models.TextField(_("reason"), max_length=1000, blank=True)
    # What is asked for: {"tier": "red"}, {"exited_class": …}, {"national_number": …}.
    proposal = models.JSONField(default=dict)
    # The household as judged when the case was opened: a row of ``judge_now`` with its figures.
    judged = models.JSONField(default=dict)
    clue = models.ForeignKey("monitoring.Clue", models.SET_NULL, null=True, related_name="cases")
    flag = models.ForeignKey("monitoring.RedFlag", models.SET_NULL, null=True, related_name="cases")
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    reopened = models.BooleanField(_("marked again within twelve months"), default=False)
    consolidation = models.ForeignKey(
        "monitoring.Consolidation", models.PROTECT, null=True, related_name="cases"
    )
    help_from = models.DateField(_("help since"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = CaseQuerySet.as_manager()
    visibility_path = "household__"

    class Meta:
        verbose_name = _("case")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "procedure"],
                condition=Q(state="open"),
                name="one_open_case_of_a_kind",
            ),
            models.UniqueConstraint(fields=["number"], name="case_number"),
            models.CheckConstraint(
                condition=Q(state="open", waiting_at__isnull=False, ended_at=None)
                | (~Q(state="open") & Q(waiting_at=None, ended_at__isnull=False)),
                name="open_case_waits_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["waiting_at", "waiting_role", "due_on", "id"],
                condition=Q(state="open"),
                name="case_on_a_desk",
            ),
            models.Index(
                fields=["due_on", "id"], condition=Q(state="open"), name="case_by_deadline"
            ),
            models.Index(fields=["household", "-opened_at"], name="case_of_household"),
        ]

    def __str__(self):
        return self.number

    @property
    def row(self):
        return PROCEDURES[self.procedure]

    @property
    def steps(self):
        return self.row.variant(self.variant).steps

    @property
    def at_step(self):
        return self.steps[self.step]

    @property
    def is_open(self):
        return self.state == State.OPEN


class What(models.TextChoices):
    """What was done to a case."""

    OPENED = "opened", _("opened")
    MARKED_AGAIN = "marked_again", _("marked again")
    PASSED = "passed", _("passed on")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFUSED = "refused", _("not confirmed")
    CONCLUDED = "concluded", _("concluded")
    ROLLED_BACK = "rolled_back", _("rolled back")
    CHANGED = "changed", _("request changed")
    PAPER = "paper", _("paper added")
    PAPER_REMOVED = "paper_removed", _("paper taken out")
    NOTICE_UP = "notice_up", _("notice put up")
    NOTICE_DOWN = "notice_down", _("notice taken down")
    OBJECTION = "objection", _("objection")
    OBJECTION_ANSWERED = "objection_answered", _("objection answered")
    DEMOCRATIC_REVIEW = "democratic_review", _("democratic review held")
    ASKED = "asked", _("department asked")
    ANSWERED = "answered", _("department answered")
    ASK_WITHDRAWN = "ask_withdrawn", _("question to a department withdrawn")
    REMINDED = "reminded", _("reminded")
    ESCALATED = "escalated", _("told to the level above")
    FOLLOWED = "followed", _("gone along with the household that moved")


class OfCase(models.Model):
    """A record of a case, seen by whoever sees the case."""

    objects = VisibleQuerySet.as_manager()
    visibility_path = "case__household__"

    class Meta:
        abstract = True


def _case(name):
    return models.ForeignKey(Case, models.CASCADE, related_name=name)


def _post(name="+", null=False):
    return models.ForeignKey("accounts.Post", models.PROTECT, related_name=name, null=null)


class CaseAct(OfCase):
    """A line of the trail: who, when, in which post, what, why, and what changed. Never altered.

    ``by`` is null for what the calendar did. ``changes`` is a list of [field, before, after].
    """

    case = _case("acts")
    step = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=20, choices=What.choices)
    to_step = models.PositiveSmallIntegerField(null=True)
    by = _post("case_acts", null=True)
    at = models.DateTimeField()
    because = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    # Of an act that moves the case on: since when its step waited, and until when it might.
    waited_since = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]


class CaseActor(models.Model):
    """At which step an officer took part: at one and no other, whatever posts the officer holds.

    A deputy's act is also the act of the officer who is deputised for.
    """

    case = _case("actors")
    officer = models.ForeignKey("accounts.Officer", models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "officer"], name="nobody_acts_at_two_steps")
        ]


class CaseCounter(models.Model):
    """The last number given in a county, letter and year."""

    county = models.ForeignKey("accounts.Division", models.CASCADE, related_name="+")
    letter = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "letter", "year"], name="one_counter")
        ]


class Paper(OfCase):
    """A file put to a case. Taken out, it stays on record and is no longer counted."""

    case = _case("papers")
    kind = models.CharField(max_length=20)
    file = models.FileField(upload_to="papers/%Y/%m")
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_by = _post()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "digest"],
                condition=Q(removed_at=None),
                name="paper_put_once",
            )
        ]


class Notice(OfCase):
    """A public notice 公示: where, from when to when. The photo of it is a paper of the case."""

    case = _case("notices")
    step = models.PositiveSmallIntegerField()
    place = models.CharField(_("place"), max_length=120)
    up_on = models.DateField(_("put up on"))
    until = models.DateField(_("to stay until"))
    down_on = models.DateField(_("taken down on"), null=True)
    put_up_by = _post()
    taken_down_by = _post(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("up_on")), name="notice_stays_a_while"),
            models.CheckConstraint(
                condition=Q(down_on=None) | Q(down_on__gte=F("up_on")), name="notice_ends_later"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(down_on=None), name="one_notice_at_a_time"
            ),
        ]


class Objection(OfCase):
    """What somebody says against the household of a notice; ``upheld`` is null until answered."""

    case = _case("objections")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="objections")
    raised_on = models.DateField(_("raised on"))
    words = models.TextField(_("objection"), max_length=1000)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    upheld = models.BooleanField(_("upheld"), null=True)
    recorded_by = _post()
    answered_by = _post(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(upheld=None, answer="") | (Q(upheld__isnull=False) & ~Q(answer="")),
                name="objection_answered_in_words",
            )
        ]


class Meeting(OfCase):
    """A democratic review 民主评议; passes with a majority of those present."""

    case = _case("meetings")
    step = models.PositiveSmallIntegerField()
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=120)
    chair = models.CharField(_("chair"), max_length=40)
    present = models.PositiveSmallIntegerField(_("present"))
    in_favour = models.PositiveSmallIntegerField(pgettext_lazy("votes", "for"))
    against = models.PositiveSmallIntegerField(_("against"))
    abstained = models.PositiveSmallIntegerField(_("abstained"))
    recorded_by = _post()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present=F("in_favour") + F("against") + F("abstained"))
                & Q(present__gt=0),
                name="votes_are_those_present",
            )
        ]

    @property
    def passed(self):
        return self.in_favour * 2 > self.present


class EnquiryQuerySet(VisibleQuerySet):
    def open(self):
        return self.filter(answered_at=None, withdrawn_at=None)

    def waiting_for(self, post):
        """What the department of ``post`` is asked in its division."""
        return self.open().filter(department=post.department, asked_at_division=post.division_id)

    def escalated_to(self, post):
        """Late below, told to the department of ``post`` one level up."""
        return self.open().filter(department=post.department, escalated_to=post.division_id)

    def _seen_as_line(self, post):
        """A department sees what it was asked, whatever its line of work is otherwise."""
        return self.within(post.division).filter(department=post.department)


class Enquiry(models.Model):
    """What a department is asked about a household 部门协查, and its answer."""

    case = _case("enquiries")
    department = models.CharField(_("department"), max_length=30, choices=list(DEPARTMENTS.items()))
    asked_at_division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    question = models.CharField(_("question"), max_length=500)
    asked_by = _post()
    asked_at = models.DateTimeField()
    due_on = models.DateField(_("due on"))
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    speaks_against = models.BooleanField(_("speaks against the request"), null=True)
    answered_by = _post(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    escalated_to = _division("questions_escalated")
    reminded = models.BooleanField(default=False)

    objects = EnquiryQuerySet.as_manager()
    visibility_path = "case__household__"

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="enquiry_answered_in_words",
            ),
            models.UniqueConstraint(
                fields=["case", "department"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="a_department_is_asked_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at_division", "department", "due_on"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="enquiry_waiting",
            )
        ]


class Consolidation(models.Model):
    """A township's closing requests of edge households in one list with a cover sheet (AH 3.3)."""

    township = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    number = models.CharField(_("list number"), max_length=24, unique=True)
    made_by = _post()
    made_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()
    visibility_path = "township__"

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self):
        return self.number
