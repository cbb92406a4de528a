from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.deputies import persons_behind
from accounts.visibility import VisibleQuerySet
from assistance.models.insurance import (
    OVER,
    REVIEWS,
    ClaimOccasion,
    ClaimState,
    InsurancePolicy,
    Peril,
    money,
)
from households.models import Event, Household, Member
from households.models.register import SectionQuerySet


class ClaimQuerySet(SectionQuerySet):
    """The insurer sees what it was sent, of every household; other departments see none."""

    def waiting_for(self, post):
        """What the next step of lies on the desk of ``post``."""
        if post.role in ("township", "county") and post.may("review_claim"):
            mine = self.filter(state=post.role).within(post.division)
            others = ClaimAct.objects.others_steps_of(post, post.role)
            mine = mine.exclude(pk__in=others.values("claim"))
            decides = self.with_insurer() if post.role == "county" else self.none()
            return mine | decides.within(post.division)
        if post.role_row.sees == "line" and post.sees_section("insurance"):
            return self.with_insurer().within(post.division)
        return self.filter(state=ClaimState.PREPARED) if post.may("open_claim") else self.none()

    def with_insurer(self):
        """To be decided, or accepted and to be paid."""
        return self.filter(state__in=[ClaimState.INSURER, ClaimState.ACCEPTED])

    def _seen_as_line(self, post):
        if not post.sees_section("insurance"):
            return self.none()
        return self.within(post.division).exclude(sent_at=None)


class InsuranceClaim(models.Model):
    """A household's claim for an event, from the village to the payout (GZ 4.4.3, 4.2.2).

    ``loss``: what the household bears itself. ``amount``: what the insurer pays. ``clause``: of the
    policy or of a document, by which it was refused. ``measure``: the payout as help received.
    """

    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.CharField(_("number"), max_length=30, unique=True)
    policy = models.ForeignKey(InsurancePolicy, models.PROTECT, related_name="claims")
    household = models.ForeignKey(Household, models.PROTECT, related_name="claims")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="+", verbose_name=_("for whom")
    )
    peril = models.CharField(_("what happened"), max_length=12, choices=Peril.choices)
    happened_on = models.DateField(_("happened on"))
    words = models.CharField(_("what happened in words"), max_length=200)
    loss = money(_("borne by the household"))
    payee = models.CharField(_("payee"), max_length=40)
    occasion = models.CharField(
        _("comes from"), max_length=8, choices=ClaimOccasion.choices, default=ClaimOccasion.NEED
    )
    occasion_words = models.CharField(max_length=60, blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="claims")
    checked_on = models.DateField(_("home checked on"), null=True)
    checked_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    check_words = models.CharField(_("what was found there"), max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=ClaimState.choices)
    sent_at = models.DateTimeField(_("sent to the insurer"), null=True)
    amount = money(_("payout"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    decision_paper = models.CharField(_("number of the decision"), max_length=60, blank=True)
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    paid_on = models.DateField(_("paid on"), null=True)
    payment_paper = models.CharField(_("number of the payment"), max_length=60, blank=True)
    measure = models.OneToOneField(
        "assistance.Measure", models.PROTECT, null=True, related_name="claim"
    )
    opened_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ClaimQuerySet.as_manager()
    visibility_path = "household__"
    section = "insurance"

    class Meta:
        verbose_name = _("insurance claim")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "peril", "happened_on", "member"],
                condition=~Q(state__in=OVER),
                nulls_distinct=False,
                name="one_claim_for_an_event",
            ),
            models.UniqueConstraint(
                fields=["event"], condition=~Q(state__in=OVER), name="one_claim_of_an_event_row"
            ),
            models.CheckConstraint(
                condition=Q(loss__gt=0) & ~(Q(words="") | Q(payee="")),
                name="claim_says_what_and_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "paid"], amount__gt=0, sent_at__isnull=False)
                | ~Q(state__in=["accepted", "paid"]) & Q(amount=None),
                name="accepted_claim_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False, measure__isnull=False)
                | ~Q(state="paid") & Q(paid_on=None, measure=None),
                name="paid_claim_has_a_day_and_a_measure",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(clause=""), name="refused_claim_cites_a_clause"
            ),
        ]
        indexes = [
            models.Index(fields=["policy", "state", "-id"], name="claims_of_a_policy"),
            models.Index(
                fields=["state", "household"],
                condition=Q(state__in=["township", "county", "insurer", "accepted"]),
                name="claims_that_wait",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self):
        return self.state not in (*OVER, ClaimState.PAID)


class OfClaimQuerySet(VisibleQuerySet):
    def visible_to(self, post):
        return self.filter(claim__in=InsuranceClaim.objects.visible_to(post))


class ClaimPaperKind(models.TextChoices):
    BILL = "bill", _("hospital bill and settlement")
    ACCIDENT = "accident", _("certificate of the accident")
    DISASTER = "disaster", _("certificate of the disaster or the loss")
    SCHOOL = "school", _("certificate of the school")
    CHECK = "check", _("record or photo of the home check")
    DECISION = "decision", _("decision of the insurer")
    PAYMENT = "payment", _("slip of the payout")
    OTHER = "other", _("other paper")


class ClaimPaper(models.Model):
    """A photo or scan put to a claim. Taken out, it stays on record and is no longer counted."""

    claim = models.ForeignKey(InsuranceClaim, models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind of paper"), max_length=10, choices=ClaimPaperKind.choices)
    file = models.FileField(upload_to="claims/%Y/%m")
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "digest"],
                condition=Q(removed_at=None),
                name="claim_paper_put_once",
            )
        ]


