"""What the insurer decided and paid. A payout is help received: it becomes a measure that is done.

So the household's handbook, its history, its plan, the closing guard and the figures of effect see
it where they see all help. It is the insurer's money and burdens no budget.
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assistance.insurance.guards import LARGEST
from assistance.insurance.insured import left_of
from assistance.insurance.moving import move, reasoned, taken
from assistance.insurance.refusals import InsuranceRefusal
from assistance.insurance.reviewing import check_decides
from assistance.models import (
    AssistancePlan,
    ClaimState,
    ClaimWhat,
    InsurancePolicy,
    Measure,
    MeasureChange,
    Result,
)
from assistance.spending import Source

KIND = "poverty_insurance"


@transaction.atomic
def accept_claim(claim, *, amount, on, paper, seen_version, by, at):
    """``amount`` in yuan: not more than the household bears and the policy leaves."""
    claim = taken(claim, seen_version)
    check_decides(claim, by)
    if claim.state != ClaimState.INSURER:
        raise InsuranceRefusal(_("This claim does not wait for the insurer."))
    if not 0 < amount <= LARGEST:
        raise InsuranceRefusal(_("Enter an amount in yuan, with two decimals at most."), "amount")
    if not paper.strip():
        raise InsuranceRefusal(_("Give the number of the decision."), "paper")
    if not localdate(claim.sent_at) <= on <= localdate(at):
        raise InsuranceRefusal(
            _("The insurer decides after it has the claim, by today at the latest."), "on"
        )
    _check_amount(claim, amount)
    claim.amount, claim.decided_on, claim.decision_paper = amount, on, paper.strip()
    fields = ["amount", "decided_on", "decision_paper"]
    said = f"{claim.decision_paper}: {amount:,.2f}"
    move(claim, ClaimState.ACCEPTED, ClaimWhat.ACCEPTED, said, on=on, by=by, at=at, fields=fields)
    return claim


def _check_amount(claim, amount):
    # Held, so that two claims of one household do not share what is left of the cap.
    policy = InsurancePolicy.objects.select_for_update(no_key=True).get(pk=claim.policy_id)
    if amount > claim.loss:
        words = _(
            "Insurance makes good what the household bears itself, %(loss)s yuan; it pays no more"
            " (GZ 4.4.3)."
        )
        raise InsuranceRefusal(words % {"loss": f"{claim.loss:,.2f}"}, "amount")
    left = left_of(policy, claim.household, besides=claim)
    if amount > left:
        words = _(
            "The policy pays a household at most %(cap)s yuan; %(left)s yuan are left (GZ 4.4.3)."
        )
        said = {"cap": f"{policy.cap:,.2f}", "left": f"{max(left, 0):,.2f}"}
        raise InsuranceRefusal(words % said, "amount")


@transaction.atomic
def pay_claim(claim, *, on, paper, seen_version, by, at):
    claim = taken(claim, seen_version)
    check_decides(claim, by)
    if claim.state != ClaimState.ACCEPTED:
        raise InsuranceRefusal(_("Only what the insurer accepted is paid, once."))
    if not paper.strip():
        raise InsuranceRefusal(_("Give the number of the payment."), "paper")
    if not claim.decided_on <= on <= localdate(at):
        raise InsuranceRefusal(_("It is paid after the decision, and not in the future."), "on")
    claim.paid_on, claim.payment_paper = on, paper.strip()
    claim.measure = _measure_of(claim, by, at)
    fields = ["paid_on", "payment_paper", "measure"]
    said = f"{claim.payment_paper}: {claim.amount:,.2f}"
    move(claim, ClaimState.PAID, ClaimWhat.PAID, said, on=on, by=by, at=at, fields=fields)
    return claim


def _measure_of(claim, by, at):
    """Written here and not by ``add_measure``: the insurer does not see each household it pays."""
    household = claim.household
    plan = AssistancePlan.objects.in_force(claim.paid_on).filter(household=household).first()
    measure = Measure.objects.create(
        household=household, member=claim.member, kind=KIND, department="insurance",
        words=_("Insurance payout: %(words)s") % {"words": claim.words[:150]},
        responsible=claim.policy.insurer, amount=claim.amount, source=Source.OTHER,
        started_on=localdate(claim.opened_at), ended_on=claim.paid_on, result=Result.DONE,
        result_words=claim.number, plan=plan, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    ended = {"ended_on": [None, str(claim.paid_on)], "result": ["", Result.DONE.value]}
    _told(measure, ended, by, at)
    return measure


def _told(measure, changes, by, at, because=""):
    MeasureChange.objects.create(
        measure=measure, changes=changes, because=because[:200], recorded_by=by, recorded_at=at
    )


@transaction.atomic
def take_back(claim, *, because, seen_version, by, at):
    """A payout that came back or never arrived: accepted again, and not yet paid. A decision that
    was recorded wrongly: with the insurer again."""
    claim = taken(claim, seen_version)
    check_decides(claim, by)
    because = reasoned(because, _("Say why it is taken back."))
    if claim.state == ClaimState.PAID:
        _mistaken(claim.measure, because, by, at)
        claim.paid_on, claim.payment_paper, claim.measure = None, "", None
        fields, state = ["paid_on", "payment_paper", "measure"], ClaimState.ACCEPTED
    elif claim.state == ClaimState.ACCEPTED:
        claim.amount, claim.decided_on, claim.decision_paper = None, None, ""
        fields, state = ["amount", "decided_on", "decision_paper"], ClaimState.INSURER
    else:
        raise InsuranceRefusal(_("Only what was accepted or paid is taken back."))
    move(claim, state, ClaimWhat.TAKEN_BACK, because, by=by, at=at, fields=fields)
    return claim


def _mistaken(measure, because, by, at):
    """The measure stays in the history as one that was not given."""
    changes = {"result": [measure.result, Result.MISTAKE.value]}
    changes |= {"result_words": [measure.result_words, because[:200]]}
    measure.result, measure.result_words = Result.MISTAKE, because[:200]
    measure.version += 1
    measure.save(update_fields=["result", "result_words", "version"])
    _told(measure, changes, by, at, because)
