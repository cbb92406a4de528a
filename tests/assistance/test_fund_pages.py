"""Pages and API of funds: the story of a grant, many paid at once, the public list, refusals."""

from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.utils import timezone

from assistance.funds.urgent import relieve_at_once
from assistance.models import BudgetLine, Entry, FundParameter, Grant, GrantState
from households.models import HouseholdPast
from jobs.models import Job
from tests.assistance.money import TOWNSHIP, approved, asked, fund_of, give, in_charge
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
ACCOUNT = "6217794971895478440"


@pytest.fixture
def enter(client):
    def as_post(post):
        client.force_login(post.officer)
        return client

    return as_post


def version(grant):
    return {"version": Grant.objects.get(pk=grant.pk).version}


def test_a_grant_from_the_household_to_the_money(cast, enter):
    fund, home = fund_of(cast, 9000), in_charge(cast, bank_account=ACCOUNT, head_name="诸葛大壮")
    measure = cast.measure(home, "medical_aid")
    client = enter(cast.assigned)
    tab = f"/households/{home.id}/measures/"
    new = f"/households/{home.id}/grants/new/"
    assert new in client.get(tab).text
    said = {"fund": fund.pk, "need": "illness", "words": "手术自付费用大", "amount": "3500"}
    said |= {"payee": "诸葛大壮", "client_id": str(uuid4())}
    page = client.get(f"{new}?measure={measure.pk}")
    assert "****8440" in page.text and ACCOUNT not in page.text
    assert client.post(new, said | {"amount": "0"}).status_code == 422
    answer = client.post(f"{new}?measure={measure.pk}", said)
    grant = Grant.objects.get()
    assert answer.url == f"/grants/{grant.pk}/" and grant.measure == measure and grant.large
    assert client.post(new, said).status_code == 302 and Grant.objects.count() == 1
    for role in ("village", "township", "county"):
        client = enter(getattr(cast, role))
        assert grant.number in client.get("/grants/?state=mine").text
        page = client.get(f"/grants/{grant.pk}/")
        assert f"/grants/{grant.pk}/sign/" in page.text and ACCOUNT not in page.text
        client.post(f"/grants/{grant.pk}/sign/", version(grant))
    grant.refresh_from_db()
    assert grant.state == GrantState.APPROVED
    assert client.post(f"/grants/{grant.pk}/pay/", {"version": 1}).status_code == 422
    client.post(f"/grants/{grant.pk}/pay/", version(grant))
    assert fund.cash == 5500
    books = client.get(f"/funds/{fund.pk}/").text
    assert grant.number in books and "5,500.00" in books and "诸葛大壮" not in books
    assert grant.number in client.get(tab).text
    shown = client.post(f"/grants/{grant.pk}/account/", {"because": "银行核对账号"})
    assert ACCOUNT in shown.text
    back = {"because": "银行退回"} | version(grant)
    client.post(f"/grants/{grant.pk}/book-back/", back)
    assert fund.cash == 9000 and "银行退回" in client.get(f"/funds/{fund.pk}/").text


def test_the_books_on_the_page(cast, enter):
    fund, client = fund_of(cast), enter(cast.county)
    url = f"/funds/{fund.pk}/deposit/"
    said = {"source": "social", "donor": "茶叶协会", "amount": "800", "paper": "收1"}
    said |= {"on": str(timezone.localdate()), "client_id": str(uuid4())}
    refused = client.post(url, said | {"source": "special"})
    assert refused.status_code == 422 and "AH 4.2.3" in refused.text
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 302  # twice
    entry = Entry.objects.get()
    client.post(f"/funds/{fund.pk}/entries/{entry.pk}/book-back/", {"because": "重复录入"})
    assert fund.cash == 0
    page = client.get(f"/funds/{fund.pk}/")
    assert "茶叶协会" in page.text and "重复录入" in page.text
    Entry.objects.filter(pk=entry.pk).update(amount=900)
    assert client.get(f"/funds/{fund.pk}/").context["agree"] is False


def test_many_are_ticked_and_paid_as_a_job(cast, enter, django_capture_on_commit_callbacks):
    fund, home = fund_of(cast, 900), in_charge(cast)
    grants = [approved(home, fund, cast) for _ in range(2)]
    client, url = enter(cast.county), f"/funds/{fund.pk}/pay/"
    page = client.get(url).text
    assert all(grant.number in page for grant in grants)
    assert client.post(url, {}).status_code == 200 and not Job.objects.exists()
    answer = client.post(url, {"grant": [g.pk for g in grants] + ["x", "9" * 30]})
    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.pk}/"
    assert job.arguments == {"fund": fund.pk, "grants": [g.pk for g in grants]}
    assert enter(cast.township).get(url).status_code == 404


