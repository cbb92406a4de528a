"""The half-yearly division of tiers (LA 4.3): a round of a county, and a line for each household.

A line walks the steps of the procedure "tier" (``monitoring/procedures.py``); its state is the
code of the step that it waits for, until it is done.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.divisions import Level
from accounts.visibility import VisibleQuerySet
from households.models import Household
from households.models.choices import Tier

DIVIDED = (Tier.RED, Tier.YELLOW, Tier.BLUE)


class TierRoundQuerySet(VisibleQuerySet):
    """A township and a village see that their county divides; departments see no rounds."""

    def _seen_as_division(self, post):
        home = post.division
        if home.level >= Level.COUNTY:
            return self.filter(county=home.county_id)
        return self.within(home)

    _seen_as_assigned = _seen_as_division


class TierRound(models.Model):
    """``month`` is the first day of April or October; ``until`` the last day of the round."""

    county = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    opened_on = models.DateField(_("opened on"))
    until = models.DateField(_("to be filed by"))
    opened_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    # The review whose analysis stands on the lines.
    run = models.ForeignKey("monitoring.Run", models.SET_NULL, null=True, related_name="+")

    objects = TierRoundQuerySet.as_manager()
    visibility_path = "county__"

    class Meta:
        verbose_name = _("tier round")
        ordering = ["-month", "county__code"]
        constraints = [
            models.UniqueConstraint(fields=["county", "month"], name="one_tier_round_of_a_month"),
            models.CheckConstraint(
                condition=Q(month__month__in=[4, 10], month__day=1), name="tiers_in_april_october"
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"


class LineState(models.TextChoices):
    SUBMIT = "submit", _("waits for the village")
    REVIEW = "review", _("waits for the township")
    FILE = "file", _("waits for the county")
    DONE = "done", _("filed")
    DROPPED = "dropped", _("left the round")


OPEN = (LineState.SUBMIT, LineState.REVIEW, LineState.FILE)
UNDER_WAY = (LineState.REVIEW, LineState.FILE)
DESKS = {"village": LineState.SUBMIT, "township": LineState.REVIEW, "county": LineState.FILE}


class TierLineQuerySet(VisibleQuerySet):
    def at_home(self):
        """Without those whose household was moved since; the next day's opening moves the line."""
        return self.filter(household__village=F("village"))

    def counted(self):
        return self.exclude(state=LineState.DROPPED)

    def waiting_for(self, post):
        """What lies on the desk of ``post``."""
        return self.filter(state=DESKS[post.role]) if post.role in DESKS else self.none()

    def _seen_as_assigned(self, post):
        return self.within(post.division).filter(household__in_charge=post.holder_id)


def _division():
    """Written by the hundred thousand from rows that exist."""
    return models.ForeignKey(
        "accounts.Division", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )


def _post():
    return models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )


def _tier(words):
    return models.CharField(words, max_length=14, choices=Tier.choices, blank=True)


def _persons():
    """Officers who took part at a step; a deputy's act is also the absent officer's."""
    return ArrayField(models.BigIntegerField(), default=list)


class TierLine(models.Model):
    """One household in one round. ``analysis``, ``red`` and ``yellow`` are of the round's run."""

    round = models.ForeignKey(TierRound, models.CASCADE, related_name="lines", db_index=False)
    household = models.ForeignKey(Household, models.CASCADE, related_name="tier_lines")
    province, city, county = _division(), _division(), _division()
    township, village = _division(), _division()
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.SUBMIT)
    version = models.PositiveIntegerField(default=1)
    analysis = _tier(_("analysis"))
    red = models.IntegerField(default=0)
    yellow = models.IntegerField(default=0)
    last = _tier(_("last tier"))
    suggested = _tier(_("suggested tier"))
    because = models.CharField(_("reason"), max_length=200, blank=True)
    visited_in_person_on = models.DateField(_("visited in person on"), null=True)
    answer = models.CharField(_("answer of the township"), max_length=500, blank=True)
    returned = models.CharField(_("why it was returned"), max_length=500, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    suggested_by, reviewed_by, filed_by = _post(), _post(), _post()
    suggested_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    suggested_persons, reviewed_persons, filed_persons = _persons(), _persons(), _persons()

    objects = TierLineQuerySet.as_manager()
    visibility_path = ""

    class Meta:
        verbose_name = _("line of a tier round")
        constraints = [
            models.UniqueConstraint(fields=["round", "household"], name="one_tier_line"),
            models.CheckConstraint(
                condition=~Q(suggested_persons__overlap=F("reviewed_persons"))
                & ~Q(suggested_persons__overlap=F("filed_persons"))
                & ~Q(reviewed_persons__overlap=F("filed_persons")),
                name="nobody_at_two_steps_of_a_tier_line",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submit", "dropped"])
                | Q(
                    suggested__in=DIVIDED,
                    suggested_by__isnull=False,
                    visited_in_person_on__isnull=False,
                ),
                name="tier_line_suggested_after_a_visit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submit", "review", "dropped"])
                | Q(reviewed_by__isnull=False)
                & (~Q(answer="") | ~Q(analysis__in=DIVIDED) | Q(analysis=F("suggested"))),
                name="tier_line_reviewed_and_difference_answered",
            ),
            models.CheckConstraint(
                condition=Q(state="done", filed_by__isnull=False, filed_at__isnull=False)
                | (~Q(state="done") & Q(filed_at=None)),
                name="tier_line_filed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state", "township"], name="tier_lines_by_state"),
            models.Index(fields=["village", "round", "state"], name="tier_lines_of_village"),
            models.Index(
                fields=["township", "id"], condition=Q(state="review"), name="tier_lines_to_review"
            ),
            models.Index(
                fields=["county", "id"], condition=Q(state="file"), name="tier_lines_to_file"
            ),
        ]


class LineWhat(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    REVIEWED = "reviewed", _("reviewed")
    RETURNED = "returned", _("returned")
    FILED = "filed", _("filed")


class TierAct(models.Model):
    """A line of the trail: who did what to a household's line, in which post, and why."""

    line = models.ForeignKey(TierLine, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=10, choices=LineWhat.choices)
    tier = _tier(_("tier"))
    by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    because = models.CharField(max_length=500, blank=True)

    objects = VisibleQuerySet.as_manager()
    visibility_path = "line__"

    class Meta:
        ordering = ["id"]
