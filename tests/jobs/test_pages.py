"""Pages of jobs: own ones only, and a file only for who may open it at this moment."""

import dataclasses

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from jobs.models import Job, State
from jobs.registry import KINDS
from jobs.tasks import remove_old_results
from tests.cast import NOW


@pytest.fixture
def enter(client):
    def enter(post):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def done(cast):
    job = Job.objects.create(
        kind="slow",
        key="one",
        asked_by=cast.county,
        asked_at=NOW,
        started_at=NOW,
        ended_at=NOW,
        state=State.DONE,
        file_name="红色预警月报.xlsx",
        result={"sentence": "168 households"},
    )
    job.file.save("r.xlsx", ContentFile(b"all of it"))
    return job


def body(answer):
    return b"".join(answer.streaming_content)


def test_the_list_shows_own_jobs_and_marks_them_seen(enter, cast, done):
    assert not enter(cast.township).get(reverse("jobs")).context["page"].rows
    first = enter(cast.county).get(reverse("jobs"))
    assert first.context["fresh"] == {done.id}
    assert "168 households" in first.text
    assert not enter(cast.county).get(reverse("jobs")).context["fresh"]


@pytest.mark.parametrize("who", ["township", "stranger", "province", "administrator"])
def test_a_job_of_another_post_does_not_exist(enter, cast, done, who):
    client = enter(getattr(cast, who))
    for name in ("job", "job_progress", "job_file"):
        assert client.get(reverse(name, args=[done.id])).status_code == 404
    assert client.post(reverse("cancel_job", args=[done.id])).status_code == 404


def test_the_file_comes_with_its_name_and_is_not_stored_on_the_way(enter, cast, done):
    answer = enter(cast.county).get(reverse("job_file", args=[done.id]))
    assert body(answer) == b"all of it"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "%E7%BA%A2" in answer.headers["Content-Disposition"]


def test_who_may_open_it_is_asked_at_the_moment_of_download(enter, cast, done, monkeypatch):
    """The kind decides: here everybody of the job's city, and then nobody any more."""
    city = cast.city.division_id
    kind = KINDS["slow"]
    opened = dataclasses.replace(kind, may_open=lambda job, post: post.division.city_id == city)
    monkeypatch.setitem(KINDS, "slow", opened)
    address = reverse("job_file", args=[done.id])
    assert enter(cast.city).get(address).status_code == 200
    assert enter(cast.other_city).get(address).status_code == 404
    monkeypatch.setitem(KINDS, "slow", dataclasses.replace(kind, may_open=lambda *_: False))
    assert enter(cast.county).get(address).status_code == 404
    assert address not in enter(cast.county).get(reverse("job", args=[done.id])).text


def test_the_files_are_removed_after_seven_days_and_the_page_says_so(enter, cast, done):
    remove_old_results()  # NOW lies years back
    answer = enter(cast.county).get(reverse("job", args=[done.id]))
    assert "红色预警月报.xlsx" in answer.text
    assert enter(cast.county).get(reverse("job_file", args=[done.id])).status_code == 404


def test_a_waiting_job_is_taken_back_and_a_running_one_is_not(enter, cast):
    facts = {"kind": "slow", "asked_by": cast.county, "asked_at": NOW}
    waiting = Job.objects.create(key="a", **facts)
    running = Job.objects.create(key="b", state=State.RUNNING, **facts)
    client = enter(cast.county)
    for job in (waiting, running):
        client.post(reverse("cancel_job", args=[job.id]))
        job.refresh_from_db()
    assert (waiting.state, running.state) == (State.CANCELLED, State.RUNNING)


def test_the_fragment_asks_again_only_while_the_job_is_open(enter, cast, done):
    running = Job.objects.create(
        kind="slow", key="b", asked_by=cast.county, asked_at=NOW, state=State.RUNNING
    )
    client = enter(cast.county)
    assert "hx-get" in client.get(reverse("job_progress", args=[running.id])).text
    assert "hx-get" not in client.get(reverse("job_progress", args=[done.id])).text


def test_a_list_of_many_costs_what_a_list_of_few_does(
    enter, cast, done, django_assert_max_num_queries
):
    client = enter(cast.county)
    client.get(reverse("jobs"))
    facts = {"kind": "slow", "asked_by": cast.county, "asked_at": NOW, "state": State.DONE}
    Job.objects.bulk_create(Job(key=f"k{n}", ended_at=NOW, seen_at=NOW, **facts) for n in range(40))
    with django_assert_max_num_queries(12):
        client.get(reverse("jobs"))
