"""The pages of clues: filters in the address, no query for each row, what each role may do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from duties.models import Task
from monitoring.clues.receiving import Person, Told, receive
from monitoring.models import Channel, Clue

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def enter(client, post):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def told(cast, name="汪一", channel=Channel.VILLAGE, at=NOW, **facts):
    home = cast.household(**{"exited_class": "supported", "head_name": name} | facts)
    return receive(Told(channel, "家里有困难。", "某人"), household=home, by=None, at=at)[0]


def names(client, params=""):
    page = client.get(reverse("clues") + params)
    return [clue.whom for clue in page.context["page"]]


def test_the_list_narrows_by_state_channel_place_and_deadline(client, cast):
    told(cast, "汪一")
    told(cast, "汪二", Channel.SUPERVISION, NOW - timedelta(days=30))
    Clue.objects.filter(pk=told(cast, "汪三").pk).update(
        state="ended", ended_on=NOW.date(), answer="not_confirmed"
    )
    enter(client, cast.county)
    assert names(client) == ["汪二", "汪一"]
    assert names(client, "?late=yes") == ["汪二"]
    assert names(client, "?channel=supervision") == ["汪二"]
    assert names(client, "?state=ended") == ["汪三"]
    assert names(client, "?state=nothing&channel=x&division=34152410520%00") == ["汪二", "汪一"]
    assert names(client, f"?division={cast.next_village.division.code}") == []


def test_more_clues_ask_no_more_queries(client, cast):
    enter(client, cast.village)
    counts = []
    for n in range(2):
        for m in range(4):
            told(cast, f"汪{n}{m}")
        names(client)
        with CaptureQueriesContext(connection) as asked:
            names(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_village_tells_a_clue_of_its_own_households_alone(client, cast):
    home = cast.household(exited_class="supported", head_name="汪一")
    foreign = cast.household("341524106210", exited_class="supported", head_name="汪二")
    enter(client, cast.village)
    found = client.post(reverse("clue_new"), {"q": "汪"}).content.decode()
    assert f"household={home.pk}" in found and f"household={foreign.pk}" not in found
    address = reverse("clue_new")
    assert client.get(f"{address}?household={foreign.pk}").status_code == 404
    sent = client.post(f"{address}?household={home.pk}", {"words": "房屋漏雨。"}, follow=True)
    assert sent.redirect_chain
    assert Task.objects.get().household == home


def test_a_full_number_is_looked_for_and_shown_nowhere(client, cast):
    number = "341524198003040010"
    home = cast.household(exited_class="supported", head_name="汪一")
    cast.member(home, resident_id=number)
    enter(client, cast.village)
    page = client.post(reverse("clue_new"), {"q": number}).content.decode()
    assert f"household={home.pk}" in page and number not in page


def test_a_number_of_a_clue_is_shown_for_a_reason(client, cast):
    person = Person("漆大海", "341524198003040010", "13955640001")
    village = cast.village.division
    clue, _new = receive(Told("household"), village=village, person=person, by=None, at=NOW)
    enter(client, cast.village)
    page = client.get(reverse("clue", args=[clue.pk])).content.decode()
    assert "139****0001" in page and "13955640001" not in page
    address = reverse("clue_show", args=[clue.pk, "phone"])
    assert "13955640001" not in client.post(address, {"because": ""}).content.decode()
    shown = client.post(address, {"because": "约定入户时间"}).content.decode()
    assert "13955640001" in shown


def test_the_api_tells_and_lists(client, cast):
    home = cast.household(exited_class="supported", head_name="汪一")
    enter(client, cast.township)
    given = {"household": home.pk, "words": "走访发现漏雨。"}
    made = client.post("/api/clues/", given, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, "check")
    again = client.post("/api/clues/", given, content_type="application/json")
    assert (again.status_code, len(again.json()["sources"])) == (200, 2)
    rows = client.get("/api/clues/?channel=supervision&open=true").json()["results"]
    assert [row["household"] for row in rows] == [home.pk]
    assert client.get("/api/clues/?overdue=true").json()["results"] == []
    enter(client, cast.auditor)
    refused = client.post("/api/clues/", given, content_type="application/json")
    assert refused.status_code == 422 and "村级" in refused.json()["detail"]
    empty = client.post("/api/clues/", {}, content_type="application/json")
    assert empty.status_code == 400
    assert empty.json()["errors"].keys() == {"household", "words"}
