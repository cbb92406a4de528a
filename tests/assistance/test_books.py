"""Books balance after random acts: the fund against a plain sum kept beside it."""

import os
from decimal import Decimal
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from assistance.funds.booking import books_agree, reverse_deposit
from assistance.funds.granting import refuse_grant, sign_grant, withdraw_grant
from assistance.funds.paying import pay_each, pay_grant, reverse_grant
from assistance.funds.refusals import FundRefusal
from assistance.funds.urgent import file_relief, relieve_at_once
from assistance.models import Entry, Grant, GrantState
from duties.models import Task
from tests.assistance.money import asked, fund_of, give, in_charge
from tests.cast import NOW

STEPS_OF_A_RUN = 40
STEPS = int(os.environ.get("FUND_MACHINE_STEPS", "800"))
YUAN = st.decimals("0.01", "4000", places=2)
papers = count(1)


class Books(RuleBasedStateMachine):
    """``money``: what should be in the fund; ``deposits``: entry -> whether it was booked back."""

    cast = None

    def __init__(self):
        super().__init__()
        self.mark = transaction.savepoint()
        self.fund, self.home = fund_of(self.cast), in_charge(self.cast)
        self.money, self.deposits, self.states = Decimal(0), {}, {}

    def teardown(self):
        transaction.savepoint_rollback(self.mark)

    def tried(self, act):
        """Whether it was done; what is refused leaves nothing behind."""
        try:
            with transaction.atomic():
                return act() or True
        except FundRefusal:
            return False

    def grant(self, n):
        return Grant.objects.get(pk=list(self.states)[n % len(self.states)])

    @rule(yuan=YUAN)
    def gives(self, yuan):
        entry = give(self.fund, self.cast.county, yuan, paper=f"收字{next(papers)}号")
        self.deposits[entry] = False
        self.money += yuan

    @precondition(lambda self: self.deposits)
    @rule(n=st.integers(0, 99))
    def takes_a_deposit_back(self, n):
        entry = list(self.deposits)[n % len(self.deposits)]
        may = not self.deposits[entry] and self.money >= entry.amount
        said = {"because": "误录", "by": self.cast.county, "at": NOW}
        assert bool(self.tried(lambda: reverse_deposit(entry, **said))) == may
        if may:
            self.deposits[entry] = True
            self.money -= entry.amount

    @rule(yuan=YUAN)
    def applies(self, yuan):
        grant = asked(self.home, self.fund, self.cast.assigned, yuan)
        self.states[grant.pk] = ["applied", 0, yuan > 3000]

    @precondition(lambda self: self.states)
    @rule(n=st.integers(0, 99), who=st.sampled_from(["village", "township", "county", "assigned"]))
    def signs(self, n, who):
        grant = self.grant(n)
        state = self.states[grant.pk]
        turn = ["village", "township", "county"][: 3 if state[2] else 2]
        may = state[0] == "applied" and turn[state[1]] == who
        by, seen = getattr(self.cast, who), grant.version
        assert bool(self.tried(lambda: sign_grant(grant, seen_version=seen, by=by, at=NOW))) == may
        if may:
            state[1] += 1
            state[0] = "approved" if state[1] == len(turn) else "applied"

    @precondition(lambda self: self.states)
    @rule(n=st.integers(0, 99), act=st.sampled_from([refuse_grant, withdraw_grant]))
    def gives_up(self, n, act):
        grant = self.grant(n)
        state = self.states[grant.pk]
        turn = ["village", "township", "county"]
        by = self.cast.assigned if act is withdraw_grant else getattr(self.cast, turn[state[1] % 3])
        may = state[0] == "applied" or (act is withdraw_grant and state[0] == "approved")
        may = may and not (act is withdraw_grant and state[0] == "paid at once")
        said = {"because": "不再需要", "seen_version": grant.version, "by": by, "at": NOW}
        assert bool(self.tried(lambda: act(grant, **said))) == may
        if may:
            state[0] = "given up"

    @precondition(lambda self: self.states)
    @rule(n=st.integers(0, 99))
    def pays(self, n):
        grant = self.grant(n)
        state = self.states[grant.pk]
        may = state[0] == "approved" and self.money >= grant.amount
        assert bool(self.tried(lambda: pay_grant(grant, by=self.cast.county, at=NOW))) == may
        if may:
            state[0] = "paid"
            self.money -= grant.amount

    @rule()
    def pays_all(self):
        ready = [pk for pk, state in self.states.items() if state[0] == "approved"]
        rows = list(Grant.objects.filter(pk__in=ready).order_by("pk"))
        run = pay_each(rows, by=self.cast.county, at=NOW)
        for grant in rows:
            if grant.amount <= self.money:
                self.money -= grant.amount
                self.states[grant.pk][0] = "paid"
        assert {grant.pk for grant in run.paid} == {
            pk for pk in ready if self.states[pk][0] == "paid"
        }

    @precondition(lambda self: self.states)
    @rule(n=st.integers(0, 99))
    def books_back(self, n):
        grant = self.grant(n)
        state = self.states[grant.pk]
        may = state[0] in ("paid", "paid at once")
        said = {"because": "退回", "seen_version": grant.version, "by": self.cast.county, "at": NOW}
        assert bool(self.tried(lambda: reverse_grant(grant, **said))) == may
        if may:
            state[0] = "paid back"
            self.money += grant.amount

    @rule(yuan=YUAN)
    def relieves(self, yuan):
        made = self.tried(
            lambda: relieve_at_once(
                self.home, fund=self.fund, amount=yuan, need="accident", words="急用",
                by=self.cast.county, at=NOW,
            )
        )  # fmt: skip
        assert bool(made) == (yuan <= 2000 and yuan <= self.money)
        if made:
            self.states[made[0].pk] = ["paid at once", 0, False]
            self.money -= yuan

    @precondition(lambda self: self.states)
    @rule(n=st.integers(0, 99))
    def files(self, n):
        grant = self.grant(n)
        state = self.states[grant.pk]
        may = state[0] == "paid at once"
        said = {"paper": "备1", "seen_version": grant.version, "by": self.cast.county, "at": NOW}
        assert bool(self.tried(lambda: file_relief(grant, **said))) == may
        if may:
            state[0] = "paid"

    @invariant()
    def the_books_are_right(self):
        assert self.fund.cash == self.money >= 0
        assert books_agree(self.fund)
        assert sum(self.fund.accounts.values_list("balance", flat=True)) == 0
        paid = {pk for pk, state in self.states.items() if state[0] in ("paid", "paid at once")}
        assert set(Grant.objects.filter(state=GrantState.PAID).values_list("pk", flat=True)) == paid
        running = Decimal(0)
        for entry in Entry.objects.filter(fund=self.fund).order_by("number"):
            running += entry.amount if entry.inward else -entry.amount
            assert entry.cash_after == running
        unfiled = sum(state[0] == "paid at once" for state in self.states.values())
        assert Task.objects.open().count() == unfiled


def test_books_balance_after_random_acts(cast):
    # Made before the first run, which takes back what it made.
    assert all((cast.county, cast.township, cast.village, cast.assigned))
    machine = type("BooksHere", (Books,), {"cast": cast})
    run_machine(
        machine,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_OF_A_RUN), stateful_step_count=STEPS_OF_A_RUN,
            deadline=None, suppress_health_check=list(HealthCheck), database=None,
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_balance_that_was_changed_by_hand_is_noticed(cast):
    fund = fund_of(cast, 100)
    assert books_agree(fund)
    fund.accounts.filter(kind="cash").update(balance=101)
    assert not books_agree(fund)