class ClaimWhat(models.TextChoices):
    OPENED = "opened", pgettext_lazy("insurance claim", "opened")
    CHANGED = "changed", pgettext_lazy("insurance claim", "changed")
    PAPER = "paper", pgettext_lazy("insurance claim", "paper added")
    PAPER_OUT = "paper_out", pgettext_lazy("insurance claim", "paper taken out")
    CHECKED = "checked", pgettext_lazy("insurance claim", "home checked")
    SUBMITTED = "submitted", pgettext_lazy("insurance claim", "sent to the township")
    PASSED = "passed", pgettext_lazy("insurance claim", "passed on")
    RETURNED = "returned", pgettext_lazy("insurance claim", "returned")
    ACCEPTED = "accepted", pgettext_lazy("insurance claim", "accepted by the insurer")
    REFUSED = "refused", pgettext_lazy("insurance claim", "refused")
    PAID = "paid", pgettext_lazy("insurance claim", "paid out")
    TAKEN_BACK = "taken_back", pgettext_lazy("insurance claim", "taken back")
    WITHDRAWN = "withdrawn", pgettext_lazy("insurance claim", "withdrawn")


class ClaimActQuerySet(OfClaimQuerySet):
    def others_steps_of(self, post, state):
        """What somebody behind ``post`` did for a claim at other steps than the review ``state``;
        a claim that comes again after it was returned is reviewed by the same."""
        persons = persons_behind(post)
        mine = Q(by__officer__in=persons) | Q(by__deputy_of__officer__in=persons)
        elsewhere = Q(what=ClaimWhat.PASSED) & ~Q(state=REVIEWS[state])
        return self.filter(mine, elsewhere | Q(what__in=[ClaimWhat.OPENED, ClaimWhat.SUBMITTED]))


class ClaimAct(models.Model):
    """A line of a claim's trail: what was done, and how the claim stood after it.

    ``on``: the day that the act tells of, as the one of the payout. ``changes``: of facts that were
    changed, field -> [before, after], as JSON has them.
    """

    claim = models.ForeignKey(InsuranceClaim, models.CASCADE, related_name="acts")
    what = models.CharField(max_length=10, choices=ClaimWhat.choices)
    state = models.CharField(max_length=10, choices=ClaimState.choices)
    amount = money(_("payout"), null=True)
    on = models.DateField(null=True)
    changes = models.JSONField(default=dict)
    because = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ClaimActQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
