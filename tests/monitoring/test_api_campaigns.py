"""Opening, ending and adding to campaigns over the API: the acts and refusals of the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from jobs.models import Job
from monitoring.campaigns.acts import answer_lines
from monitoring.campaigns.groups import words_of
from monitoring.campaigns.opening import add_households
from monitoring.models import Campaign
from monitoring.tasks import campaign as open_by_job
from tests.cast import NOW
from tests.monitoring.test_campaigns import (
    Chosen,
    line_of,
    opened,
    told_by_department,
)

pytestmark = pytest.mark.django_db
ID = "341524198005042637"


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with override("en"):
        yield


@pytest.fixture
def send(client, cast):
    def post(role, act, made=None, **said):
        client.force_login(getattr(cast, role).officer)
        address = reverse(f"api_campaigns-{act}", args=[made.pk] if made else [])
        return client.post(address, said, content_type="application/json")

    return post


def days(**changes):
    today = timezone.localdate()
    return {"since": str(today), "until": str(today + timedelta(days=30)), **changes}


@pytest.mark.parametrize("kind", ["lookback", "edge", "classes", "screening"])
def test_each_kind_is_opened_once_by_the_task(cast, send, kind):
    said = days(kind=kind, groups=["illness"])
    asked = send("county", "list", **said)
    assert (asked.status_code, asked.json()["state"]) == (202, "queued")
    assert send("county", "list", **said).json() == asked.json()
    open_by_job(Job.objects.get(pk=asked.json()["job"]))
    made = Campaign.objects.get()
    assert (made.kind, made.opened_by) == (kind, cast.county)
    again = send("county", "list", **said)
    assert again.status_code == 422 and "open already" in again.json()["detail"]


def test_opening_is_refused_as_on_the_page(cast, send):
    assert send("village", "list", **days(kind="edge")).status_code == 403
    assert send("water", "list", **days(kind="edge")).status_code == 403
    unknown = send("county", "list", **days(kind="x", groups=["y"]))
    assert unknown.status_code == 400
    assert unknown.json()["errors"].keys() == {"kind", "groups"}
    late = send("county", "list", **days(kind="edge", until="2020-01-01"))
    assert late.status_code == 422 and "after today" in late.json()["detail"]
    assert send("county", "list", **days(kind="screening")).status_code == 422
    assert not Job.objects.exists()


def test_it_is_ended_with_a_reason_by_whoever_opened_it(cast, send, client):
    home = cast.household()
    made = opened(cast)
    assert send("county", "end", made).status_code == 400
    for role in ("village", "city", "province"):
        refused = send(role, "end", made, because="改期")
        assert refused.status_code == 422 and "office that opened it" in refused.json()["detail"]
    assert send("stranger", "end", made, because="改期").status_code == 404
    assert send("county", "end", made, because="改期").json()["because"] == "改期"
    assert line_of(made, home).state == "dropped"
    again = send("county", "end", made, because="改期")
    assert again.status_code == 422 and "ended already" in again.json()["detail"]
    open_ones = client.get(reverse("api_campaigns-list"), {"open": "true"}).json()
    assert open_ones["results"] == []


def test_each_added_household_keeps_its_reason(cast, send, client):
    first, second = (cast.household(status="general") for _n in range(2))
    made = opened(cast, "screening", groups=["illness"])
    added = {"words": "低收入老年人", "numbers": [first.number]}
    assert send("county", "add", made, **added).status_code == 200
    add_households(made, numbers=[first.number, second.number], words="零就业家庭",
                   by=cast.county, at=NOW)  # fmt: skip
    client.force_login(cast.village.officer)
    lines = client.get(reverse("api_campaign-lines-list"), {"campaign": made.pk}).json()["results"]
    reasons = {line["household"]: line["added_because"] for line in lines}
    assert reasons == {first.pk: "低收入老年人", second.pk: "零就业家庭"}
    page = client.get(reverse("campaign_lines", args=[made.pk]))
    assert [line.why for line in page.context["page"]] == [["低收入老年人"], ["零就业家庭"]]
    assert "低收入老年人" in page.content.decode()
    page = client.get(reverse("campaign", args=[made.pk]))
    assert page.context["groups"][1:] == sorted(["低收入老年人", "零就业家庭"])
    client.force_login(cast.next_village.officer)
    page = client.get(reverse("campaign", args=[made.pk]))
    assert page.context["groups"][1:] == []


def test_households_are_added_by_the_county_to_a_screening(cast, send):
    home = cast.household(status="general")
    said = {"words": "零就业家庭", "numbers": [home.number]}
    made = opened(cast, "screening", groups=["illness"])
    assert send("county", "add", made, **{**said, "numbers": []}).status_code == 400
    assert send("township", "add", made, **said).status_code == 422
    unknown = send("county", "add", made, **{**said, "numbers": ["12345"]})
    assert unknown.status_code == 422 and "12345" in unknown.json()["detail"]
    other = opened(cast, "lookback")
    refused = send("county", "add", other, **said)
    assert refused.status_code == 422 and "open screening" in refused.json()["detail"]
    assert not made.lines.exists()


def test_a_person_is_added_and_not_twice(cast, send, client):
    made = opened(cast, "screening", groups=["disability"])
    said = {"village": cast.village.division.code, "name": "方小敏", "resident_id": ID}
    done = send("county", "add-person", made, **said)
    assert done.status_code == 200 and ID not in done.content.decode()
    assert "already" in send("county", "add-person", made, **said).json()["detail"]
    elsewhere = {**said, "village": cast.stranger.division.code}
    assert send("county", "add-person", made, **elsewhere).status_code == 422
    assert send("township", "add-person", made, **said).status_code == 422
    line = made.lines.get()
    assert (line.added_by, words_of(line.groups)) == (cast.county, ["added by the county"])
    assert answer_lines(made, [Chosen(line.pk, 1, "no_risk")], by=cast.village, at=NOW).moved


def test_a_candidate_of_a_department_is_listed_masked_and_added(cast, send, client):
    made = opened(cast, "screening", groups=["disability"])
    row = told_by_department(cast, "low_income", ID, "方小敏")
    address = reverse("api_campaigns-candidates", args=[made.pk])
    client.force_login(cast.county.officer)
    found = client.get(address).json()["results"]
    assert [(each["id"], each["resident_id"]) for each in found] == [(row.pk, row.masked)]
    said = {"candidate": row.pk, "village": cast.village.division.code}
    assert send("township", "add-candidate", made, **said).status_code == 422
    assert send("county", "add-candidate", made, **{**said, "candidate": 987654321}).status_code \
        == 404  # fmt: skip
    assert send("county", "add-candidate", made, **said).status_code == 200
    person = made.lines.get().person
    assert (person.name, person.resident_id.open()) == ("方小敏", ID)
    assert "already" in send("county", "add-candidate", made, **said).json()["detail"]
    client.force_login(cast.township.officer)
    assert client.get(address).status_code == 403
