"""Claims in the household's history. The payout itself is told as the measure that it becomes."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assistance.models import ClaimAct, ClaimWhat, InsuranceClaim
from households.timeline import Entry, also_tells

READ = (
    "what", "because", "at", "amount", "by__officer__name",
    "claim__number", "claim__peril", "claim__words",
)  # fmt: skip


@also_tells(InsuranceClaim)
def entries(household, post, limit=None):
    if not post.sees_section(InsuranceClaim.section):
        return []
    seen = InsuranceClaim.objects.visible_to(post).filter(household=household)
    acts = ClaimAct.objects.filter(claim__in=seen, what__in=TITLES).order_by("-at", "-id")
    acts = acts.select_related("claim", "by__officer").only(*READ)
    return [_told(act) for act in acts[:limit]]


TITLES = {
    ClaimWhat.OPENED: lambda: _("Insurance claim %(number)s opened: %(peril)s"),
    ClaimWhat.ACCEPTED: lambda: _("Insurance claim %(number)s accepted: %(amount)s yuan"),
    ClaimWhat.REFUSED: lambda: _("Insurance claim %(number)s refused"),
    ClaimWhat.TAKEN_BACK: lambda: _("Insurance claim %(number)s: decision or payout taken back"),
    ClaimWhat.WITHDRAWN: lambda: _("Insurance claim %(number)s withdrawn"),
}


def _told(act):
    claim = act.claim
    said = {"number": claim.number, "peril": claim.get_peril_display()}
    said["amount"] = f"{act.amount or 0:,.2f}"
    opened = act.what == ClaimWhat.OPENED
    return Entry(
        on=localdate(act.at),
        at=act.at,
        title=TITLES[act.what]() % said,
        who=act.by.officer.name,
        words=claim.words if opened else "",
        because="" if opened else act.because,
    )
