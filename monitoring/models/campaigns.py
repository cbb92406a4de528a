"""Look-back, re-confirmation, verification, screening: campaigns and lines (domain.md 4)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.divisions import LEVEL_COLUMNS
from accounts.protected import ProtectedField
from accounts.visibility import VisibleQuerySet
from households.models import Household, Visit


class CampaignQuerySet(VisibleQuerySet):
    """Seen inside its division and above it; departments take no part."""

    def open(self):
        return self.filter(ended_at=None)

    def _seen_as_division(self, post):
        home = post.division
        line = [getattr(home, column) for column in LEVEL_COLUMNS.values()]
        within = Q(**{f"division__{home.level_column}": home.pk})
        return self.filter(within | Q(division__in=[pk for pk in line if pk]))

    _seen_as_assigned = _seen_as_division


class Campaign(models.Model):
    """Opened by a county or province for itself. Visits count from ``since`` on.

    ``kind`` is a code of ``monitoring/campaigns/kinds.py``; ``groups`` those that a screening asks
    for. What the county adds stands on the lines.
    """

    kind = models.CharField(_("kind of campaign"), max_length=12)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    since = models.DateField(_("visits count from"))
    until = models.DateField(_("to be answered by"))
    groups = ArrayField(models.CharField(max_length=16), default=list)
    opened_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    because = models.CharField(_("why it was ended early"), max_length=500, blank=True)

    objects = CampaignQuerySet.as_manager()
    visibility_path = "division__"

    class Meta:
        verbose_name = _("campaign")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "division"],
                condition=Q(ended_at=None),
                name="one_open_campaign_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="campaign_ends_after_it_begins"
            ),
        ]


class LineStep(models.TextChoices):
    ANSWER = "answer", _("waits for the village")
    LOOK = "look", _("waits for the township")
    CONFIRM = "confirm", _("waits for the county")
    DONE = "done", _("answered")
    DROPPED = "dropped", _("left the campaign")


STEP_OF = {
    "village": LineStep.ANSWER,
    "township": LineStep.LOOK,
    "county": LineStep.CONFIRM,
}
WAITING = (LineStep.ANSWER, LineStep.LOOK, LineStep.CONFIRM)


class CampaignPerson(models.Model):
    """Somebody of a department's data whose household is not in the register."""

    name = models.CharField(_("name"), max_length=40)
    resident_id = ProtectedField(_("resident ID"), indexed=True)
    told_by = models.CharField(_("by whom"), max_length=60, blank=True)


class CampaignLineQuerySet(VisibleQuerySet):
    def counted(self):
        return self.exclude(state=LineStep.DROPPED)

    def waiting_for(self, post):
        """What lies on the desk of ``post``."""
        step = STEP_OF.get(post.role)
        return self.filter(state=step, campaign__ended_at=None) if step else self.none()

    def _seen_as_assigned(self, post):
        return self.within(post.division).filter(household__in_charge=post.holder_id)


def _division(null=False):
    """Written by the hundred thousand from rows that exist."""
    return models.ForeignKey(
        "accounts.Division", models.PROTECT, null=null, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip


def _post():
    return models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )


class CampaignLine(models.Model):
    """One household, or one person without a household, in one campaign.

    ``groups``: why it is on the list; ``added_by``, ``added_because``: where the county put it
    there, who did and as which group.
    ``case`` or ``clue``: what the answer opened.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="lines", db_index=False)
    household = models.ForeignKey(
        Household, models.CASCADE, null=True, related_name="campaign_lines"
    )
    person = models.OneToOneField(CampaignPerson, models.CASCADE, null=True, related_name="line")
    province, city, county = _division(), _division(), _division()
    township, village = _division(null=True), _division(null=True)
    groups = ArrayField(models.CharField(max_length=16), default=list)
    state = models.CharField(max_length=8, choices=LineStep.choices, default=LineStep.ANSWER)
    version = models.PositiveIntegerField(default=1)
    answer = models.CharField(_("answer"), max_length=12, blank=True)
    words = models.CharField(_("reason"), max_length=300, blank=True)
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="+", db_index=False)
    returned = models.CharField(_("why it was returned"), max_length=300, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    added_by, answered_by, looked_by, confirmed_by = _post(), _post(), _post(), _post()
    added_at = models.DateTimeField(null=True)
    added_because = models.CharField(_("group added by the county"), max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    case = models.ForeignKey("monitoring.Case", models.SET_NULL, null=True, related_name="+")
    clue = models.ForeignKey("monitoring.Clue", models.SET_NULL, null=True, related_name="+")

    objects = CampaignLineQuerySet.as_manager()
    visibility_path = ""

    class Meta:
        verbose_name = _("line of a campaign")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "household"], name="one_campaign_line"),
            models.CheckConstraint(
                condition=Q(household__isnull=False) | Q(person__isnull=False),
                name="campaign_line_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["answer", "dropped"])
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="campaign_line_answered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "state", "village"], name="campaign_lines_by_state"),
            models.Index(fields=["village", "campaign", "state"], name="campaign_lines_of_village"),
            models.Index(
                fields=["township", "id"], condition=Q(state="look"), name="campaign_lines_to_look"
            ),
            models.Index(
                fields=["county", "id"],
                condition=Q(state="confirm"),
                name="campaign_lines_to_confirm",
            ),
        ]
