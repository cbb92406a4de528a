"""The way of a claim as steps: who has done which, and where it is."""

from django.utils.translation import pgettext

from assistance.models import ClaimState, ClaimWhat

ORDER = (
    ClaimState.PREPARED,
    ClaimState.TOWNSHIP,
    ClaimState.COUNTY,
    ClaimState.INSURER,
    ClaimState.ACCEPTED,
)
# The act by which each step was left, and the state after it.
DONE = {
    ClaimState.PREPARED: (ClaimWhat.SUBMITTED, ClaimState.TOWNSHIP),
    ClaimState.TOWNSHIP: (ClaimWhat.PASSED, ClaimState.COUNTY),
    ClaimState.COUNTY: (ClaimWhat.PASSED, ClaimState.INSURER),
    ClaimState.INSURER: (ClaimWhat.ACCEPTED, ClaimState.ACCEPTED),
    ClaimState.ACCEPTED: (ClaimWhat.PAID, ClaimState.PAID),
}


def steps_of(claim, acts):
    names = dict(
        zip(
            ORDER,
            (
                pgettext("insurance claim", "village prepares"),
                pgettext("insurance claim", "township reviews"),
                pgettext("insurance claim", "county reviews"),
                pgettext("insurance claim", "insurer decides"),
                pgettext("insurance claim", "insurer pays"),
            ),
            strict=True,
        )
    )
    return [_step(claim, acts, at, names[at]) for at in ORDER]


def _step(claim, acts, at, name):
    last = next((act for act in reversed(acts) if (act.what, act.state) == DONE[at]), None)
    if claim.state == at:
        return {"name": name, "state": "now", "note": ""}
    if not last or not _is_behind(claim, acts, at):
        return {"name": name, "state": "", "note": ""}
    return {"name": name, "state": "done", "note": last.by.signature}


def _is_behind(claim, acts, at):
    """Not so after a return, until the step is done again."""
    reached = claim.state
    if reached == ClaimState.PAID:
        return True
    if reached not in ORDER:  # refused or withdrawn: as far as it came
        before = next((act for act in reversed(acts) if act.state in ORDER), None)
        reached = before.state if before else ClaimState.PREPARED
    return ORDER.index(at) < ORDER.index(reached)
