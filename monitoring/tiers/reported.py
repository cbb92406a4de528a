"""What a visit reports that may change a tier, noted when the visit is stored (LA 2.1.2).

A visit may arrive days later from a phone without network: what it reported is written down in its
own transaction and looked at right after, by ``adjusting.py``.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from households.findings import ASSURANCES
from households.visiting import also_takes_visits
from monitoring.models import ReportedChange
from monitoring.tiers.adjusting import adjust

EVENT, ASSURANCE, RISK, PEOPLE, FACTS = "event", "assurance", "risk", "people", "facts"
WORDS = {
    EVENT: _("something befell the family, or was found resolved"),
    ASSURANCE: _("an assurance or the water is secure no longer, or again"),
    RISK: _("another risk"),
    PEOPLE: _("somebody came or left"),
    FACTS: _("facts of the register changed"),
}


@also_takes_visits
def take_up(visit, findings, at):
    what = reported_by(visit, findings)
    if what:
        change = ReportedChange.objects.create(visit=visit, what=what, arrived_at=at)
        # A visit never fails for this; what is not looked at now the calendar finds.
        mine = ReportedChange.objects.filter(pk=change.pk)
        transaction.on_commit(lambda: adjust(mine, at=at), robust=True)


def reported_by(visit, findings):
    """Codes of what the visit found otherwise than it was known before; [] for nothing."""
    if visit.unchanged:
        return []
    turned = _turned(visit)
    told = any(event.get("causes_risk") is not False for event in findings.events)
    found = {
        EVENT: told or findings.judged or findings.resolved,
        ASSURANCE: turned & set(ASSURANCES),
        RISK: "other_risk" in turned,
        PEOPLE: findings.joined or findings.left or findings.new_head,
        FACTS: findings.household or any(findings.members.values()),
    }
    return [code for code, there in found.items() if there]


def _turned(visit):
    """The answers that are not those of the visit before. Secure where nobody had looked is no
    change; not looked at says nothing."""
    names = (*ASSURANCES, "other_risk")
    said = {name: getattr(visit, name) for name in names if getattr(visit, name)}
    if not said:
        return set()
    earlier = visit.household.visits.filter(visited_on__lte=visit.visited_on)
    before = earlier.exclude(pk=visit.pk).values(*names).first() or dict.fromkeys(names, "")
    usual = {name: before[name] or "secure" for name in ASSURANCES}
    return {name for name, now in said.items() if now != usual.get(name, before[name])}
