"""The reviews of a claim: township, then county, then the insurer has it (GZ 4.2.2, 4.4.3).

Nobody passes on what they opened or passed on before, whatever posts they hold.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.insurance.guards import guards_of
from assistance.insurance.moving import move, reasoned, taken, took_part
from assistance.insurance.refusals import InsuranceRefusal
from assistance.models import ClaimState, ClaimWhat
from assistance.models.insurance import REVIEWS


def turn_refusal(claim, by):
    """Why ``by`` cannot review now; blank when it can."""
    if claim.state not in REVIEWS:
        return _("This claim waits for no review.")
    home = getattr(claim.household, f"{claim.state}_id")
    if not by.may("review_claim") or by.role != claim.state or by.division_id != home:
        level = claim.get_state_display()
        return _("Not your step: the claim %(state)s.") % {"state": level}
    if took_part(claim, by):
        return _("You have opened this claim or passed it on; somebody else reviews here.")
    return ""


def _check_turn(claim, by):
    if refusal := turn_refusal(claim, by):
        raise InsuranceRefusal(refusal)


@transaction.atomic
def pass_on_claim(claim, *, because="", seen_version, by, at):
    claim = taken(claim, seen_version)
    _check_turn(claim, by)
    if lacking := [guard for guard in guards_of(claim) if guard.state != "ok"]:
        raise InsuranceRefusal(str(lacking[0].sentence))
    if because.strip():
        because = reasoned(because, "")
    goes_out = claim.state == ClaimState.COUNTY and claim.sent_at is None
    if goes_out:
        claim.sent_at = at
    fields = ["sent_at"] if goes_out else []
    move(claim, REVIEWS[claim.state], ClaimWhat.PASSED, because, by=by, at=at, fields=fields)
    return claim


@transaction.atomic
def return_claim(claim, *, because, seen_version, by, at):
    """Back to the village, to be mended. The county also takes it back from the insurer so."""
    claim = taken(claim, seen_version)
    if claim.state == ClaimState.INSURER:
        check_decides(claim, by)
    else:
        _check_turn(claim, by)
    because = reasoned(because, _("Say what is to be mended."))
    move(claim, ClaimState.PREPARED, ClaimWhat.RETURNED, because, by=by, at=at)
    return claim


@transaction.atomic
def refuse_claim(claim, *, because, clause, paper="", seen_version, by, at):
    """By the county in its review, or by the insurer; with the clause by which it is refused."""
    claim = taken(claim, seen_version)
    if claim.state == ClaimState.INSURER:
        check_decides(claim, by)
    elif claim.state == ClaimState.COUNTY:
        _check_turn(claim, by)
    else:
        raise InsuranceRefusal(_("The county or the insurer refuses a claim; return it instead."))
    because = reasoned(because, _("Say why it is refused."))
    clause = reasoned(clause, _("Cite the clause of the policy or of the document."), "clause")
    claim.clause, claim.decision_paper = clause[:60], paper.strip()
    said = f"{clause}: {because}"
    fields = ["clause", "decision_paper"]
    move(claim, ClaimState.REFUSED, ClaimWhat.REFUSED, said, by=by, at=at, fields=fields)
    return claim


def decides(claim, post):
    """The county records what the insurer says; the county's insurance department as well."""
    if not post.may("decide_claim") or post.division_id != claim.household.county_id:
        return False
    return post.role == "county" or post.department == "insurance"


def check_decides(claim, by):
    if not decides(claim, by):
        raise InsuranceRefusal(
            _("The county, or its insurance department, records what the insurer decided.")
        )
