"""The public page tells nobody who is meant, slows whoever tries too often, and is no oracle; pages
and API of the offices refuse with the sentence of the act."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import slowing
from accounts.receipts import new_receipt
from accounts.tokens import issue_token
from assistance.models import PointEntry, SocialDelivery, SocialNeed, SocialOffer
from assistance.points.booking import earn
from tests.assistance.helping import PUBLIC, accepted, good_of, matched, noted, published, rule_of
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
OFFER = {
    "giver": "person",
    "name": "汪好心",
    "phone": "13912345678",
    "amount": "2",
    "consent": "on",
}
ANYWHERE = OFFER | {"kind": "goods", "place": "341524105000"}
ADDRESS = "/give/offer/?county=341524000000"
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken":"\w+"')
TODAY_IS = timezone.localdate


def text_of(answer):
    return answer.content.decode()


def number_in(client):
    page = text_of(client.get("/give/done/"))
    return "".join(re.findall(r"\d{4} \d{4} \d{4}", page)).replace(" ", "")


def test_what_everybody_reads_leads_to_nobody(cast, client):
    home = cast.family(group_name="大湾组", head_name="汪大山")
    need = published(cast, home)
    noted(cast)
    for page in (client.get("/give/"), client.get(f"/give/{need.public_id}/")):
        said = text_of(page)
        assert PUBLIC in said and "金寨县" in said
        for secret in ("汪大山", "大湾组", "豹迹岩", home.number, "汤家汇", "汪小妹"):
            assert secret not in said, secret
    assert text_of(client.get("/give/")).count("<h2>") == 1, "what waits is not published"


def test_an_offer_sent_twice_is_one_and_with_other_words_another(cast, client):
    sent = ANYWHERE | {"client_id": str(uuid4())}
    receipts = []
    for said in ({}, {}, {"amount": "3"}, {"phone": "13912345679"}):
        assert client.post(ADDRESS, sent | said).status_code == 302
        receipts.append(number_in(client))
    assert receipts[0] == receipts[1] and len(set(receipts)) == 3
    assert SocialOffer.objects.count() == 3


def test_a_need_that_is_not_public_is_not_there(cast, client):
    need = noted(cast)
    hidden, missing = (client.get(f"/give/{one}/") for one in (need.public_id, uuid4()))
    assert hidden.status_code == missing.status_code == 404
    assert FORM_TOKEN.sub("", text_of(hidden)) == FORM_TOKEN.sub("", text_of(missing))


def test_an_offer_is_taken_without_an_account(cast, client):
    need = published(cast)
    answer = client.post(f"/give/{need.public_id}/", OFFER)
    assert answer.status_code == 302
    given = SocialOffer.objects.get()
    assert (given.need, given.kind, given.division.code) == (need, "goods", "341524105000")
    assert number_in(client) == given.receipt
    client.post(ADDRESS, ANYWHERE | {"place": "341524000000"})
    assert SocialOffer.objects.order_by("id").last().division.code == "341524000000"


def test_a_machine_is_told_what_everybody_is_told_and_nothing_is_kept(cast, client):
    assert client.post(ADDRESS, ANYWHERE | {"website": "x"}).status_code == 302
    assert len(number_in(client)) == 12 and not SocialOffer.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"phone": "123"}, {"amount": "0"}, {"amount": "1.5"}, {"consent": ""}, {"giver": ""},
     {"place": "341525000000"}, {"name": ""}],
)  # fmt: skip
def test_what_is_wrong_is_told_and_not_kept(cast, client, wrong):
    answer = client.post(ADDRESS, ANYWHERE | wrong)
    assert answer.status_code == 422 and not SocialOffer.objects.exists()
    assert "pw-errors" in text_of(answer)


def test_many_tries_are_slowed(cast, client, monkeypatch):
    monkeypatch.setitem(slowing.OF_ADDRESS, "offer", 4)
    answers = [client.post(ADDRESS, ANYWHERE).status_code for _n in range(6)]
    assert answers == [302] * 4 + [429] * 2
    monkeypatch.setitem(slowing.OF_ADDRESS, "offer", 100)
    again = [client.post(ADDRESS, ANYWHERE).status_code for _n in range(3)]
    assert again == [302, 429, 429], "five with one phone"
    assert client.post(ADDRESS, ANYWHERE)["Retry-After"]


def test_guessing_receipts_tells_nothing(cast, client, monkeypatch):
    client.post(ADDRESS, ANYWHERE)
    given = SocialOffer.objects.get()
    unknown = text_of(client.post("/give/state/", {"receipt": new_receipt()}))
    nonsense = text_of(client.post("/give/state/", {"receipt": "1234"}))
    typed = re.compile(r'value="\d*"')
    told = [typed.sub("", FORM_TOKEN.sub("", page)) for page in (unknown, nonsense)]
    assert told[0] == told[1]
    known = text_of(client.post("/give/state/", {"receipt": given.receipt}))
    assert "汪好心" not in known and "13912345678" not in known
    monkeypatch.setitem(slowing.OF_ADDRESS, "look", 4)
    answers = [client.post("/give/state/", {"receipt": "1"}).status_code for _n in range(3)]
    assert answers == [200, 429, 429]


def test_the_lists_cost_the_same_however_long_they_are(cast, client):
    client.force_login(cast.township.officer)
    addresses = ("/give/", "/social/?state=open", "/social/offers/?state=open", "/points/")
    rule = rule_of(cast, since=TODAY - timedelta(days=400))

    def ask(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def more():
        home = cast.family()
        published(cast, home)
        accepted(cast)
        earn(home, rule=rule, on=TODAY, by=cast.village, at=NOW)

    more()
    [ask(address) for address in addresses]
    few = [ask(address) for address in addresses]
    for _n in range(4):
        more()
    assert [ask(address) for address in addresses] == few


def test_the_api_does_the_same_acts(cast, client):
    key = {
        name: {"authorization": f"Bearer {issue_token(post=getattr(cast, name), name='t')}"}
        for name in ("village", "township", "stranger")
    }
    home, today = cast.family(), TODAY_IS().isoformat()
    sent = {"client_id": str(uuid4()), "household": home.pk, "kind": "goods", "amount": "2"}
    sent |= {"words": "缺书桌", "agreed": False}

    def post(name, path, **data):
        said = {"content_type": "application/json", "headers": key[name]}
        answer = client.post(f"/api/{path}", data, **said)
        return answer.status_code, answer.json()

    status, said = post("village", "social-needs/", **sent)
    assert status == 422 and "agreed" in said["errors"]
    assert post("stranger", "social-needs/", **sent)[0] == 404
    sent["agreed"] = True
    assert post("village", "social-needs/", **sent)[0] == 201
    assert post("village", "social-needs/", **sent)[0] == 200
    need = f"social-needs/{SocialNeed.objects.get().pk}/"
    assert post("village", f"{need}publish/", version=1, public_words=PUBLIC)[0] == 403
    assert post("township", f"{need}publish/", version=9, public_words=PUBLIC)[0] == 409
    assert post("township", f"{need}publish/", version=1, public_words="汪大山")[0] == 422
    assert post("township", f"{need}publish/", version=1, public_words=PUBLIC)[0] == 200
    offer = accepted(cast, amount=5)
    made = {"client_id": str(uuid4()), "offer": offer.pk, "amount": "2"}
    status, said = post("township", f"{need}match/", **made)
    assert (status, said["promised"]) == (200, "2.00")
    match = f"social-matches/{said['matches'][0]['id']}/"
    came = {"client_id": str(uuid4()), "amount": "3", "on": today, "proof": "收条"}
    assert post("village", f"{match}deliver/", **came)[0] == 422
    status, said = post("village", f"{match}deliver/", **(came | {"amount": "2"}))
    assert (status, said["delivered"]) == (200, "2.00")
    assert SocialDelivery.objects.count() == 1


def test_points_over_the_api(cast, client):
    home, rule, good = cast.family(), rule_of(cast), good_of(cast, points=4)
    headers = {"authorization": f"Bearer {issue_token(post=cast.village, name='till')}"}
    today = TODAY_IS()
    rule.since = today - timedelta(days=3)
    rule.save()

    def post(path, **data):
        data = {"household": home.pk, "on": today.isoformat(), "client_id": str(uuid4())} | data
        said = {"content_type": "application/json", "headers": headers}
        return client.post(f"/api/points/{path}/", data, **said).status_code

    assert post("earn", rule=rule.pk) == 201
    assert post("spend", good=good.pk, count=3) == 422
    assert post("spend", good=good.pk, count=2) == 201
    assert post("spend", good=999, count=1) == post("earn", rule=999) == 404
    assert [entry.points for entry in PointEntry.objects.order_by("id")] == [10, -8]


def test_the_household_page_shows_what_is_needed_and_departments_do_not(cast, client):
    found = matched(cast)
    page = reverse("household_measures", args=[found.need.household_id])
    client.force_login(cast.village.officer)
    assert f"/social/{found.need_id}/" in text_of(client.get(page))
    client.force_login(cast.education.officer)
    answer = client.get(page)
    assert f"/social/{found.need_id}/" not in text_of(answer)
