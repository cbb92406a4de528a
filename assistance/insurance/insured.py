"""Who is insured, by which policy, and how much is left for a household (GZ 4.4.3).

Insured are 非贫低收入户 and 非高标准脱贫户: edge households and those in a sudden difficulty,
intervention targets, general households of low income, and exited ones that are not independent.
What an income is low, and that the registered poor are helped by other means, is **default**.
"""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.funds.limits import limits_on
from assistance.models import InsuranceClaim, InsurancePolicy
from assistance.models.insurance import GRANTED, OVER
from assistance.spending import standing_on
from households.dossier import incomes_of, people
from households.models.choices import ExitedClass, Status

CLAUSE = "GZ 4.4.3"
LOW_INCOME = {Status.EDGE, Status.EDGE_CLEARED, Status.SUDDEN, Status.INTERVENTION}
POOR = {Status.POOR, Status.RETURNED, Status.NEWLY_POOR}
OUTSIDE_POLICY = gettext_lazy(
    "No insurance policy of the county holds on the day of the event (GZ 4.4.3)."
)


@dataclass(frozen=True)
class Guard:
    """A condition of a claim: ``state`` ok, no or ask, as the component of guards shows it."""

    state: str
    sentence: str | Promise
    evidence: str = ""
    field: str = ""
    clause: str = CLAUSE


def policy_on(household, day):
    """The policy of the household's county that holds on the day, or None."""
    held = InsurancePolicy.objects.filter(division=household.county_id)
    return held.filter(starts_on__lte=day, ends_on__gte=day).first()


def range_refusal(household, day):
    """Why the household is not among the insured on a day; blank when it is."""
    standing = standing_on(household, day)
    if standing.status in POOR:
        return _(
            "Insured are low-income households that are not poor and exited ones; a registered poor"
            " household is helped by plan and relief (GZ 4.4.3)."
        )
    if standing.status == Status.EXITED:
        if standing.exited_class != ExitedClass.INDEPENDENT:
            return ""
        return _("An independent exited household is of high standard and not insured (GZ 4.4.3).")
    if standing.status in LOW_INCOME:
        return ""
    return _income_refusal(household, day)


def _income_refusal(household, day):
    """Of a general household: by the income on record of the window that ended before the day."""
    most = limits_on(day, household.county)["insured_income"]
    known = [row for row in incomes_of(household, people(household)) if row.per_head is not None]
    known = [row for row in known if row.statement.window_to <= day]
    if not known:
        return _(
            "No income of this general household is on record before the event, so nobody knows"
            " whether it is of low income. Record its income first (GZ 4.4.3)."
        )
    head = known[0].per_head
    if head < most:
        return ""
    words = _(
        "A general household is insured with a per-capita net income under %(most)s yuan; this one"
        " has %(head)s yuan (GZ 4.4.3)."
    )
    return words % {"most": f"{most:,.0f}", "head": f"{head:,.2f}"}


def doubled(household, *, peril, happened_on, member=None, event=None, besides=None):
    """The open or paid claim for the same event, or None. One for the whole household is also
    one for each of its members."""
    others = InsuranceClaim.objects.filter(household=household).exclude(state__in=OVER)
    others = others.exclude(pk=besides.pk if besides else None)
    if event and (found := others.filter(event=event).first()):
        return found
    for other in others.filter(peril=peril, happened_on=happened_on):
        if member is None or other.member_id in (None, member.pk):
            return other
    return None


def left_of(policy, household, besides=None):
    """What the household may still get of the policy, in yuan."""
    granted = InsuranceClaim.objects.filter(
        policy=policy, household=household, state__in=GRANTED
    ).exclude(pk=besides.pk if besides else None)
    return policy.cap - (granted.aggregate(sum=Sum("amount"))["sum"] or 0)
