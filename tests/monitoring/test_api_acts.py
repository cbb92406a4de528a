"""Campaigns, findings, differences and clues over the API: the acts and refusals of the pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from households.models import Household
from monitoring.clues.receiving import report_clue
from monitoring.comparison.running import compare
from monitoring.models import Clue, Difference, Finding
from tests.cast import NOW, TODAY
from tests.monitoring.comparison.test_rules import plant
from tests.monitoring.test_campaigns import line_of, opened, visited
from tests.monitoring.test_findings import entered
from tests.monitoring.test_paper_files import photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with override("en"):
        yield


@pytest.fixture
def send(client, cast):
    """POSTs to an address of the API as a role of the cast."""

    def post(role, name, pk, data=None, form=False):
        client.force_login(getattr(cast, role).officer)
        options = {} if form else {"content_type": "application/json"}
        address = reverse(f"api_{name}", args=[pk] if pk else [])
        return client.post(address, data or {}, **options)

    return post


def listed(client, post, name, **asked):
    client.force_login(post.officer)
    return client.get(reverse(f"api_{name}-list"), asked)


def proof(content):
    return SimpleUploadedFile("proof.jpg", content, "image/jpeg")


# Campaigns


@pytest.fixture
def line(cast):
    home = cast.household()
    made = opened(cast)
    visited(cast, home)
    return line_of(made, home)


def test_a_campaign_says_what_may_be_answered(cast, client, line):
    found = listed(client, cast.village, "campaigns").json()["results"]
    assert [row["kind"] for row in found] == ["lookback"]
    assert "stands" in [answer["code"] for answer in found[0]["answers"]]
    lines = listed(client, cast.village, "campaign-lines", campaign=line.campaign_id).json()
    assert [row["state"] for row in lines["results"]] == ["answer"]
    assert listed(client, cast.next_village, "campaign-lines").json()["results"] == []
    assert listed(client, cast.stranger, "campaigns").json()["results"] == []
    assert listed(client, cast.water, "campaigns").status_code == 403


def test_a_line_is_answered_looked_at_and_confirmed(cast, send, line):
    said = {"version": line.version, "answer": "never_met", "words": "收入一直在标准以上"}
    done = send("village", "campaign-lines-answer", line.pk, said).json()
    assert (done["state"], done["version"]) == ("look", 2)
    late = send("village", "campaign-lines-answer", line.pk, said)
    assert (late.status_code, late.json()["version"]) == (409, 2)
    done = send("township", "campaign-lines-look", line.pk, {"version": 2, "act": "pass"}).json()
    assert done["state"] == "confirm"
    done = send("county", "campaign-lines-confirm", line.pk, {"version": 3, "act": "pass"}).json()
    assert done["state"] == "done"
    assert Household.objects.get(pk=line.household_id).status == "poor"


def test_a_line_is_refused_as_on_the_page(cast, send, line):
    said = {"version": line.version, "answer": "risk"}
    refused = send("village", "campaign-lines-answer", line.pk, said)
    assert refused.status_code == 422 and "原因" in refused.json()["detail"]
    refused = send("township", "campaign-lines-answer", line.pk, said)
    assert refused.status_code == 422 and "不由你所在的单位办理" in refused.json()["detail"]
    assert send("village", "campaign-lines-answer", line.pk, {}).status_code == 400
    assert send("next_village", "campaign-lines-answer", line.pk, said).status_code == 404
    line.refresh_from_db()
    assert line.state == "answer"


# Findings


def test_a_finding_is_entered_answered_and_accepted(cast, send, client):
    said = {
        "kind": "survey", "found_on": str(TODAY), "division": cast.village.division.code,
        "words": "走访记录与实际不符。", "days": 5,
    }  # fmt: skip
    made = send("county", "findings-list", None, said)
    assert made.status_code == 201 and made.json()["state"] == "answer"
    assert send("county", "findings-list", None, said).json()["id"] == made.json()["id"]
    pk = made.json()["id"]
    answer = {"version": 1, "words": "已更正。"}
    assert send("village", "findings-answer", pk, answer).json()["errors"].keys() == {"files"}
    with_file = answer | {"files": [proof(photo())]}
    done = send("village", "findings-answer", pk, with_file, form=True)
    assert done.status_code == 200, done.content
    assert (done.json()["state"], len(done.json()["acts"][-1]["files"])) == ("look", 1)
    late = send("county", "findings-accept", pk, {"version": 1})
    assert (late.status_code, late.json()["version"]) == (409, 2)
    assert send("county", "findings-accept", pk, {"version": 2}).json()["state"] == "ended"


def test_a_finding_is_refused_as_on_the_page(cast, send, client):
    finding = entered(cast)
    said = {"version": finding.version, "words": "不属实"}
    assert send("village", "findings-withdraw", finding.pk, said).status_code == 422
    assert send("county", "findings-send-back", finding.pk, said).status_code == 422
    assert send("next_village", "findings-withdraw", finding.pk, said).status_code == 404
    assert send("auditor", "findings-list", None, {}).status_code == 403
    talk = said | {"consequence": "talk"}
    assert send("village", "findings-follow-up", finding.pk, talk).status_code == 422
    assert send("county", "findings-follow-up", finding.pk, talk).json()["consequence"] == "talk"
    elsewhere = {"kind": "survey", "found_on": str(TODAY), "words": "x", "days": 5,
                 "division": cast.stranger.division.code}  # fmt: skip
    assert send("county", "findings-list", None, elsewhere).status_code == 422
    bad = {"version": 2, "words": "好", "files": [proof(b"<html>")]}
    assert send("village", "findings-answer", finding.pk, bad, form=True).status_code == 422
    assert Finding.objects.get().state == "answer"


def test_a_household_out_of_sight_is_not_named(cast, client):
    """The water department holds the task, and does not see the household."""
    home = cast.household(water_safe=True)
    finding = entered(cast, household=home)
    finding.task.role, finding.task.department = "department", "water"
    finding.task.at = cast.water.division
    finding.task.save()
    found = listed(client, cast.water, "findings").json()["results"]
    assert [(row["id"], row["household"]) for row in found] == [(finding.pk, None)]
    asked = {"household": home.pk}
    assert listed(client, cast.water, "findings", **asked).json()["results"] == []
    assert len(listed(client, cast.county, "findings", **asked).json()["results"]) == 1
    found = listed(client, cast.county, "findings").json()["results"]
    assert found[0]["household"] == home.pk


# Differences


def test_the_register_is_kept_with_a_reason(cast, send, client):
    plant(cast, "death")
    compare(cast.county.division, at=NOW)
    found = listed(client, cast.village, "differences", state="open").json()["results"]
    row = next(row for row in found if row["rule"] == "death")
    assert "2020" in row["sentence"]
    said = {"mark": row["mark"], "because": "同名，已到派出所核对。"}
    late = send("village", "differences-keep", row["id"], said | {"mark": "x"})
    assert (late.status_code, late.json()["mark"]) == (409, row["mark"])
    assert send("county", "differences-keep", row["id"], said).status_code == 422
    assert send("next_village", "differences-keep", row["id"], said).status_code == 404
    assert send("water", "differences-keep", row["id"], said).status_code == 403
    assert send("village", "differences-keep", row["id"], said).json()["state"] == "kept"
    assert send("village", "differences-keep", row["id"], said).status_code == 422
    assert Difference.objects.get(pk=row["id"]).by == cast.village


# Clues


@pytest.fixture
def clue(cast):
    home = cast.household(status="general")
    return report_clue(
        village=home.village, household=home, words="住院花费大", by=cast.village, at=NOW
    )[0]


def checked(clue, **changes):
    day = str(clue.found_on)
    said = {"finding": "not_confirmed", "words": "已报销，生活正常。", "checked_on": day}
    return {"version": clue.version, **said, **changes}


def test_a_clue_is_checked_confirmed_and_told(cast, send, clue):
    done = send("village", "clues-check", clue.pk, checked(clue)).json()
    assert (done["state"], done["version"]) == ("confirm", 2)
    late = send("village", "clues-check", clue.pk, checked(clue))
    assert (late.status_code, late.json()["version"]) == (409, 2)
    done = send("township", "clues-confirm", clue.pk, {"version": 2}).json()
    assert (done["state"], done["answer"]) == ("ended", "not_confirmed")
    assert [act["what"] for act in done["acts"]] == ["opened", "checked", "confirmed", "ended"]


def test_a_clue_goes_back_and_becomes_a_case(cast, send, clue):
    send("village", "clues-check", clue.pk, checked(clue))
    done = send("township", "clues-send-back", clue.pk, {"version": 2, "because": "再去一次"})
    assert done.json()["state"] == "check"
    risk = {"finding": "case_opened", "procedure": "edge_listing", "version": 3}
    done = send("village", "clues-check", clue.pk, checked(clue, **risk))
    assert done.status_code == 200 and done.json()["procedure"] == "edge_listing"
    assert done.json()["state"] == "to_open"
    assert send("village", "clues-open-case", clue.pk, {"version": 4}).status_code == 422
    done = send("county", "clues-open-case", clue.pk, {"version": 4})
    assert done.json()["state"] == "case"


def test_a_clue_of_a_person_is_placed(cast, send, client):
    home = cast.household()
    stray = Clue.objects.create(
        village=home.village, name="汪大山", found_on=TODAY, last_found_on=TODAY,
        due_on=TODAY + timedelta(days=9), state="check",
    )  # fmt: skip
    said = {"version": 1, "household": home.pk}
    assert send("township", "clues-place", stray.pk, said).status_code == 422
    assert (
        send("village", "clues-place", stray.pk, {**said, "household": 987654321}).status_code
        == 404
    )


def test_a_clue_is_refused_as_on_the_page(cast, send, clue):
    tomorrow = str(localdate() + timedelta(days=1))
    assert (
        send("village", "clues-check", clue.pk, checked(clue, checked_on=tomorrow)).status_code
        == 422
    )
    assert send("county", "clues-check", clue.pk, checked(clue)).status_code == 422
    assert send("village", "clues-open-case", clue.pk, {"version": 1}).status_code == 422
    assert send("village", "clues-check", clue.pk, {"version": 1}).status_code == 400
    assert send("stranger", "clues-check", clue.pk, checked(clue)).status_code == 404
    assert send("administrator", "clues-check", clue.pk, checked(clue)).status_code == 403
    clue.refresh_from_db()
    assert (clue.state, clue.version) == ("check", 1)
