"""The premium of a policy: what city and county paid of their parts, and what was taken back."""

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.typed import number_typed
from assistance.insurance.policies import keeps
from assistance.insurance.refusals import InsuranceRefusal, Late
from assistance.models import InsurancePolicy, Payer, PremiumPayment


def pays_for(post, policy):
    """Which payers' payments ``post`` records: a county both, a city its own part."""
    if keeps(post, policy):
        return [Payer.COUNTY, Payer.CITY] if policy.city_percent else [Payer.COUNTY]
    is_city = post.may("keep_insurance") and post.division_id == policy.division.city_id
    return [Payer.CITY] if is_city and policy.city_percent else []


def paid_by(policy, payer):
    rows = policy.payments.filter(payer=payer, taken_back_at=None)
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


@transaction.atomic
def pay_premium(policy, *, payer, amount, paid_on, paper, client_id=None, by, at):
    """``(payment, stored now)``. City and county never pay more than their part."""
    policy = InsurancePolicy.objects.select_for_update().get(pk=policy.pk)
    if payer not in pays_for(by, policy):
        raise InsuranceRefusal(_("Your post does not record what this payer paid."), "payer")
    if client_id and (stored := PremiumPayment.objects.filter(client_id=client_id).first()):
        if stored.policy_id != policy.pk:
            raise InsuranceRefusal(_("This payment is already stored for another policy."))
        return stored, False
    if amount <= 0:
        raise InsuranceRefusal(_("Enter an amount."), "amount")
    if not paper.strip():
        raise InsuranceRefusal(_("Give the number of the paper."), "paper")
    if paid_on > timezone.localdate(at):
        raise InsuranceRefusal(_("The day lies in the future."), "paid_on")
    left = policy.owed_by(payer) - paid_by(policy, payer)
    if amount > left:
        words = _("Of the part of the %(payer)s %(left)s yuan are left to pay.")
        said = {"payer": Payer(payer).label, "left": f"{left:,.2f}"}
        raise InsuranceRefusal(words % said, "amount")
    said = {"client_id": client_id} if client_id else {}
    return PremiumPayment.objects.create(
        policy=policy, payer=payer, amount=amount, paid_on=paid_on, paper=paper.strip(),
        recorded_by=by, recorded_at=at, **said,
    ), True  # fmt: skip


@transaction.atomic
def take_back_premium(payment, *, because, by, at):
    """Of several at once the first has the effect."""
    if payment.payer not in pays_for(by, payment.policy):
        raise InsuranceRefusal(_("Your post does not record what this payer paid."))
    if not because.strip():
        raise InsuranceRefusal(_("Say why it is taken back."), "because")
    if sentence := number_typed(because):
        raise InsuranceRefusal(sentence, "because")
    taken = PremiumPayment.objects.filter(pk=payment.pk, taken_back_at=None).update(
        taken_back_by=by, taken_back_at=at, taken_back_because=because.strip()[:200]
    )
    if not taken:
        raise Late(_("This payment is taken back already."))
