"""What policies cost and what they paid: payouts to premium 赔付率, and who was helped.

Counted are payouts on record. The ratio is that of the whole premium of the year, paid or owed, so
that it does not fall when a city is late. Persons helped: the member a claim is for, or all who
live in the household; each once, however many claims.
"""

from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q, Sum

from assistance.models import ClaimState, InsuranceClaim, PremiumPayment
from assistance.models.insurance import OVER

_PERSONS = """
SELECT c.policy_id, count(DISTINCT m.id)
FROM assistance_insuranceclaim c
JOIN households_member m ON m.household_id = c.household_id AND (
  m.id = c.member_id OR c.member_id IS NULL AND m.left_on IS NULL)
WHERE c.state = 'paid' AND c.policy_id = ANY (%s)
GROUP BY 1
"""
PAID = Q(state=ClaimState.PAID)


def with_figures(policies):
    """Gives each policy what was paid for it and by it; as many queries for one as for fifty."""
    ids = [policy.pk for policy in policies]
    payments = PremiumPayment.objects.filter(policy__in=ids, taken_back_at=None).order_by()
    paid = dict(payments.values_list("policy").annotate(sum=Sum("amount")))
    claims = InsuranceClaim.objects.filter(policy__in=ids).order_by().values("policy")
    counted = {
        row["policy"]: row
        for row in claims.annotate(
            all=Count("id"),
            open=Count("id", filter=~Q(state__in=[*OVER, ClaimState.PAID])),
            refused=Count("id", filter=Q(state=ClaimState.REFUSED)),
            paid=Count("id", filter=PAID),
            payout=Sum("amount", filter=PAID),
            homes=Count("household", filter=PAID, distinct=True),
        )
    }
    helped = _persons(ids)
    for policy in policies:
        row = counted.get(policy.pk, {})
        policy.paid_in = paid.get(policy.pk) or Decimal(0)
        policy.left_in = policy.premium - policy.paid_in
        policy.payout = row.get("payout") or Decimal(0)
        policy.ratio = ratio_of(policy.payout, policy.premium)
        for name in ("all", "open", "refused", "paid", "homes"):
            setattr(policy, f"claims_{name}", row.get(name, 0))
        policy.people = helped.get(policy.pk, 0)
    return policies


def _persons(ids):
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS, [ids])
        return dict(cursor.fetchall())


def ratio_of(payout, premium):
    """Per cent with one decimal; None without a premium."""
    return round(100 * payout / premium, 1) if premium else None


def totals(policies):
    """The policies together."""
    names = ("premium", "paid_in", "payout", "persons", "people")
    names += ("claims_all", "claims_open", "claims_paid", "claims_homes")
    found = {name: sum(getattr(policy, name) for policy in policies) for name in names}
    return found | {"ratio": ratio_of(found["payout"], found["premium"])}
