"""A fund is closed empty, or passes on what is in it; then it accepts nothing (decision 70)."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from assistance.funds.booking import books_agree, deposit, open_fund, reverse_deposit
from assistance.funds.closing import close_fund
from assistance.funds.paying import pay_grant, reverse_grant
from assistance.funds.refusals import FundRefusal, Late
from assistance.funds.urgent import relieve_at_once
from assistance.models import Entry, Fund
from tests.assistance.money import TOWNSHIP, VILLAGE, approved, fund_of, give, in_charge
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def close(fund, by, **said):
    said = {"because": "两个基金合并"} | said
    return close_fund(fund, **said, by=by, at=NOW)


@pytest.fixture
def pair(cast):
    """The township's fund with 700 yuan, and the county's with 1,000."""
    return fund_of(cast, 700, code=TOWNSHIP, by=cast.township), fund_of(cast, 1000)


def refusal(act, *args, **said):
    with pytest.raises(FundRefusal) as refused:
        act(*args, **said)
    return str(refused.value)


def test_an_empty_fund_is_closed_with_a_reason(cast):
    fund = fund_of(cast)
    assert "Say why" in refusal(close, fund, cast.county, because=" ")
    closed = close(fund, cast.county)
    assert (closed.closed_on, closed.closed_by, closed.successor) == (TODAY, cast.county, None)
    assert fund_of(cast).pk != fund.pk, "the county opens a new one"


def test_what_is_in_it_goes_to_its_successor(cast, pair):
    fund, county = pair
    assert "Name the fund" in refusal(close, fund, cast.township)
    assert "number of the decision" in refusal(close, fund, cast.township, successor=county)
    close(fund, cast.township, successor=county, paper="乡字7号")
    assert (fund.cash, county.cash) == (0, 1700)
    out, into = Entry.objects.filter(kind="transfer").order_by("fund_id")
    assert (out.fund, out.inward, out.cash_after) == (fund, False, 0)
    assert (into.fund, into.inward, into.donor) == (county, True, fund.name)
    assert out.amount == into.amount == 700 and out.paper == into.paper == "乡字7号"
    assert books_agree(fund) and books_agree(county)
    assert into.from_account.source == "relief"


def test_only_an_open_fund_of_the_county_succeeds(cast, pair):
    fund, county = pair
    elsewhere = open_fund(
        division=cast.stranger.division, name="救助基金", on=TODAY, by=cast.stranger, at=NOW
    )
    for other in (elsewhere, fund):
        said = {"successor": other, "paper": "1"}
        assert "same county" in refusal(close, fund, cast.township, **said)
    close(county, cast.county, successor=fund, paper="1")
    assert "same county" in refusal(close, fund, cast.township, successor=county, paper="1")


def test_whoever_does_not_keep_it_does_not_close_it(cast, pair):
    fund, _county = pair
    for role in ("village", "city", "auditor", "stranger", "next_township"):
        assert "does not keep" in refusal(close, fund, getattr(cast, role))


def test_nothing_may_wait_in_it(cast):
    fund = fund_of(cast, 1000)
    home = in_charge(cast)
    grant = approved(home, fund, cast, 400)
    assert "1 grant" in refusal(close, fund, cast.county)
    pay_grant(grant, by=cast.county, at=NOW)
    relieve_at_once(home, fund=fund, amount=Decimal(600), need="illness", words="手术",
                    by=cast.county, at=NOW)  # fmt: skip
    assert "1 grant" in refusal(close, fund, cast.county), "given at once, not filed"


def test_a_closed_fund_accepts_nothing(cast):
    fund = fund_of(cast, 400)
    grant = pay_grant(approved(in_charge(cast), fund, cast, 400), by=cast.county, at=NOW)
    close(fund, cast.county)
    assert "closed" in refusal(give, fund, cast.county, 5)
    entry = fund.entries.get(kind="deposit")
    assert "closed" in refusal(reverse_deposit, entry, because="退回", by=cast.county, at=NOW)
    said = {"because": "退回", "seen_version": grant.version, "by": cast.county, "at": NOW}
    assert "closed" in refusal(reverse_grant, grant, **said)
    words = {"need": "illness", "words": "手术", "by": cast.county, "at": NOW}
    with pytest.raises(FundRefusal):
        relieve_at_once(in_charge(cast), fund=fund, amount=Decimal(5), **words)
    with pytest.raises(Late):
        close(fund, cast.county)
    assert fund.cash == 0 and books_agree(fund)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["close", "deposit"])
def test_two_at_once(cast, second):
    """Closed twice it is closed once; a deposit at that moment goes in before, or not at all."""
    fund, county = fund_of(cast, 700, code=TOWNSHIP, by=cast.township), fund_of(cast)
    begin, found = Barrier(2), []

    def closing():
        close(fund, cast.township, successor=county, paper="1")

    def depositing():
        said = {"source": "social", "donor": "茶叶协会", "paper": "2", "on": TODAY}
        deposit(fund, amount=Decimal(50), **said, by=cast.township, at=NOW)

    def run(act):
        begin.wait()
        try:
            act()
            found.append("done")
        except FundRefusal as refused:
            found.append(type(refused))
        finally:
            connection.close()

    acts = [closing, closing if second == "close" else depositing]
    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fund.refresh_from_db()
    assert fund.closed_on and fund.cash == 0
    assert county.cash in ((700,) if second == "close" else (700, 750))
    if second == "close":
        assert sorted(map(str, found)) == sorted(["done", str(Late)])
    given = sum(e.amount for e in Entry.objects.filter(kind="deposit"))
    assert county.cash == given and books_agree(fund) and books_agree(county)


def test_from_the_page_and_over_the_api(cast, client, pair):
    fund, county = pair
    client.force_login(cast.township.officer)
    page, address = reverse("fund", args=[fund.pk]), reverse("fund_close", args=[fund.pk])
    assert address in client.get(page).content.decode()
    said = {"because": "两个基金合并", "successor": county.pk, "paper": ""}
    assert client.post(address, said).status_code == 422
    assert client.post(address, said | {"paper": "乡字7号"}).status_code == 302
    body = client.get(page).content.decode()
    assert "两个基金合并" in body and county.name in body and address not in body
    client.force_login(cast.county.officer)
    assert fund.name in client.get(reverse("fund", args=[county.pk])).content.decode()
    api = reverse("api_funds-close", args=[fund.pk])
    kind = {"content_type": "application/json"}
    assert client.post(api, {"because": "再关"}, **kind).status_code == 409
    api = reverse("api_funds-close", args=[county.pk])
    assert client.post(api, {"because": "再关"}, **kind).status_code == 422
    village = open_fund(division=cast.divisions[VILLAGE], name="村", on=TODAY, by=cast.township,
                        at=NOW)  # fmt: skip
    done = client.post(api, {"because": "并入", "paper": "8", "successor": village.pk}, **kind)
    assert done.json()["successor"] == village.pk and village.cash == 1700
    assert Fund.objects.open().get() == village
