"""Pages and API of insurance: the story of a claim, policies with their ratio, refusals."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from assistance.models import ClaimPaper, InsuranceClaim, InsurancePolicy, PremiumPayment
from households.models import Event
from tests.assistance.insured import COUNTY, HAPPENED, brought, opened, policy_of
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def enter(client):
    def as_post(post):
        client.force_login(post.officer)
        return client

    return as_post


@pytest.fixture
def home(cast):
    return cast.family(in_charge=cast.assigned.officer, head_name="诸葛大壮")


def photo():
    file = BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, "JPEG")
    return SimpleUploadedFile("发票.jpg", file.getvalue(), "image/jpeg")


def version(claim):
    return {"version": InsuranceClaim.objects.get(pk=claim.pk).version}


SAID = {"peril": "accident", "words": "摔伤手术", "loss": "18600", "payee": ""}


def test_a_claim_from_the_household_to_its_handbook(cast, enter, home):
    policy_of(cast)
    client = enter(cast.assigned)
    tab, new = f"/households/{home.id}/measures/", f"/households/{home.id}/claims/new/"
    assert new in client.get(tab).text
    said = SAID | {"happened_on": str(HAPPENED), "client_id": str(uuid4())}
    refused = client.post(new, said | {"happened_on": "2018-01-01"})
    assert refused.status_code == 422 and "GZ 4.4.3" in refused.text
    answer = client.post(new, said)
    claim = InsuranceClaim.objects.get()
    url = f"/claims/{claim.pk}/"
    assert answer.url == url and client.post(new, said).url == url
    wrong = {"kind": "bill", "file": SimpleUploadedFile("a.docx", b"PK\x03\x04")}
    assert client.post(f"{url}papers/add/", wrong).status_code == 422
    bill = {"kind": "bill", "file": photo()}
    assert client.post(f"{url}papers/add/", bill).status_code == 302
    assert client.post(f"{url}submit/", version(claim)).status_code == 422
    found = {"on": str(TODAY), "words": "情况属实"} | version(claim)
    client.post(f"{url}check/", found)
    paper = ClaimPaper.objects.get()
    assert client.get(f"/claims/papers/{paper.pk}/")["Content-Type"] == "image/jpeg"
    assert client.post(f"{url}submit/", {"version": 1}).status_code == 422
    assert client.post(f"{url}submit/", version(claim)).status_code == 302
    for role in ("township", "county"):
        client = enter(getattr(cast, role))
        assert claim.number in client.get("/claims/").text
        assert f"{url}pass-on/" in client.get(url).text
        assert client.post(f"{url}pass-on/", version(claim)).status_code == 302
    today = str(timezone.localdate())
    InsuranceClaim.objects.update(sent_at=NOW)
    decided = {"amount": "20000", "on": today, "paper": "核赔1号"} | version(claim)
    assert "18,600.00" in client.post(f"{url}accept/", decided).text
    assert client.post(f"{url}accept/", decided | {"amount": "12000"}).status_code == 302
    paid = {"on": today, "paper": "赔付1号"} | version(claim)
    assert [client.post(f"{url}pay/", paid).status_code for _ in range(2)] == [302, 422]
    for page in (tab, f"/households/{home.id}/history/", f"/households/{home.id}/handbook/"):
        assert "12,000.00" in client.get(page).text, page
    assert "12,000.00" in client.get(f"/insurance/?year={TODAY.year}").text
    back = {"because": "账号有误"} | version(claim)
    client.post(f"{url}take-back/", back)
    assert InsuranceClaim.objects.get().state == "accepted"


def test_the_forms_of_a_policy_and_its_premium(cast, enter):
    client = enter(cast.county)
    said = {"year": "2020", "number": "1", "insurer": "人保", "starts_on": "2020-01-01"}
    said |= {"ends_on": "2020-12-31", "farm_population": "500000", "persons": "40000"}
    said |= {"premium_per_head": "100", "city_percent": "30", "cap": "30000"}
    said |= {"perils": ["illness", "accident"], "words": "", "client_id": str(uuid4())}
    assert client.post("/insurance/new/", said | {"persons": "600000"}).status_code == 422
    answer = client.post("/insurance/new/", said)
    policy = InsurancePolicy.objects.get()
    assert answer.url == f"/insurance/{policy.pk}/"
    assert client.post("/insurance/new/", said).url == answer.url
    page = client.get(answer.url).text
    assert "4,000,000.00" in page and "1,200,000.00" in page and "2,800,000.00" in page
    client.post(f"{answer.url}change/", said | {"persons": "50000", "version": "1"})
    policy.refresh_from_db()
    assert policy.premium == 5_000_000
    pay = {"payer": "county", "amount": "100", "paid_on": "2020-06-01", "paper": "财支7号"}
    pay |= {"client_id": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{answer.url}premium/", pay).status_code == 302
    payment = PremiumPayment.objects.get()
    back = f"{answer.url}premium/{payment.pk}/take-back/"
    assert "财支7号" in client.get(back).text
    assert client.post(back, {"because": "重复录入"}).status_code == 302
    assert client.post(back, {"because": "重复录入"}).status_code == 422
    assert "重复录入" in client.get(answer.url).text
    city = enter(cast.city)
    assert f"{answer.url}premium/" in city.get(answer.url).text
    assert city.get("/insurance/?year=2020").context["total"]["premium"] == 5_000_000
    assert enter(cast.stranger).get(answer.url).status_code == 404


def test_a_claim_is_filled_in_from_an_event_on_record(cast, enter, home):
    policy_of(cast)
    event = Event.objects.create(
        household=home, kind="disaster", happened_on=HAPPENED, recorded_at=NOW,
        description="滑坡压塌厨房", loss=9000,
    )  # fmt: skip
    client = enter(cast.village)
    new = f"/households/{home.id}/claims/new/"
    assert f"?event={event.pk}" in client.get(new).text
    form = client.get(f"{new}?event={event.pk}").context["form"]
    assert form["peril"].value() == "disaster" and form["loss"].value() == 9000
    said = SAID | {"peril": "disaster", "happened_on": str(HAPPENED), "client_id": str(uuid4())}
    client.post(f"{new}?event={event.pk}", said)
    claim = InsuranceClaim.objects.get()
    assert (claim.event, claim.occasion) == (event, "event")
    assert f"?event={event.pk}" not in client.get(new).text
    for odd in ("9" * 30, "x", "-1", ""):
        assert client.get(f"{new}?event={odd}&from=odd").status_code == 200
    case = client.post(
        f"{new}?from=case&about=案-1", said | {"peril": "illness", "client_id": str(uuid4())}
    )
    assert case.status_code == 302
    assert InsuranceClaim.objects.latest("id").occasion_words == "案-1"


def test_lists_are_narrowed_and_know_no_foreign_policy(cast, enter, home):
    policy = policy_of(cast)
    claim = opened(home, cast.village)
    client = enter(cast.county)
    asked = f"/claims/?state=prepared&peril=accident&policy={policy.pk}&division={COUNTY}"
    assert claim.number in client.get(asked).text
    assert claim.number not in client.get("/claims/?state=prepared&peril=illness").text
    foreign = enter(cast.stranger).get(f"/claims/?state=prepared&policy={policy.pk}")
    assert foreign.context["filters"].policy is None and claim.number not in foreign.text


def test_removed_papers_are_opened_by_auditors_alone(cast, enter, home):
    policy_of(cast)
    claim = brought(cast, home, "prepared")
    paper = claim.papers.get()
    client = enter(cast.village)
    out = f"/claims/papers/{paper.pk}/take-out/"
    assert client.post(out, {"because": ""}).status_code == 422
    assert client.post(out, {"because": "传错"}).status_code == 302
    assert client.get(f"/claims/papers/{paper.pk}/").status_code == 404
    assert enter(cast.auditor).get(f"/claims/papers/{paper.pk}/").status_code == 200


class TestTheApi:
    def post(self, client, url, **said):
        return client.post(url, said, content_type="application/json")

    def test_the_whole_way_with_the_same_refusals(self, cast, enter, home):
        policy = policy_of(cast)
        client = enter(cast.village)
        said = {"household": home.pk, "peril": "accident", "words": "摔伤", "loss": "9000.00"}
        said |= {"client_id": str(uuid4()), "happened_on": "2018-01-01"}
        refused = self.post(client, "/api/claims/", **said)
        assert refused.status_code == 422 and "GZ 4.4.3" in refused.text
        said["happened_on"] = str(HAPPENED)
        made = self.post(client, "/api/claims/", **said)
        assert made.status_code == 201 and made.json()["state"] == "prepared"
        assert self.post(client, "/api/claims/", **said).status_code == 200
        url = f"/api/claims/{made.json()['id']}/"
        bill = {"kind": "bill", "file": photo()}
        assert client.post(f"{url}papers/", bill).status_code == 201
        assert self.post(client, f"{url}submit/", version=1).status_code == 422
        checked = self.post(client, f"{url}check/", version=1, on=str(TODAY), words="属实")
        assert checked.json()["version"] == 2 and len(checked.json()["papers"]) == 1
        assert self.post(client, f"{url}submit/", version=1).status_code == 409
        assert self.post(client, f"{url}submit/", version=2).json()["state"] == "township"
        assert self.post(client, f"{url}pass-on/", version=3).status_code == 403
        assert self.post(enter(cast.township), f"{url}pass-on/", version=3).status_code == 200
        client = enter(cast.county)
        assert self.post(client, f"{url}pass-on/", version=4).json()["state"] == "insurer"
        refusal = {"version": 5, "because": "酒驾"}
        assert self.post(client, f"{url}refuse/", **refusal).status_code == 400
        done = self.post(client, f"{url}refuse/", **refusal, clause="第8条").json()
        assert (done["state"], done["clause"]) == ("refused", "第8条")
        assert enter(cast.stranger).get(url).status_code == 404
        rows = enter(cast.province).get(f"/api/claims/?policy={policy.pk}").json()["results"]
        assert [row["number"] for row in rows] == [done["number"]]

    def test_policies_and_premiums(self, cast, enter):
        client = enter(cast.county)
        said = {"year": 2020, "number": "1", "insurer": "人保", "starts_on": "2020-01-01"}
        said |= {"ends_on": "2020-12-31", "farm_population": 1000, "persons": 100}
        said |= {"premium_per_head": "100.00", "city_percent": "0", "cap": "30000.00"}
        said |= {"perils": ["illness"], "client_id": str(uuid4())}
        made = self.post(client, "/api/policies/", **said)
        assert made.status_code == 201, made.text
        assert (made.json()["premium"], made.json()["share"]) == ("10000.00", "10.00")
        assert self.post(client, "/api/policies/", **said).status_code == 200
        twice = self.post(client, "/api/policies/", **said | {"client_id": str(uuid4())})
        assert twice.status_code == 422
        url = f"/api/policies/{made.json()['id']}/"
        pay = {"payer": "county", "amount": "10000.01", "paid_on": "2020-02-01", "paper": "1"}
        pay |= {"client_id": str(uuid4())}
        assert self.post(client, f"{url}premium/", **pay).status_code == 422
        pay["amount"] = "10000.00"
        assert self.post(client, f"{url}premium/", **pay).status_code == 201
        assert len(client.get(url).json()["payments"]) == 1
        assert enter(cast.township).get(url).status_code == 200
        assert self.post(enter(cast.township), f"{url}premium/", **pay).status_code == 403


def test_an_address_with_a_nul_opens_a_claim_all_the_same(cast, enter, home):
    policy_of(cast, year=YEAR, starts_on=date(YEAR, 1, 1), ends_on=date(YEAR, 12, 31))
    said = {"peril": "accident", "happened_on": f"{YEAR}-01-02", "words": "摔伤", "loss": "100"}
    url = f"/households/{home.pk}/claims/new/?from=clue&about=%00线索7"
    answer = enter(cast.village).post(url, said | {"client_id": str(uuid4())})
    assert answer.status_code == 302
    assert InsuranceClaim.objects.get().occasion_words == "线索7"
