"""Two officers at once and double clicks: each act of insurance has one effect."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from assistance.funds.refusals import FundRefusal
from assistance.insurance.claims import submit_claim
from assistance.insurance.deciding import take_back
from assistance.insurance.premiums import pay_premium, take_back_premium
from assistance.insurance.reviewing import pass_on_claim, refuse_claim
from assistance.models import ClaimAct, InsuranceClaim, InsurancePolicy, Measure, PremiumPayment
from duties.models import Task
from tests.assistance.insured import accepted, brought, opened, paid, policy_of, ready
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def at_once(*acts):
    """What each gave, in threads with connections of their own that begin together."""
    barrier = Barrier(len(acts))

    def work(act):
        try:
            barrier.wait(timeout=30)
            act()
            return "done"
        except FundRefusal as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def test_four_open_a_claim_for_one_event(cast):
    policy_of(cast)
    home, other = cast.family(), cast.family()
    acts = [lambda by=by: opened(home, by) for by in (cast.village, cast.township) * 2]
    answers = at_once(*acts, lambda: opened(other, cast.village))
    refused = [said for said in answers if said != "done"]
    assert len(refused) == 3 and all("GZ 4.4.3" in said for said in refused)
    numbers = InsuranceClaim.objects.values_list("number", flat=True)
    assert sorted(numbers) == ["I-341524-2020-00001", "I-341524-2020-00002"]
    assert Task.objects.filter(kind="claim_mending").count() == 2


def test_each_step_twice_at_once_is_done_once(cast):
    policy_of(cast)
    home = cast.family()
    claim = ready(home, cast.village)
    said = {"seen_version": 2, "at": NOW}
    twice = [lambda: submit_claim(claim, by=cast.village, **said)] * 2
    assert at_once(*twice).count("done") == 1
    other = cast.post("township", "341524105000")
    said["seen_version"] = 3
    acts = [lambda by=by: pass_on_claim(claim, by=by, **said) for by in (cast.township, other)]
    assert at_once(*acts).count("done") == 1
    claim.refresh_from_db()
    claim = pass_on_claim(claim, seen_version=4, by=cast.county, at=NOW)
    refuse = {"because": "酒驾", "clause": "第8条", "seen_version": 5, "at": NOW}
    answers = at_once(
        lambda: accepted(cast, claim, 9_000), lambda: refuse_claim(claim, by=cast.county, **refuse)
    )
    assert answers.count("done") == 1
    assert ClaimAct.objects.filter(what__in=["accepted", "refused"]).count() == 1


def test_a_payout_is_paid_once_and_taken_back_once(cast):
    policy_of(cast)
    claim = brought(cast, cast.family(), "accepted")
    assert at_once(*[lambda: paid(cast, claim)] * 4).count("done") == 1
    assert Measure.objects.count() == 1
    claim.refresh_from_db()
    back = {"because": "退回", "seen_version": claim.version, "by": cast.county, "at": NOW}
    assert at_once(*[lambda: take_back(claim, **back)] * 2).count("done") == 1
    assert Measure.objects.get().result == "mistake"


def test_two_claims_of_a_household_do_not_share_what_is_left(cast):
    policy_of(cast, cap=Decimal(20_000))
    home = cast.family()
    claims = [brought(cast, home, "insurer", peril=peril) for peril in ("accident", "illness")]
    answers = at_once(*[lambda c=claim: accepted(cast, c, 15_000) for claim in claims])
    assert answers.count("done") == 1 and any("5,000.00" in said for said in answers)


def test_a_premium_is_never_paid_over_its_part(cast):
    policy = policy_of(cast)
    said = {"payer": "county", "amount": Decimal(2_000_000), "paid_on": TODAY, "paper": "1"}
    acts = [lambda: pay_premium(policy, **said, by=cast.county, at=NOW)] * 4
    assert at_once(*acts).count("done") == 1
    row = PremiumPayment.objects.get()
    back = [lambda: take_back_premium(row, because="重复", by=cast.county, at=NOW)] * 2
    assert at_once(*back).count("done") == 1


def test_the_same_policy_sent_twice_at_once_is_one(cast):
    sent = uuid4()
    assert at_once(*[lambda: policy_of(cast, client_id=sent)] * 3) == ["done"] * 3
    assert InsurancePolicy.objects.count() == 1