def test_the_list_opens_at_what_waits_for_the_post(cast, enter):
    fund, home = fund_of(cast, 900), in_charge(cast)
    grant = approved(home, fund, cast)
    assert grant.number in enter(cast.county).get("/grants/").text, "to be paid by the county"
    assert grant.number not in enter(cast.village).get("/grants/").text, "nothing to sign"
    other = asked(home, fund, cast.assigned)
    assert other.number in enter(cast.village).get("/grants/").text


def test_the_public_list_masks_names_and_its_workbook_is_the_same(cast, enter):
    fund = fund_of(cast, 5000)
    home = in_charge(cast, head_name="诸葛大壮", number="34152499887766")
    give(fund, cast.county, 5)
    relieve_at_once(home, fund=fund, amount=Decimal(700), need="illness", words="手术",
                    by=cast.county, at=NOW)  # fmt: skip
    client = enter(cast.auditor)
    page = client.get(f"/funds/{fund.pk}/public/").text
    main = page[page.index("<main") :]
    assert "诸***" in main and "诸葛大壮" not in main and "34152499887766" not in main
    book = client.get(f"/funds/{fund.pk}/public.xlsx?year=2020")
    sheet = openpyxl.load_workbook(BytesIO(book.content)).active
    assert [cell.value for cell in sheet[4]][:5] == [1, "豹迹岩村委会", "诸***", "疾病", 700]


def test_relief_at_once_is_listed_until_filed(cast, enter):
    fund = fund_of(cast, 2000, TOWNSHIP, by=cast.township)
    home = cast.household(status="edge")
    client = enter(cast.township)
    url = f"/households/{home.id}/grants/urgent/"
    said = {"fund": fund.pk, "need": "disaster", "words": "房屋进水", "amount": "900"}
    said |= {"client_id": str(uuid4())}
    assert "AH 5.5" in client.post(url, said | {"amount": "2500"}).text
    assert client.post(url, said).status_code == 302
    grant = Grant.objects.get()
    assert grant.number in client.get("/grants/?state=unfiled").text
    tasks = client.get("/tasks/").text
    assert grant.number in tasks
    filing = {"paper": "汤备1号"} | version(grant)
    assert client.post(f"/grants/{grant.pk}/file/", filing).status_code == 302
    assert grant.number not in client.get("/grants/?state=unfiled").text


def test_limits_and_budgets_are_entered_on_pages(cast, enter):
    client = enter(cast.county)
    said = {"name": "small_grant", "value": "5000", "since": "2020-07-01", "because": "县文件"}
    assert client.post("/funds/limits/new/", said).status_code == 302
    assert client.post("/funds/limits/new/", said).status_code == 422
    assert FundParameter.objects.get().territory == cast.county.division
    assert "5,000" in client.get("/funds/limits/").text
    line = {"year": 2020, "source": "special", "amount": "100000", "paper": "财农1号"}
    assert client.post("/funds/budgets/new/", line).status_code == 302
    assert client.post("/funds/budgets/new/", line | {"amount": "-100001"}).status_code == 422
    cast.measure(cast.household(), amount=2500, source="special")
    cast.measure(cast.household(), amount=900, source="special", result="mistake",
                 ended_on=TODAY, result_words="误录")  # fmt: skip
    page = client.get("/funds/budgets/?year=2020")
    row = page.context["rows"][0]
    assert (row["budget"], row["spent"], row["share"]) == (100000, 2500, 2)
    cast.measure(cast.household(), amount=70)
    page = client.get("/funds/budgets/?year=2020")
    assert [row["spent"] for row in page.context["rows"]] == [2500, 70, 0]
    assert BudgetLine.objects.count() == 1
    assert enter(cast.stranger).get("/funds/budgets/?year=2020").context["rows"][0]["spent"] == 0


