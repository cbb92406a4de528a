"""How a claim goes on its way: held, brought into a state with a task for its desk, and told.

Whoever acts on a claim holds its row as it was seen, so that of two at once one has the effect.
"""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.typed import number_typed
from assistance.funds.limits import limits_on
from assistance.insurance.refusals import InsuranceRefusal, Late
from assistance.models import ClaimAct, ClaimState, InsuranceClaim
from duties.doing import open_task, settle

MENDING, REVIEW, DECISION, PAYOUT = KINDS = (
    *("claim_mending", "claim_review"),
    *("claim_decision", "claim_payout"),
)
MOVED = "moved"
# State -> (kind of task, level whose desk it is, the limit of its days).
DESKS = {
    ClaimState.PREPARED: (MENDING, "village", "claim_days"),
    ClaimState.TOWNSHIP: (REVIEW, "township", "claim_days"),
    ClaimState.COUNTY: (REVIEW, "county", "claim_days"),
    ClaimState.INSURER: (DECISION, "county", "decision_days"),
    ClaimState.ACCEPTED: (PAYOUT, "county", "payout_days"),
}


def taken(claim, seen_version=None):
    """The row, locked, as it was seen."""
    rows = InsuranceClaim.objects.select_for_update(of=["self"], no_key=True)
    current = rows.select_related("household__county", "policy").get(pk=claim.pk)
    if seen_version not in (None, current.version):
        raise Late(_("Somebody acted on this claim meanwhile. Look at it again."))
    return current


def move(claim, state, what, because="", *, on=None, by, at, fields=()):
    """Saves the claim in its new state, ends the old desk's task and opens the next one's."""
    claim.state = state
    save(claim, "state", *fields)
    record(claim, what, because, on=on, by=by, at=at)
    follow(claim, because, by=by, at=at)


def follow(claim, because="", *, by, at):
    wanted = DESKS.get(claim.state, ("", "", ""))
    for kind in KINDS:
        # A review that goes up a level is another desk's, so that its task ends too.
        settle(kind, claim.pk, outcome=MOVED, result=because[:500], by=by, at=at)
    kind, level, limit = wanted
    if not kind:
        return
    days = int(limits_on(localdate(at), claim.household.county)[limit])
    open_task(
        kind, key=claim.pk, at_division=getattr(claim.household, level), role=level, days=days,
        household=claim.household, figures={"number": claim.number}, by=by, at=at,
    )  # fmt: skip


def save(claim, *fields):
    claim.version += 1
    claim.save(update_fields=[*fields, "version"])


def record(claim, what, because="", *, on=None, changes=None, by, at):
    ClaimAct.objects.create(
        claim=claim, what=what, state=claim.state, amount=claim.amount, on=on,
        changes=changes or {}, because=because.strip()[:400], by=by, at=at,
    )  # fmt: skip


def reasoned(because, sentence, field="because"):
    """The reason, which is given and holds no number of a person."""
    if not because.strip():
        raise InsuranceRefusal(sentence, field)
    if told := number_typed(because):
        raise InsuranceRefusal(told, field)
    return because.strip()


def took_part(claim, by):
    """Whether somebody behind ``by`` opened the claim or passed it on at another step."""
    return ClaimAct.objects.others_steps_of(by, claim.state).filter(claim=claim).exists()
