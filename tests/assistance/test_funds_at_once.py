"""Two hundred payments at once from one fund with money for a hundred: by connections of their own,
by two server processes, by the job of the page."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tokens import issue_token
from assistance.funds.booking import books_agree
from assistance.funds.paying import pay_grant, payable, reverse_grant
from assistance.funds.refusals import FundRefusal
from assistance.funds.run import ask_to_pay
from assistance.models import Entry, Grant, GrantAct, GrantState
from jobs.running import run_job
from tests.assistance.money import fund_of, in_charge
from tests.cast import NOW
from tests.monitoring.test_two_servers import ask, servers

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def ready(cast, fund, count=200):
    """Grants of one yuan each, signed already."""
    homes = [in_charge(cast) for _ in range(4)]
    return Grant.objects.bulk_create(
        Grant(
            number=f"G-341524-2020-{n:04d}", fund=fund, household=homes[n % 4], need="illness",
            words="住院", amount=1, payee="汪大山", state=GrantState.APPROVED,
            applied_by=cast.assigned, applied_at=NOW,
        )
        for n in range(1, count + 1)
    )  # fmt: skip


def each_at_once(grants, act):
    """What every call gave, in threads that have connections of their own and begin together."""
    barrier = Barrier(AT_ONCE)

    def work(mine):
        try:
            barrier.wait(timeout=30)
            return [act(grant) for grant in mine]
        finally:
            connection.close()

    shares = [grants[n::AT_ONCE] for n in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [answer for share in pool.map(work, shares) for answer in share]


def check_a_hundred_paid(fund):
    assert Grant.objects.filter(state=GrantState.PAID).count() == 100
    assert (fund.cash, Entry.objects.filter(kind="payment").count()) == (0, 100)
    assert books_agree(fund)
    after = list(fund.entries.order_by("number").values_list("number", "cash_after"))
    assert after == [(1, 100), *((n, 101 - n) for n in range(2, 102))]


def test_by_connections_of_their_own(cast):
    fund = fund_of(cast, 100)

    def pay(grant):
        try:
            return pay_grant(grant, by=cast.county, at=NOW) and "paid"
        except FundRefusal as refusal:
            return str(refusal)

    answers = each_at_once(ready(cast, fund), pay)
    assert answers.count("paid") == 100
    (sentence,) = {answer for answer in answers if answer != "paid"}
    assert fund.name in sentence and "0.00" in sentence and "1.00" in sentence
    check_a_hundred_paid(fund)


def test_the_same_payments_twice_and_their_reversals_at_once(cast):
    fund = fund_of(cast, 40)
    grants = ready(cast, fund, 20)
    doubled = [grant for grant in grants for _ in range(2)]

    def tried(act):
        def once(grant):
            try:
                return bool(act(grant))
            except FundRefusal:
                return False

        return once

    pays = tried(lambda grant: pay_grant(grant, by=cast.county, at=NOW))
    assert each_at_once(doubled, pays).count(True) == 20 and fund.cash == 20
    said = {"because": "退回", "seen_version": None, "by": cast.county, "at": NOW}
    back = tried(lambda grant: reverse_grant(grant, **said))
    assert each_at_once(doubled, back).count(True) == 20 and fund.cash == 40
    assert books_agree(fund)


def test_by_two_server_processes(cast):
    fund = fund_of(cast, 100)
    grants = ready(cast, fund)
    key = issue_token(post=cast.county, name="test")
    with servers(2) as ports:
        turns = {grant.pk: ports[n % 2] for n, grant in enumerate(grants)}

        def pay(grant):
            path = f"/api/grants/{grant.pk}/pay/"
            return ask(turns[grant.pk], "POST", path, key, {"version": 1})

        answers = each_at_once(grants, pay)
    assert [status for status, _said in answers].count(200) == 100
    refused = [said for status, said in answers if status == 422]
    assert len(refused) == 100 and all("less than 1.00" in said for said in refused)
    check_a_hundred_paid(fund)


def test_by_the_job_of_the_page_which_may_run_again(cast):
    fund = fund_of(cast, 100)
    ready(cast, fund)
    ids = list(payable(fund).values_list("id", flat=True))
    job = ask_to_pay(fund=fund, grants=ids, by=cast.county, at=timezone.now())
    run_job(job.id)
    job.refresh_from_db()
    assert job.state == "done" and "100" in job.result["sentence"]
    assert GrantAct.objects.filter(what="not_paid", because__contains="1.00").count() == 100
    check_a_hundred_paid(fund)
    again = ask_to_pay(fund=fund, grants=ids, by=cast.county, at=timezone.now())
    run_job(again.id)
    check_a_hundred_paid(fund)
