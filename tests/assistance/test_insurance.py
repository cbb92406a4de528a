"""Insurance against poverty (GZ 4.4.3): policies, premiums, who is insured, a claim's way."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import translation

from assistance.answering import unanswered
from assistance.checks import MeasureRefusal
from assistance.funds.budgets import budget_of
from assistance.funds.limits import limits_on, set_limit
from assistance.insurance.claims import (
    add_claim_paper,
    change_claim,
    check_home,
    open_claim,
    remove_claim_paper,
    submit_claim,
    withdraw_claim,
)
from assistance.insurance.deciding import take_back
from assistance.insurance.guards import guards_of
from assistance.insurance.policies import change_policy, enter_policy
from assistance.insurance.premiums import pay_premium, take_back_premium
from assistance.insurance.ratio import with_figures
from assistance.insurance.refusals import InsuranceRefusal, Late
from assistance.insurance.reviewing import pass_on_claim, refuse_claim, return_claim
from assistance.models import (
    ClaimAct,
    InsuranceClaim,
    InsurancePolicy,
    Measure,
    Payer,
    PremiumPayment,
)
from assistance.planning import resume_measure
from duties.chasing import chase_tasks
from duties.models import Task
from households.models import Event
from households.register import record_household
from monitoring.papers.handbook import handbook_of
from tests.assistance.insured import (
    FACTS,
    HAPPENED,
    accepted,
    brought,
    later,
    opened,
    paid,
    policy_of,
    ready,
    with_bill,
)
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def home(cast):
    return cast.family(in_charge=cast.assigned.officer)


def refused(act, *args, **said):
    with pytest.raises(InsuranceRefusal) as refusal:
        act(*args, **said)
    return str(refusal.value)


class TestPolicies:
    def test_the_premium_is_a_sum_and_its_parts_are_the_whole(self, cast):
        policy = policy_of(cast, premium_per_head=Decimal("99.99"), city_percent=Decimal("33.33"))
        assert policy.premium == 50_000 * Decimal("99.99")
        parts = [policy.owed_by(payer) for payer in Payer]
        assert sum(parts) == policy.premium and policy.share == 10
        assert all(part == round(part, 2) for part in parts)
        InsurancePolicy.objects.filter(pk=policy.pk).update(persons=40_000)
        policy.refresh_from_db()
        assert policy.premium == 40_000 * Decimal("99.99")

    @pytest.mark.parametrize(
        ("facts", "word"),
        [
            ({"persons": 500_001}, "farm population"),
            ({"ends_on": date(2020, 1, 1)}, "end must lie"),
            ({"starts_on": date(2019, 12, 31)}, "begins in its year"),
            ({"perils": []}, "insures against"),
            ({"city_percent": Decimal(101)}, "between 0 and 100"),
            ({"number": " "}, "number of the policy"),
            ({"words": "联系人 13866496171"}, "phone number"),
        ],
    )
    def test_what_is_mistyped_is_refused(self, cast, facts, word):
        assert word in refused(policy_of, cast, **facts)
        assert not InsurancePolicy.objects.exists()

    def test_one_policy_of_a_county_and_year_entered_by_the_county(self, cast):
        policy = policy_of(cast)
        again = FACTS | {"number": "2", "ends_on": date(2020, 3, 1)}
        assert "some of these days" in refused(enter_policy, **again, by=cast.county, at=NOW)
        other = policy_of(cast, by=cast.stranger, number="霍山1")
        assert other.division == cast.stranger.division and policy.pk != other.pk
        for post in (cast.township, cast.city, cast.province, cast.village):
            assert "county enters" in refused(policy_of, cast, by=post, number="3", year=2020)

    def test_the_same_form_twice_is_one_policy(self, cast):
        said = FACTS | {"client_id": uuid4(), "by": cast.county, "at": NOW}
        assert [enter_policy(**said)[1] for _ in range(2)] == [True, False]

    def test_it_is_corrected_until_something_hangs_on_it(self, cast, home):
        policy = policy_of(cast)
        said = {"by": cast.county, "at": NOW}
        policy = change_policy(policy, persons=60_000, seen_version=1, **said)
        assert policy.premium == 6_000_000
        with pytest.raises(Late):
            change_policy(policy, persons=1, seen_version=1, **said)
        opened(home, cast.village)
        assert "not changed any more" in refused(
            change_policy, policy, persons=1, seen_version=2, **said
        )

    def test_premiums_are_paid_by_city_and_county_up_to_their_part(self, cast):
        policy = policy_of(cast)  # 5,000,000: 30 % of the city
        said = {"paid_on": TODAY, "paper": "财支1号", "at": NOW}
        pay = lambda payer, amount, by, **more: pay_premium(  # noqa: E731
            policy, payer=payer, amount=Decimal(amount), by=by, **said, **more
        )
        once = uuid4()
        assert pay("city", 1_500_000, cast.city, client_id=once)[1] is True
        assert pay("city", 1_500_000, cast.city, client_id=once)[1] is False
        assert "0.00 yuan are left" in refused(pay, "city", 1, cast.county)
        pay("county", 3_000_000, cast.county)
        assert "500,000.00" in refused(pay, "county", 500_001, cast.county)
        for post in (cast.city, cast.stranger, cast.other_city, cast.township):
            assert "does not record" in refused(pay, "county", 1, post)
        assert with_figures([policy])[0].left_in == 500_000
        row = PremiumPayment.objects.get(payer="county")
        take_back_premium(row, because="重复录入", by=cast.county, at=NOW)
        with pytest.raises(Late):
            take_back_premium(row, because="再退", by=cast.county, at=NOW)
        assert with_figures([policy])[0].paid_in == 1_500_000
        assert "future" in refused(
            pay_premium, policy, payer="county", amount=Decimal(1), paper="1",
            paid_on=TODAY + timedelta(days=1), by=cast.county, at=NOW,
        )  # fmt: skip

    def test_the_county_may_pay_it_whole(self, cast):
        policy = policy_of(cast, city_percent=Decimal(0))
        assert policy.owed_by(Payer.COUNTY) == policy.premium
        said = {"amount": Decimal(1), "paid_on": TODAY, "paper": "1", "at": NOW}
        assert "does not record" in refused(pay_premium, policy, payer="city", by=cast.city, **said)

    def test_the_share_is_a_parameter_by_territory_and_day(self, cast):
        county = cast.county.division
        set_limit(
            name="insured_share", territory=county, since=TODAY, value=Decimal(12),
            because="县文件", by=cast.county, at=NOW,
        )  # fmt: skip
        assert limits_on(TODAY, county)["insured_share"] == 12
        assert limits_on(TODAY - timedelta(days=1), county)["insured_share"] == 10
        assert limits_on(TODAY, cast.stranger.division)["insured_share"] == 10


class TestWhoIsInsured:
    @pytest.mark.parametrize(
        ("facts", "word"),
        [
            ({"status": "exited", "exited_class": "monitored"}, ""),
            ({"status": "exited", "exited_class": "supported"}, ""),
            ({"status": "edge"}, ""),
            ({"status": "sudden"}, ""),
            ({"status": "intervention"}, ""),
            ({"status": "exited", "exited_class": "independent"}, "independent"),
            ({"status": "poor"}, "registered poor"),
            ({"status": "returned"}, "registered poor"),
        ],
    )
    def test_the_classes_of_the_document(self, cast, facts, word):
        policy_of(cast)
        home = cast.household(**facts)
        if word:
            sentence = refused(opened, home, cast.village)
            assert word in sentence and "GZ 4.4.3" in sentence
        else:
            assert opened(home, cast.village).state == "prepared"

    @pytest.mark.parametrize(
        ("wage", "word"), [(9_000, ""), (38_000, "24,200.00"), (None, "No in")]
    )
    def test_a_general_household_by_its_income_before_the_event(self, cast, wage, word):
        policy_of(cast)
        home = cast.household(status="general")
        for _ in range(2):
            cast.member(home)
        if wage is not None:
            cast.income(home, wage=wage, business=0, property=0, transfer=0, expenses=0)
            cast.income(home, wage=1, window_from=date(2020, 5, 1), window_to=date(2021, 4, 30))
        if wage == 38_000:
            home.incomes.filter(wage=38_000).update(business=10_400)
        if word:
            sentence = refused(opened, home, cast.village)
            assert word in sentence and "GZ 4.4.3" in sentence
        else:
            assert opened(home, cast.village)

    def test_the_class_of_the_day_of_the_event_counts(self, cast):
        policy_of(cast)
        home = cast.household(status="edge", since=date(2020, 1, 1))
        facts = {"status": "poor", "origin": "correction", "by": cast.county.officer, "at": NOW}
        record_household(home, on=TODAY, **facts)
        home.refresh_from_db()
        assert home.status == "poor"
        assert opened(home, cast.village, happened_on=TODAY - timedelta(days=10))
        sentence = refused(opened, home, cast.village, happened_on=TODAY, peril="illness")
        assert "registered poor" in sentence


class TestOpening:
    def test_outside_the_period_of_any_policy(self, cast, home):
        policy_of(cast)
        said = {"happened_on": date(2019, 12, 31)}
        sentence = refused(opened, home, cast.village, **said)
        assert "No insurance policy" in sentence and "GZ 4.4.3" in sentence
        assert "future" in refused(opened, home, cast.village, happened_on=date(2020, 6, 26))
        last = policy_of(
            cast, number="去年", year=2019, starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31)
        )
        assert opened(home, cast.village, **said).policy == last

    def test_what_the_policy_does_not_insure(self, cast, home):
        policy_of(cast)
        assert "does not insure" in refused(opened, home, cast.village, peril="business")

    def test_one_event_one_claim(self, cast, home):
        policy_of(cast)
        head, child = cast.member(home, name="甲"), cast.member(home, name="乙")
        first = opened(home, cast.village, member=head)
        assert first.number == "I-341524-2020-00001"
        assert first.number in refused(opened, home, cast.village, member=head)
        assert first.number in refused(opened, home, cast.village)  # the whole household
        second = opened(home, cast.village, member=child)
        assert second.number.endswith("00002")
        withdraw_claim(first, because="误报", seen_version=1, by=cast.village, at=NOW)
        assert opened(home, cast.village, member=head)
        with pytest.raises(IntegrityError), transaction.atomic():
            InsuranceClaim.objects.filter(pk=first.pk).update(state="prepared")

    def test_an_event_on_record_is_claimed_once(self, cast, home):
        policy_of(cast)
        event = Event.objects.create(
            household=home, kind="accident", happened_on=HAPPENED, recorded_at=NOW
        )
        first = opened(home, cast.village, event=event)
        other_day = {"event": event, "happened_on": TODAY, "peril": "illness"}
        assert first.number in refused(opened, home, cast.village, **other_day)

    def test_the_same_form_twice_is_one_claim(self, cast, home):
        policy_of(cast)
        said = {"client_id": uuid4()}
        assert opened(home, cast.village, **said) == opened(home, cast.village, **said)
        assert Task.objects.filter(kind="claim_mending").count() == 1
        assert "another household" in refused(opened, cast.household(), cast.village, **said)

    def test_only_at_home_and_only_by_those_who_may(self, cast, home):
        policy_of(cast)
        for post in (cast.next_village, cast.next_township):
            assert "outside" in refused(opened, home, post)
        for post in (cast.county, cast.city, cast.province, cast.auditor, cast.water):
            assert "does not open" in refused(opened, home, post)
        assert opened(home, cast.assigned)

    def test_words_hold_no_number_of_a_person(self, cast, home):
        policy_of(cast)
        said = {"words": "本人 341524201204262611 摔伤"}
        assert "resident ID" in refused(opened, home, cast.village, **said)

    def test_facts_are_changed_until_it_is_sent(self, cast, home):
        policy_of(cast)
        claim = ready(home, cast.village)
        said = {"by": cast.village, "at": NOW}
        claim = change_claim(claim, loss=Decimal(9_000), seen_version=2, **said)
        assert claim.loss == 9_000 and claim.words
        assert "No insurance policy" in refused(
            change_claim, claim, happened_on=date(2018, 1, 1), seen_version=3, **said
        )
        submit_claim(claim, seen_version=3, **said)
        assert "on its way" in refused(change_claim, claim, loss=1, seen_version=4, **said)


class TestTheWay:
    def test_papers_and_the_home_check_come_before_it_is_sent(self, cast, home):
        policy_of(cast)
        claim = opened(home, cast.village)
        said = {"by": cast.village, "at": NOW}
        assert "proves the event" in refused(submit_claim, claim, seen_version=1, **said)
        with_bill(claim, cast.village, kind="check")
        assert "proves the event" in refused(submit_claim, claim, seen_version=1, **said)
        bill = with_bill(claim, cast.village, content=b"%PDF-1.4 bill %%EOF")
        assert "Check the home" in refused(submit_claim, claim, seen_version=1, **said)
        early = {"on": HAPPENED - timedelta(days=1), "words": "x", "seen_version": 1}
        assert "after the event" in refused(check_home, claim, **early, **said)
        claim = check_home(claim, on=TODAY, words="属实", seen_version=1, **said)
        assert [guard.state for guard in guards_of(claim)] == ["ok"] * 7
        remove_claim_paper(bill, because="传错", **said)
        assert "proves the event" in refused(submit_claim, claim, seen_version=2, **said)

    def test_from_the_village_to_the_money_with_a_task_for_each_desk(self, cast, home):
        policy_of(cast)
        claim = brought(cast, home, "paid")
        ended = Task.objects.filter(household=home).order_by("id")
        assert [(t.kind, t.role, t.outcome) for t in ended] == [
            ("claim_mending", "village", "moved"),
            ("claim_review", "township", "moved"),
            ("claim_review", "county", "moved"),
            ("claim_decision", "county", "moved"),
            ("claim_payout", "county", "moved"),
        ]
        assert (claim.amount, claim.paid_on) == (12_000, TODAY)
        whats = list(ClaimAct.objects.filter(claim=claim).values_list("what", flat=True))
        assert whats == "opened paper checked submitted passed passed accepted paid".split()

    def test_nobody_reviews_what_they_opened_or_reviewed_before(self, cast, home):
        policy_of(cast)
        claim = ready(home, cast.township)
        submit_claim(claim, seen_version=2, by=cast.township, at=NOW)
        said = {"seen_version": 3, "at": NOW}
        assert "somebody else" in refused(pass_on_claim, claim, by=cast.township, **said)
        other = cast.post("township", "341524105000")
        claim = pass_on_claim(claim, by=other, **said)
        twice = cast.county
        twice.officer = other.officer
        twice.save()
        assert "somebody else" in refused(pass_on_claim, claim, by=twice, seen_version=4, at=NOW)
        assert InsuranceClaim.objects.visible_to(twice).waiting_for(twice).count() == 0

    def test_only_the_level_whose_turn_it_is(self, cast, home):
        policy_of(cast)
        claim = brought(cast, home, "township")
        for post in (cast.county, cast.next_township, cast.village, cast.city):
            sentence = refused(pass_on_claim, claim, seen_version=3, by=post, at=NOW)
            assert "Not your step" in sentence

    def test_returned_it_is_mended_and_reviewed_by_the_same(self, cast, home):
        policy_of(cast)
        claim = brought(cast, home, "county")
        claim = return_claim(claim, because="缺结算单", seen_version=4, by=cast.county, at=NOW)
        assert claim.state == "prepared"
        assert Task.objects.open().get(household=home).role == "village"
        claim = submit_claim(claim, seen_version=5, by=cast.village, at=NOW)
        waiting = InsuranceClaim.objects.visible_to(cast.township).waiting_for(cast.township)
        assert list(waiting) == [claim]
        claim = pass_on_claim(claim, seen_version=6, by=cast.township, at=NOW)
        claim = pass_on_claim(claim, seen_version=7, by=cast.county, at=NOW)
        assert claim.state == "insurer"

    def test_a_refusal_says_why_and_by_which_clause(self, cast, home):
        policy_of(cast)
        claim = brought(cast, home, "insurer")
        said = {"seen_version": claim.version, "by": cast.county, "at": NOW}
        assert "clause" in refused(refuse_claim, claim, because="酒驾", clause=" ", **said)
        assert "Say why" in refused(refuse_claim, claim, because="", clause="第8条", **said)
        claim = refuse_claim(claim, because="酒驾", clause="保单第8条", **said)
        assert (claim.state, claim.clause) == ("refused", "保单第8条")
        assert ClaimAct.objects.filter(claim=claim).last().because == "保单第8条: 酒驾"
        assert not Task.objects.open().filter(household=home).exists()
        assert opened(home, cast.village), "with new proof it may be claimed again"

    def test_the_insurance_department_decides_and_pays_what_it_was_sent(self, cast, home):
        policy_of(cast)
        insurer = cast.post("department", "341524000000", department="insurance")
        claim = brought(cast, home, "county")
        assert not InsuranceClaim.objects.visible_to(insurer).exists()
        claim = pass_on_claim(claim, seen_version=4, by=cast.county, at=NOW)
        assert InsuranceClaim.objects.visible_to(insurer).waiting_for(insurer).get() == claim
        claim = accepted(cast, claim, by=insurer)
        claim = paid(cast, claim, by=insurer)
        assert claim.measure.recorded_by == insurer
        far = cast.post("department", "341525000000", department="insurance")
        for post in (far, cast.water):
            assert not InsuranceClaim.objects.visible_to(post).exists()
            assert "records what the insurer" in refused(
                take_back, claim, because="错", seen_version=7, by=post, at=NOW
            )

    def test_late_claims_are_told_upwards(self, cast, home):
        policy_of(cast)
        brought(cast, home, "township")
        task = Task.objects.open().get(household=home)
        assert task.due_on > TODAY
        chase_tasks(at=later(30))
        task.refresh_from_db()
        assert task.escalated_to == cast.county.division


class TestThePayout:
    def test_never_above_the_loss_or_what_the_cap_leaves(self, cast, home):
        policy_of(cast, cap=Decimal(20_000))
        claim = brought(cast, home, "insurer")
        sentence = refused(accepted, cast, claim, amount="18600.01")
        assert "18,600.00" in sentence and "GZ 4.4.3" in sentence
        accepted(cast, claim, amount=18_600)
        second = brought(cast, home, "insurer", peril="illness")
        sentence = refused(accepted, cast, second, amount="1400.01")
        assert "1,400.00 yuan are left" in sentence and "GZ 4.4.3" in sentence
        second = accepted(cast, second, amount=1_400)
        third = {"peril": "disaster"}
        assert "has got all" in refused(opened, home, cast.village, **third)
        take_back(second, because="核错", seen_version=second.version, by=cast.county, at=NOW)
        assert opened(home, cast.village, **third)

    def test_it_is_money_that_the_household_received(self, cast, home):
        policy_of(cast)
        rules = [("rigid_expenditure", ("poverty_insurance",))]
        since = date(2020, 6, 1)
        claim = brought(cast, home, "accepted")
        assert unanswered(home, rules, since, TODAY) == ["rigid_expenditure"]
        claim = paid(cast, claim)
        assert unanswered(home, rules, since, TODAY) == []
        measure = Measure.objects.get(household=home)
        assert (measure.amount, measure.result, measure.ended_on) == (12_000, "done", TODAY)
        blocks = handbook_of(home, cast.village, NOW).blocks
        assert any("12,000.00" in str(vars(block)) for block in blocks)
        rows = budget_of(cast.county.division, 2020, cast.county)
        assert all(row["spent"] == 0 for row in rows), "it is the insurer's money"

    def test_the_measure_is_changed_only_by_its_claim(self, cast, home):
        policy_of(cast)
        claim = brought(cast, home, "paid")
        measure = claim.measure
        with pytest.raises(MeasureRefusal, match=claim.number):
            resume_measure(measure, because="x", seen_version=1, by=cast.county, at=NOW)
        said = {"because": "账号有误，退回", "by": cast.county, "at": NOW}
        claim = take_back(claim, seen_version=claim.version, **said)
        measure.refresh_from_db()
        assert (claim.state, measure.result) == ("accepted", "mistake")
        assert with_figures([claim.policy])[0].payout == 0
        claim = paid(cast, claim)
        assert claim.measure != measure and Measure.objects.filter(result="done").count() == 1

    def test_days_lie_in_their_order(self, cast, home):
        policy_of(cast)
        claim = brought(cast, home, "insurer")
        early = {"on": TODAY - timedelta(days=1)}
        assert "after it has the claim" in refused(accepted, cast, claim, **early)
        claim = accepted(cast, claim)
        assert "after the decision" in refused(paid, cast, claim, **early)
        assert "future" in refused(paid, cast, claim, on=TODAY + timedelta(days=1))

    def test_ratio_and_persons_helped(self, cast, home):
        policy = policy_of(cast)
        head = home.members.get(relation="head")
        brought(cast, home, "paid", member=head)
        brought(cast, home, "paid", member=head, peril="illness", amount=Decimal(8_000))
        other = cast.family()
        brought(cast, other, "paid", amount=Decimal(5_000))
        brought(cast, cast.family(), "accepted")
        (row,) = with_figures([policy])
        assert (row.payout, row.ratio) == (25_000, Decimal("0.5"))
        assert (row.claims_paid, row.claims_homes, row.people) == (3, 2, 3)
        assert (row.claims_all, row.claims_open) == (4, 1)


def test_a_claim_of_another_county_is_nowhere(cast, home):
    policy_of(cast)
    claim = brought(cast, home, "county")
    mine = InsuranceClaim.objects.visible_to
    for post in (cast.village, cast.assigned, cast.township, cast.county, cast.city, cast.auditor):
        assert mine(post).get() == claim
    for post in (cast.next_village, cast.next_township, cast.stranger, cast.other_city, cast.water):
        assert not mine(post).exists()
    seen = InsurancePolicy.objects.visible_to
    assert seen(cast.next_village).exists() and not seen(cast.stranger).exists()
    assert not seen(cast.water).exists() and not seen(cast.administrator).exists()


def test_the_same_paper_twice_is_one_and_numbers_in_names_are_masked(cast, home):
    policy_of(cast)
    claim = opened(home, cast.village)
    said = {"kind": "bill", "digest": "1", "by": cast.village, "at": NOW}
    file = lambda: ContentFile(b"x", name="a.pdf")  # noqa: E731
    paper, new = add_claim_paper(claim, file=file(), name="341524201204262611.pdf", **said)
    assert new and paper.name == "***.pdf"
    assert add_claim_paper(claim, file=file(), name="b.pdf", **said) == (paper, False)


def test_opening_needs_the_post_and_the_day(cast, home):
    policy_of(cast)
    said = {"peril": "accident", "happened_on": HAPPENED, "words": "", "loss": Decimal(1)}
    assert "Say what happened" in refused(open_claim, home, **said, by=cast.village, at=NOW)
    said |= {"words": "摔伤", "loss": Decimal(0)}
    assert "bears itself" in refused(open_claim, home, **said, by=cast.village, at=NOW)


def test_papers_are_added_where_the_claim_is_decided(cast, home):
    policy_of(cast)
    claim = brought(cast, home, "insurer")
    of_city = cast.post("department", "341500000000", department="insurance")
    with pytest.raises(InsuranceRefusal):
        with_bill(claim, of_city, kind="decision", content=b"%PDF-city")
    assert with_bill(claim, cast.county, kind="decision", content=b"%PDF-county").pk


def test_a_payment_sent_for_one_policy_is_not_that_of_another(cast):
    first = policy_of(cast)
    dates = {"starts_on": date(2021, 1, 1), "ends_on": date(2021, 12, 31)}
    second = policy_of(cast, year=2021, number="防贫2021-1", **dates)
    said = {"payer": "county", "amount": Decimal(10), "paid_on": TODAY, "paper": "付1"}
    said |= {"client_id": uuid4(), "by": cast.county, "at": NOW}
    pay_premium(first, **said)
    assert "another policy" in refused(pay_premium, second, **said)


@pytest.mark.parametrize("year", [1, 9999])
def test_a_policy_of_no_year_of_ours(cast, year):
    dates = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    assert "year from" in refused(policy_of, cast, year=year, **dates)