class TestTheApi:
    def post(self, client, url, **said):
        return client.post(url, said, content_type="application/json")

    def test_the_whole_way_with_the_same_refusals(self, cast, enter):
        fund, home = fund_of(cast), in_charge(cast, status="edge", bank_account=ACCOUNT)
        client = enter(cast.county)
        money = {"donor": "协会", "paper": "1", "amount": "600.00", "on": "2020-06-25"}
        money |= {"client_id": str(uuid4()), "source": "special"}
        refused = self.post(client, f"/api/funds/{fund.pk}/deposits/", **money)
        assert refused.status_code == 422 and "AH 4.2.3" in refused.json()["errors"]["source"][0]
        money["source"] = "social"
        assert self.post(client, f"/api/funds/{fund.pk}/deposits/", **money).status_code == 201
        (row,) = client.get("/api/funds/").json()["results"]
        assert row["cash"] == "600.00"
        (entry,) = client.get(f"/api/funds/{fund.pk}/entries/").json()["results"]
        assert (entry["donor"], entry["inward"]) == ("协会", True)
        said = {"client_id": str(uuid4()), "fund": fund.pk, "household": home.id}
        said |= {"need": "illness", "words": "住院", "amount": "400.00"}
        client = enter(cast.assigned)
        made = self.post(client, "/api/grants/", **said)
        assert made.status_code == 201 and made.json()["bank_account"] == "****8440"
        assert self.post(client, "/api/grants/", **said).status_code == 200
        url = f"/api/grants/{made.json()['id']}/"
        assert self.post(client, f"{url}sign/", version=1).status_code == 403
        assert self.post(enter(cast.township), f"{url}sign/", version=1).status_code == 422
        assert self.post(enter(cast.village), f"{url}sign/", version=1).status_code == 200
        assert self.post(enter(cast.township), f"{url}sign/", version=1).status_code == 409
        assert self.post(enter(cast.township), f"{url}sign/", version=2).status_code == 200
        paid = self.post(enter(cast.county), f"{url}pay/", version=3).json()
        assert (paid["state"], [a["what"] for a in paid["acts"]][-1]) == ("paid", "paid")
        back = self.post(enter(cast.county), f"{url}reverse/", version=4, because="退回")
        assert back.json()["state"] == "reversed"
        urgent = said | {"client_id": str(uuid4()), "amount": "300.00"}
        now = self.post(enter(cast.county), "/api/grants/urgent/", **urgent).json()
        assert now["urgent"] and now["filed_at"] is None
        assert [g["id"] for g in cast_get(enter, cast, "unfiled=true")] == [now["id"]]
        filed = self.post(
            enter(cast.county), f"/api/grants/{now['id']}/file/", version=1, paper="备1"
        )
        assert filed.json()["filing_paper"] == "备1"

    def test_what_is_foreign_is_not_there(self, cast, enter):
        fund, home = fund_of(cast, 900), in_charge(cast)
        grant = asked(home, fund, cast.assigned)
        client = enter(cast.stranger)
        assert client.get(f"/api/grants/{grant.pk}/").status_code == 404
        assert client.get(f"/api/funds/{fund.pk}/").status_code == 404
        assert self.post(client, f"/api/grants/{grant.pk}/sign/", version=1).status_code == 404
        assert enter(cast.education).get("/api/funds/").status_code == 403


def cast_get(enter, cast, query):
    return enter(cast.county).get(f"/api/grants/?{query}").json()["results"]


def test_a_list_of_fifty_asks_as_often_as_one_of_five(cast, enter, django_assert_max_num_queries):
    fund, home = fund_of(cast, 900), in_charge(cast)
    client = enter(cast.county)
    for _ in range(12):
        asked(home, fund, cast.assigned, 5)
    assert not HouseholdPast.objects.exists()
    with django_assert_max_num_queries(25):
        assert client.get("/grants/?state=applied").status_code == 200
    with django_assert_max_num_queries(25):
        assert client.get(f"/funds/{fund.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("query", "comes_from", "words"),
    [
        ("from=case&about=T-341524-2020-0001", "case", "T-341524-2020-0001"),
        ("from=flag&about=2020-06-30", "flag", "2020-06-30"),
        ("from=nowhere", "need", ""),
        ("measure=99999999999999999999", "need", ""),
    ],
)
def test_it_says_what_it_comes_from(cast, enter, query, comes_from, words):
    fund, home = fund_of(cast), cast.household()
    said = {"fund": fund.pk, "need": "illness", "words": "住院", "amount": "5"}
    said |= {"client_id": str(uuid4())}
    url = f"/households/{home.id}/grants/new/?{query}"
    assert enter(cast.village).post(url, said).status_code == 302
    grant = Grant.objects.get()
    assert (grant.occasion, grant.occasion_words) == (comes_from, words)
