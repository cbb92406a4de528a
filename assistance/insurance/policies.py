"""Acts on policies: entered by the county, corrected while nothing hangs on them."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.typed import number_typed
from assistance.insurance.refusals import InsuranceRefusal, Late
from assistance.models import InsurancePolicy, Peril

FACTS = (
    *("year", "number", "insurer", "starts_on", "ends_on", "farm_population", "persons"),
    *("premium_per_head", "city_percent", "cap", "perils", "words"),
)

YEARS = range(2015, 2101)


def keeps(post, policy):
    """The county its own policy."""
    return (
        post.may("keep_insurance")
        and post.division.level == Level.COUNTY
        and post.division_id == policy.division_id
    )


@transaction.atomic
def enter_policy(*, client_id=None, by, at, **facts):
    """``(policy, stored now)``. The county buys it; the same ``client_id`` again is the same."""
    if not by.may("keep_insurance") or by.division.level != Level.COUNTY:
        raise InsuranceRefusal(_("The county enters its own insurance policy (GZ 4.4.3)."))
    # Two at once come one after another: the second finds the first.
    Division.objects.select_for_update(no_key=True).get(pk=by.division_id)
    if client_id and (stored := InsurancePolicy.objects.filter(client_id=client_id).first()):
        return _same(stored, by)
    policy = InsurancePolicy(division=by.division, entered_by=by, entered_at=at, **facts)
    if client_id:
        policy.client_id = client_id
    _check(policy)
    _store(policy, force_insert=True)
    policy.refresh_from_db()
    return policy, True


def _same(stored, by):
    if stored.division_id != by.division_id:
        raise InsuranceRefusal(_("This policy is already stored for another county."))
    return stored, False


@transaction.atomic
def change_policy(policy, *, seen_version, by, at, **facts):
    """Corrects what was mistyped, until a premium is paid or a claim is opened."""
    current = InsurancePolicy.objects.select_for_update().get(pk=policy.pk)
    check_keeps(current, by)
    if seen_version != current.version:
        raise Late(_("Somebody changed this policy meanwhile. Look at it again."))
    if not may_change(current):
        raise InsuranceRefusal(
            _("A premium was paid or a claim opened by this policy; it is not changed any more.")
        )
    for name in FACTS:
        setattr(current, name, facts.get(name, getattr(current, name)))
    current.version += 1
    _check(current)
    _store(current, update_fields=[*FACTS, "version"])
    current.refresh_from_db()
    return current


def may_change(policy):
    paid = policy.payments.filter(taken_back_at=None).exists()
    return not paid and not policy.claims.exists()


def _store(policy, **how):
    try:
        with transaction.atomic():
            policy.save(**how)
    except IntegrityError:
        if InsurancePolicy.objects.filter(number=policy.number).exclude(pk=policy.pk).exists():
            words = _("A policy with this number is on record already.")
            raise InsuranceRefusal(words, "number") from None
        words = _("%(place)s has a policy for this year already.")
        raise InsuranceRefusal(words % {"place": policy.division.name}, "year") from None


def check_keeps(policy, by):
    if not keeps(by, policy):
        raise InsuranceRefusal(_("The county keeps its own insurance policy."))


def _check(policy):
    policy.number, policy.insurer = policy.number.strip(), policy.insurer.strip()
    if not policy.number or not policy.insurer:
        raise InsuranceRefusal(_("Give the number of the policy and the insurer."), "number")
    if sentence := number_typed(policy.words, policy.insurer):
        raise InsuranceRefusal(sentence, "words")
    if policy.year not in YEARS:
        said = {"first": YEARS[0], "last": YEARS[-1]}
        raise InsuranceRefusal(_("Enter a year from %(first)d to %(last)d.") % said, "year")
    if policy.ends_on <= policy.starts_on:
        raise InsuranceRefusal(_("The end must lie after the beginning."), "ends_on")
    if policy.starts_on.year != policy.year or (policy.ends_on - policy.starts_on).days > 366:
        raise InsuranceRefusal(_("A policy begins in its year and holds a year at most."), "year")
    if not 0 < policy.persons <= policy.farm_population:
        words = _("Insured are some of the farm population, not more than all of it.")
        raise InsuranceRefusal(words, "persons")
    if policy.premium_per_head <= 0 or policy.cap <= 0:
        raise InsuranceRefusal(_("Enter an amount in yuan, with two decimals at most."), "cap")
    if not 0 <= policy.city_percent <= 100:
        raise InsuranceRefusal(_("The city pays between 0 and 100 per cent."), "city_percent")
    if not policy.perils or set(policy.perils) - set(Peril):
        raise InsuranceRefusal(_("Say what the policy insures against."), "perils")
    others = InsurancePolicy.objects.filter(division=policy.division_id).exclude(pk=policy.pk)
    if others.filter(starts_on__lte=policy.ends_on, ends_on__gte=policy.starts_on).exists():
        words = _("Another policy of the county holds on some of these days.")
        raise InsuranceRefusal(words, "starts_on")
