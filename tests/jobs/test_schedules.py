"""Tables wanted again and again: each period one file, as long as the post is open."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Officer, Post
from accounts.refusals import Refused
from jobs.models import Job, ScheduledDownload, ScheduledFile, State
from jobs.running import run_job
from jobs.schedules import acts
from jobs.schedules.due import make_due_files, tell_by_mail
from jobs.schedules.periods import is_due, next_moment
from monitoring.models import Run
from tests.cast import SHANGHAI

BEGIN = datetime(2020, 6, 3, 9, 0, tzinfo=SHANGHAI)  # a Wednesday


def at(month, day, hour=9):
    return datetime(2020, month, day, hour, 0, tzinfo=SHANGHAI)


@pytest.fixture
def scheduled(cast, queue):
    def make(rhythm="monthly", day=5, post=None, **facts):
        said = {"name": "边缘户", "address": "/households/", "query": "status=edge"} | facts
        return acts.schedule_download(
            rhythm=rhythm, day=day, by=post or cast.county, at=BEGIN, **said
        )

    return make


@pytest.mark.parametrize(
    ("rhythm", "day", "moment", "period"),
    [
        ("monthly", 5, at(6, 4), None),
        ("monthly", 5, at(6, 5, 5), None),
        ("monthly", 5, at(6, 5, 6), "2020-06"),
        ("monthly", 5, at(6, 30), "2020-06"),
        ("monthly", 5, at(7, 4), "2020-06"),
        ("monthly", 5, at(9, 20), "2020-09"),
        ("monthly", 1, at(6, 30), None),  # the first of June lay before it was saved
        ("weekly", 1, at(6, 7), None),
        ("weekly", 1, at(6, 8, 6), "2020-W24"),
        ("weekly", 7, at(6, 7, 7), "2020-W23"),
        ("weekly", 3, at(6, 9), None),
    ],
)
def test_a_period_is_due_from_six_in_the_morning(scheduled, rhythm, day, moment, period):
    assert is_due(scheduled(rhythm, day), moment) == period


def test_the_next_file_is_told(scheduled):
    assert next_moment(scheduled(), at(6, 5, 6)) == at(7, 5, 6)
    assert next_moment(scheduled("weekly", 1), at(6, 6)) == at(6, 8, 6)


def test_beat_makes_one_file_for_a_period_however_often_it_asks(scheduled):
    scheduled()
    assert [make_due_files(at=at(6, 5, 6)) for _n in range(3)] == [1, 0, 0]
    job = Job.objects.get()
    run_job(job.id)
    job.refresh_from_db()
    assert (job.state, job.file_name[:11]) == (State.DONE, "边缘户 2020-06")
    assert make_due_files(at=at(6, 28)) == 0
    assert make_due_files(at=at(9, 6)) == 1  # beat was away for months: one file, not three
    assert ScheduledFile.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_make_one_file(scheduled):
    scheduled()
    both, made = Barrier(2), []

    def beat():
        both.wait()
        made.append(make_due_files(at=at(6, 5, 6)))
        connection.close()

    beats = [Thread(target=beat) for _n in range(2)]
    [thread.start() for thread in beats]
    [thread.join() for thread in beats]
    assert sorted(made) == [0, 1]
    assert (ScheduledFile.objects.count(), Job.objects.count()) == (1, 1)


def test_after_the_months_review_and_once(cast, scheduled):
    scheduled("review", 0)
    assert make_due_files(at=at(7, 1)) == 0
    facts = {"province": cast.divisions["340000000000"], "asked_at": at(7, 1), "state": "frozen"}
    Run.objects.create(month="2020-05-01", as_of="2020-05-31", frozen_at=at(6, 1), **facts)
    assert make_due_files(at=at(7, 1)) == 0  # reviewed before it was saved
    Run.objects.create(month="2020-06-01", as_of="2020-06-30", frozen_at=at(7, 1), **facts)
    assert [make_due_files(at=at(7, 1, 10)) for _n in range(2)] == [1, 0]
    assert ScheduledFile.objects.get().period == "review 2020-06"


def test_it_ends_with_the_post_and_with_the_account(cast, scheduled):
    scheduled()
    scheduled(post=cast.city)
    Post.objects.filter(id=cast.county.id).update(until="2020-06-05")
    Officer.objects.filter(id=cast.city.officer_id).update(is_active=False)
    assert make_due_files(at=at(6, 5, 6)) == 0
    assert not ScheduledDownload.objects.filter(ended_at=None).exists()


def test_paused_it_makes_nothing_and_resumed_only_what_comes(cast, scheduled):
    row = scheduled()
    assert acts.pause_schedule(row, by=cast.county, at=at(6, 4))
    assert make_due_files(at=at(6, 6)) == 0
    assert acts.resume_schedule(row, by=cast.county, at=at(6, 10))
    assert make_due_files(at=at(6, 11)) == 0
    assert make_due_files(at=at(7, 6)) == 1


def test_deleted_it_is_gone_and_nobody_deletes_that_of_another(cast, scheduled):
    row = scheduled()
    assert not acts.delete_schedule(row, by=cast.city, at=BEGIN)
    assert acts.delete_schedule(row, by=cast.county, at=BEGIN)
    assert make_due_files(at=at(6, 6)) == 0


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"day": 29}, {"day": 0}, {"rhythm": "weekly", "day": 8},
              {"query": "q=" + "x" * 1200}, {"name": "长" * 61}],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(scheduled, wrong):
    with pytest.raises(Refused):
        scheduled(**wrong)


def test_each_file_holds_what_the_post_sees_then(cast, scheduled):
    cast.household(status="edge", exited_class="")
    scheduled()
    make_due_files(at=at(6, 5, 6))
    cast.household("341525100201", status="edge", exited_class="")
    Post.objects.filter(id=cast.county.id).update(division=cast.stranger.division)
    run_job(Job.objects.get().id)
    assert Job.objects.get().result["rows"] == 1
    assert Job.objects.get().file_name.endswith("xlsx") and "霍山县" in Job.objects.get().file_name


def test_whoever_gave_an_address_is_told_once_and_without_a_name(cast, scheduled, settings):
    settings.EMAIL_HOST = "localhost"
    Officer.objects.filter(id=cast.county.officer_id).update(email="officer@example.org")
    scheduled()
    make_due_files(at=at(6, 5, 6))
    tell_by_mail(at=at(6, 5, 6))
    assert mail.outbox == []  # it is not made yet
    run_job(Job.objects.get().id)
    tell_by_mail(at=at(6, 5, 7))
    tell_by_mail(at=at(6, 5, 8))
    assert [sent.to for sent in mail.outbox] == [["officer@example.org"]]
    assert "边缘户" not in mail.outbox[0].subject + mail.outbox[0].body


def test_saved_paused_and_deleted_on_its_pages(cast, client, queue):
    client.force_login(cast.county.officer, "django.contrib.auth.backends.ModelBackend")
    page = {"path": "/households/", "query": "status=edge"}
    assert client.get(reverse("new_schedule"), page).status_code == 200
    assert client.get(reverse("new_schedule"), {"path": "/me/"}).status_code == 404
    said = page | {"name": "边缘户", "rhythm": "weekly", "weekday": "1", "part": ""}
    assert client.post(reverse("new_schedule"), said | {"name": ""}).status_code == 422
    client.post(reverse("new_schedule"), said)
    row = ScheduledDownload.objects.get()
    assert (row.address, row.query.open(), row.day) == ("/households/", "status=edge", 1)
    assert "边缘户" in client.get(reverse("schedules")).text
    for name in ("pause_schedule", "resume_schedule", "delete_schedule"):
        assert client.post(reverse(name, args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.ended_at and row.paused_at is None
    assert timedelta(0) < row.made_at - BEGIN


def test_saved_twice_it_is_one(scheduled):
    first = scheduled()
    assert scheduled() == first and scheduled(day=6) != first
    acts.pause_schedule(first, by=first.post, at=BEGIN)
    assert scheduled() != first, "a paused one does not stand for it"


def test_the_list_asks_no_more_for_more_downloads(cast, client, scheduled):
    client.force_login(cast.county.officer, "django.contrib.auth.backends.ModelBackend")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("schedules")).status_code == 200
        return len(queries)

    scheduled()
    asked()
    few = asked()
    for day in range(6, 10):
        scheduled(day=day)
    assert asked() == few
