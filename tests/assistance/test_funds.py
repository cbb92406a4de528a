"""Funds: deposits, the chain of signatures, payments, reversals, urgent relief and its filing."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.deputies import name_deputy
from accounts.reveals import reveal
from accounts.workdays import add_workdays
from assistance.funds import granting
from assistance.funds.booking import books_agree, deposit, open_fund, reverse_deposit
from assistance.funds.limits import limits_on, set_limit
from assistance.funds.paying import pay_each, pay_grant, reverse_grant
from assistance.funds.refusals import FundRefusal, Late
from assistance.funds.urgent import file_relief, relieve_at_once
from assistance.models import Account, Entry, Fund, Grant, GrantState
from duties.chasing import chase_tasks
from duties.models import Task
from households.timeline import timeline
from tests.assistance.money import (
    COUNTY,
    TOWNSHIP,
    VILLAGE,
    approved,
    asked,
    fund_of,
    give,
    in_charge,
)
from tests.cast import NOW, SHANGHAI, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def sign(grant, by, **said):
    return granting.sign_grant(grant, seen_version=grant.version, by=by, at=NOW, **said)


def pay(grant, by):
    return pay_grant(grant, seen_version=grant.version, by=by, at=NOW)


class TestDeposits:
    def test_a_deposit_is_booked_from_what_was_given_to_the_money_in_the_fund(self, cast):
        fund = fund_of(cast)
        entry = give(fund, cast.county, "1200.50")
        yuan = Decimal("1200.50")
        assert (entry.number, entry.cash_after, fund.cash) == (1, yuan, yuan)
        assert sorted(fund.accounts.values_list("balance", flat=True)) == [
            -yuan,
            0,
            yuan,
        ]
        assert books_agree(fund)

    @pytest.mark.parametrize("source", ["special", "fiscal"])
    def test_a_relief_fund_is_never_filled_from_fiscal_poverty_funds(self, cast, source):
        fund = fund_of(cast)
        with pytest.raises(FundRefusal, match=r"AH 4\.2\.3"):
            give(fund, cast.county, 100, source=source)
        for other in ("social", "collective", "other"):
            give(fund, cast.county, 100, source=other, paper=other)
        assert fund.cash == 300

    def test_sent_twice_it_is_booked_once(self, cast):
        fund = fund_of(cast)
        first = give(fund, cast.county, 100)
        again = {"source": "social", "donor": "茶叶协会", "paper": "收字1号", "on": TODAY}
        same, new = deposit(
            fund, amount=Decimal(100), client_id=first.client_id, by=cast.county, at=NOW, **again
        )
        assert (same, new, fund.cash) == (first, False, 100)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"donor": " "},
            {"paper": ""},
            {"amount": 0},
            {"amount": "-5"},
            {"amount": "1.005"},
            {"on": date(2020, 6, 26)},
            {"on": date(2019, 12, 31)},
            {"source": "relief"},
            {"source": "nothing"},
        ],
    )
    def test_what_is_not_whole_is_refused(self, cast, wrong):
        fund = fund_of(cast)
        with pytest.raises(FundRefusal):
            give(fund, cast.county, wrong.pop("amount", 5), **wrong)
        assert not Entry.objects.exists()

    def test_it_is_booked_back_once_and_only_while_the_money_is_there(self, cast):
        fund = fund_of(cast)
        entry = give(fund, cast.county, 500)
        home = in_charge(cast)
        pay(approved(home, fund, cast, 400), cast.county)
        said = {"because": "重复录入", "by": cast.county, "at": NOW}
        with pytest.raises(FundRefusal, match=r"100\.00"):
            reverse_deposit(entry, **said)
        give(fund, cast.county, 450, paper="收字2号")
        reverse_deposit(entry, **said)
        assert fund.cash == 50
        with pytest.raises(FundRefusal):
            reverse_deposit(entry, **said)
        assert books_agree(fund)

    @pytest.mark.parametrize("role", ["village", "township", "stranger", "city", "auditor"])
    def test_only_the_county_keeps_its_fund(self, cast, role):
        fund = fund_of(cast)
        with pytest.raises(FundRefusal):
            give(fund, getattr(cast, role), 100)

    def test_the_township_keeps_the_emergency_funds_of_its_villages(self, cast):
        for code in (TOWNSHIP, VILLAGE):
            fund = fund_of(cast, 100, code, by=cast.township)
            assert (fund.kind, fund.cash) == ("emergency", 100)
        for by in (cast.next_township, cast.village):
            with pytest.raises(FundRefusal):
                give(fund, by, 1)
        with pytest.raises(FundRefusal):
            fund_of(cast, code=VILLAGE, by=cast.township)  # it has one
        with pytest.raises(FundRefusal):
            open_fund(division=cast.divisions[COUNTY], name="x", on=TODAY, by=cast.township, at=NOW)
        assert Fund.objects.count() == 2

    def test_the_database_itself_refuses_what_is_overdrawn(self, cast):
        fund = fund_of(cast, 100)
        for change in ({"kind": "cash"}, {"kind": "granted"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Account.objects.filter(fund=fund, **change).update(balance=-1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(fund=fund).update(amount=-1)


class TestTheChain:
    def test_a_small_grant_needs_two_signatures_and_is_paid_by_the_county(self, cast):
        fund, home = fund_of(cast, 1000), in_charge(cast, bank_account="6217794971895478440")
        grant = asked(home, fund, cast.assigned)
        assert (grant.number, grant.large) == ("G-341524-2020-0001", False)
        with pytest.raises(FundRefusal):
            sign(grant, cast.township)  # the village signs first
        grant = sign(grant, cast.village)
        assert (grant.state, grant.waiting_level) == (GrantState.APPLIED, 4)
        with pytest.raises(FundRefusal):
            pay(grant, cast.county)
        grant = sign(grant, cast.township)
        assert (grant.state, grant.waiting_level) == (GrantState.APPROVED, None)
        grant = pay(grant, cast.county)
        assert (grant.state, grant.paid_on, fund.cash) == (GrantState.PAID, TODAY, 500)
        assert str(grant.bank_account) == "****8440"
        assert grant.bank_account.open() == "6217794971895478440"
        assert [act.what for act in grant.acts.all()] == ["applied", "signed", "signed", "paid"]

    def test_over_the_limit_of_its_day_the_county_signs_too(self, cast):
        fund, home = fund_of(cast, 9000), in_charge(cast)
        assert not asked(home, fund, cast.assigned, 3000).large
        grant = asked(home, fund, cast.assigned, "3000.01")
        grant = sign(sign(grant, cast.village), cast.township)
        assert (grant.state, grant.waiting_level) == (GrantState.APPLIED, 3)
        assert sign(grant, cast.county).state == GrantState.APPROVED

    def test_nobody_signs_what_they_applied_for_or_twice_in_any_post(self, cast):
        fund, home = fund_of(cast, 1000), cast.household()
        grant = asked(home, fund, cast.village)
        with pytest.raises(FundRefusal, match="somebody else"):
            sign(grant, cast.village)
        colleague = cast.post("village", VILLAGE)
        deputy = name_deputy(
            post=colleague, officer=cast.village.officer, since=TODAY, until=date(2020, 7, 1),
            because="出差", by=colleague, at=NOW,
        )  # fmt: skip
        with pytest.raises(FundRefusal, match="somebody else"):
            sign(grant, deputy)  # the applicant in a colleague's post
        grant = sign(grant, colleague)
        both = cast.post("township", TOWNSHIP)
        both.officer = colleague.officer
        both.save()
        with pytest.raises(FundRefusal, match="somebody else"):
            sign(grant, both)
        assert sign(grant, cast.township).state == GrantState.APPROVED

    def test_who_applied_does_not_pay(self, cast):
        fund = fund_of(cast, 1000, VILLAGE, by=cast.township)
        grant = asked(cast.household(), fund, cast.township)
        grant = sign(sign(grant, cast.village), cast.post("township", TOWNSHIP))
        with pytest.raises(FundRefusal, match="somebody else"):
            pay(grant, cast.township)
        assert pay(grant, cast.county).state == GrantState.PAID

    def test_it_is_refused_with_a_reason_or_withdrawn_by_who_applied(self, cast):
        fund, home = fund_of(cast, 1000), in_charge(cast)
        grant = asked(home, fund, cast.assigned)
        said = {"seen_version": 1, "at": NOW}
        with pytest.raises(FundRefusal):
            granting.refuse_grant(grant, because=" ", by=cast.village, **said)
        grant = granting.refuse_grant(grant, because="不属实", by=cast.village, **said)
        assert grant.state == GrantState.REFUSED
        with pytest.raises(FundRefusal):
            sign(grant, cast.township)
        grant = asked(home, fund, cast.assigned)
        with pytest.raises(FundRefusal):
            granting.withdraw_grant(grant, because="重复", by=cast.village, **said)
        grant = granting.withdraw_grant(grant, because="重复", by=cast.assigned, **said)
        assert grant.state == GrantState.WITHDRAWN

    def test_what_was_seen_before_somebody_acted_is_refused(self, cast):
        grant = asked(in_charge(cast), fund_of(cast), cast.assigned)
        sign(grant, cast.village)
        with pytest.raises(Late):
            granting.sign_grant(grant, seen_version=1, by=cast.township, at=NOW)

    def test_who_may_apply_for_whom_and_from_which_fund(self, cast):
        fund, home = fund_of(cast), cast.household()
        for role in ("next_village", "stranger", "assigned", "county", "auditor", "education"):
            with pytest.raises(FundRefusal):
                asked(home, fund, getattr(cast, role))
        next_door = fund_of(cast, code="341525000000", by=cast.stranger)
        with pytest.raises(FundRefusal, match="does not serve"):
            asked(home, next_door, cast.village)
        assert asked(home, fund, cast.village, measure=cast.measure(home)).measure
        with pytest.raises(FundRefusal):
            asked(home, fund, cast.village, measure=cast.measure(cast.household()))

    def test_an_edge_household_gets_relief_which_is_no_special_money(self, cast):
        fund, home = fund_of(cast, 1000), in_charge(cast, status="edge")
        assert pay(approved(home, fund, cast), cast.county).state == GrantState.PAID
        home = in_charge(cast, exited_class="independent")
        assert pay(approved(home, fund, cast), cast.county).state == GrantState.PAID


class TestPaying:
    def test_a_payment_comes_back_once_with_a_reason(self, cast):
        fund, home = fund_of(cast, 600), in_charge(cast)
        grant = pay(approved(home, fund, cast), cast.county)
        said = {"seen_version": grant.version, "by": cast.county, "at": NOW}
        with pytest.raises(FundRefusal):
            reverse_grant(grant, because="", **said)
        grant = reverse_grant(grant, because="账号有误，银行退回", **said)
        assert (grant.state, fund.cash) == (GrantState.REVERSED, 600)
        with pytest.raises(FundRefusal):
            reverse_grant(grant, because="再退", **(said | {"seen_version": grant.version}))
        assert [e.cash_after for e in fund.entries.order_by("number")] == [600, 100, 600]
        assert books_agree(fund)
        told = [entry.title for entry in timeline(home, cast.county)]
        assert sum("500.00" in title for title in told) == 2

    def test_many_at_once_each_for_itself(self, cast):
        fund, home = fund_of(cast, 1100), in_charge(cast)
        grants = [approved(home, fund, cast) for _ in range(3)]
        run = pay_each(grants, by=cast.county, at=NOW)
        assert ([g.pk for g in run.paid], fund.cash) == ([g.pk for g in grants[:2]], 100)
        ((left, sentence),) = run.refused
        assert left == grants[2] and "100.00" in sentence and "500.00" in sentence
        last = grants[2].acts.last()
        assert (last.what, last.because) == ("not_paid", sentence)
        assert books_agree(fund)

    def test_the_account_is_shown_with_a_reason_that_is_kept(self, cast):
        home = in_charge(cast, bank_account="6217794971895478440")
        grant = asked(home, fund_of(cast), cast.assigned)
        plain = reveal(grant, "bank_account", because="核对账号", by=cast.county, at=NOW)
        assert plain == "6217794971895478440"


class TestUrgent:
    def relieve(self, home, fund, by, amount=800, at=NOW):
        return relieve_at_once(
            home, fund=fund, amount=Decimal(amount), need="disaster", words="洪水冲毁灶房",
            by=by, at=at,
        )[0]  # fmt: skip

    def test_paid_at_once_and_on_the_list_until_it_is_filed(self, cast):
        fund = fund_of(cast, 1000, TOWNSHIP, by=cast.township)
        grant = self.relieve(cast.household(), fund, cast.township)
        assert (grant.state, grant.is_unfiled, fund.cash) == (GrantState.PAID, True, 200)
        task = Task.objects.get(kind="relief_filing")
        assert (task.at, task.role) == (cast.township.division, "township")
        assert task.due_on == add_workdays(TODAY, 10)
        late = datetime(2020, 7, 15, 8, tzinfo=SHANGHAI)
        chase_tasks(at=late)
        task.refresh_from_db()
        assert task.escalated_to == cast.county.division
        said = {"seen_version": grant.version, "by": cast.township, "at": late}
        with pytest.raises(FundRefusal):
            file_relief(grant, paper=" ", **said)
        grant = file_relief(grant, paper="汤救备〔2020〕3号", **said)
        task.refresh_from_db()
        assert (grant.is_unfiled, task.outcome, task.escalated_to) == (False, "filed", None)
        assert not Grant.objects.unfiled().exists()

    def test_for_whom(self, cast):
        fund = fund_of(cast, 9000)
        for facts in ({"status": "poor"}, {"status": "edge"}, {"exited_class": "independent"}):
            assert self.relieve(cast.household(**facts), fund, cast.county).urgent
        general = cast.household(status="general")
        with pytest.raises(FundRefusal, match=r"AH 5\.5"):
            self.relieve(general, fund, cast.county)
        cast.member(general, low_income_allowance=True)
        assert self.relieve(general, fund, cast.county).urgent

    def test_how_much_and_by_whom(self, cast):
        fund, home = fund_of(cast, 9000), cast.household()
        with pytest.raises(FundRefusal, match=r"AH 5\.5"):
            self.relieve(home, fund, cast.county, 2001)
        for role in ("village", "township", "auditor", "stranger"):
            with pytest.raises(FundRefusal):
                self.relieve(home, fund, getattr(cast, role))
        small = fund_of(cast, 100, VILLAGE, by=cast.township)
        with pytest.raises(FundRefusal, match=r"100\.00"):
            self.relieve(home, small, cast.township)
        assert not Grant.objects.exists() and not Task.objects.exists()

    def test_taken_back_it_needs_no_filing(self, cast):
        fund = fund_of(cast, 900)
        grant = self.relieve(cast.household(), fund, cast.county)
        said = {"seen_version": grant.version, "by": cast.county, "at": NOW}
        reverse_grant(grant, because="发错人", **said)
        assert Task.objects.get().outcome == "gone" and fund.cash == 900


class TestLimits:
    def test_a_county_sets_its_own_from_a_day_on(self, cast):
        said = {"because": "县文件", "by": cast.county, "at": NOW}
        said |= {"name": "small_grant", "territory": cast.county.division}
        set_limit(since=date(2020, 7, 1), value=Decimal(5000), **said)
        county = cast.county.division
        assert limits_on(date(2020, 6, 30), county)["small_grant"] == 3000
        assert limits_on(date(2020, 7, 1), county)["small_grant"] == 5000
        assert limits_on(date(2020, 7, 1), cast.stranger.division)["small_grant"] == 3000
        for wrong in (
            {"since": date(2020, 7, 1)},
            {"value": Decimal(-1)},
            {"territory": cast.city.division},
            {"name": "nothing"},
            {"because": ""},
            {"until": date(2020, 1, 1)},
        ):
            with pytest.raises(FundRefusal):
                set_limit(**({"since": date(2020, 8, 1), "value": Decimal(1)} | said | wrong))


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("village", False), ("assigned", False), ("township", False), ("county", True),
        ("stranger", False), ("city", True), ("province", True), ("auditor", True),
        ("other_city", False), ("education", False), ("administrator", False),
    ],
)  # fmt: skip
def test_the_books_of_a_county_are_read_there_and_above(cast, role, sees):
    fund = fund_of(cast, 100)
    post = getattr(cast, role)
    assert Fund.objects.visible_to(post).filter(pk=fund.pk).exists() == sees
    assert Entry.objects.visible_to(post).exists() == sees


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("village", True), ("next_village", False), ("assigned", True), ("township", True),
        ("county", True), ("stranger", False), ("city", True), ("auditor", True),
        ("education", False), ("water", False), ("administrator", False),
    ],
)  # fmt: skip
def test_grants_are_seen_with_their_household(cast, role, sees):
    grant = asked(in_charge(cast), fund_of(cast), cast.assigned)
    assert Grant.objects.visible_to(getattr(cast, role)).filter(pk=grant.pk).exists() == sees
    civil = cast.post("department", COUNTY, department="civil_affairs")
    assert not Grant.objects.visible_to(civil).exists()
    cast.member(grant.household, low_income_allowance=True)
    assert Grant.objects.visible_to(civil).exists()
