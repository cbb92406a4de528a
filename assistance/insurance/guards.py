"""What a claim must fulfil: refused with a sentence and its clause, shown on its page as guards."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.typed import number_typed
from assistance.insurance.insured import (
    OUTSIDE_POLICY,
    Guard,
    doubled,
    left_of,
    policy_on,
    range_refusal,
)
from assistance.insurance.refusals import InsuranceRefusal
from assistance.models import ClaimPaperKind

PROOFS = [
    kind
    for kind in ClaimPaperKind
    if kind not in (ClaimPaperKind.CHECK, ClaimPaperKind.DECISION, ClaimPaperKind.PAYMENT)
]
LARGEST = 10_000_000  # yuan; more is mistyped


def check_event(claim, at):
    """Of a claim that is opened or changed; raises what is amiss, beside its field."""
    if not claim.words:
        raise InsuranceRefusal(_("Say what happened."), "words")
    if sentence := number_typed(claim.words, claim.payee, claim.occasion_words):
        raise InsuranceRefusal(sentence, "words")
    if not 0 < claim.loss <= LARGEST:
        raise InsuranceRefusal(_("Enter what the household bears itself, in yuan."), "loss")
    if claim.happened_on > localdate(at):
        raise InsuranceRefusal(_("The day lies in the future."), "happened_on")
    if claim.member and claim.member.household_id != claim.household_id:
        raise InsuranceRefusal(_("This person belongs to another household."), "member")
    if claim.event and claim.event.household_id != claim.household_id:
        raise InsuranceRefusal(_("This event befell another household."))
    for guard in event_guards(claim):
        if guard.state == "no":
            raise InsuranceRefusal(str(guard.sentence), guard.field)


def event_guards(claim):
    """Whether the event is insured, and not claimed for already."""
    day, policy = claim.happened_on, policy_on(claim.household, claim.happened_on)
    if policy is None:
        return [Guard("no", OUTSIDE_POLICY, field="happened_on")]
    return [
        Guard("ok", _("The event lies in the period of the policy."), _period(policy)),
        _peril_guard(claim, policy),
        _range_guard(claim, day),
        _double_guard(claim),
        _cap_guard(claim, policy),
    ]


def _period(policy):
    return f"{policy.number}: {_day(policy.starts_on)} – {_day(policy.ends_on)}"


def _day(day: date):
    return day.isoformat()


def _peril_guard(claim, policy):
    kind = claim.get_peril_display()
    if claim.peril in policy.perils:
        return Guard("ok", _("The policy insures against it."), str(kind))
    words = _("The policy does not insure against this kind of event: %(kind)s (GZ 4.4.3).")
    return Guard("no", words % {"kind": kind}, field="peril")


def _range_guard(claim, day):
    if refusal := range_refusal(claim.household, day):
        return Guard("no", refusal)
    return Guard("ok", _("The household is among the insured on the day of the event."))


def _double_guard(claim):
    facts = {name: getattr(claim, name) for name in ("peril", "happened_on", "member", "event")}
    if other := doubled(claim.household, besides=claim, **facts):
        words = _("Claim %(number)s is for the same event; one event is paid once (GZ 4.4.3).")
        return Guard("no", words % {"number": other.number}, field="happened_on")
    return Guard("ok", _("There is no other claim for this event."))


def _cap_guard(claim, policy):
    left = left_of(policy, claim.household, besides=claim)
    if left > 0:
        words = _("The household may get up to %(left)s yuan of this policy.")
        return Guard("ok", words % {"left": f"{left:,.2f}"})
    words = _("The household has got all that the policy pays, %(cap)s yuan (GZ 4.4.3).")
    return Guard("no", words % {"cap": f"{policy.cap:,.2f}"})


def guards_of(claim):
    """All that must hold before the claim is sent to the township."""
    papers = claim.papers.filter(removed_at=None, kind__in=PROOFS).count()
    proved = _("A paper proves the event and the cost.")
    lacking = _("Add a paper that proves the event and the cost: a bill or a certificate.")
    checked = _("The home was checked.")
    unchecked = _("Check the home and record what was found (GZ 4.2.2).")
    by = {"clause": "GZ 4.2.2"}
    return [
        *event_guards(claim),
        Guard("ok", proved, **by) if papers else Guard("ask", lacking, **by),
        Guard("ok", checked, claim.check_words, **by)
        if claim.checked_on
        else Guard("ask", unchecked, **by),
    ]
