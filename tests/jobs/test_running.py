"""Jobs with a real worker, which is killed, doubled, starved and left without its queue."""

import os
import subprocess
import sys

import pytest
import redis
from django.conf import settings as house
from django.utils.translation import override

from jobs import running
from jobs.models import Job, State
from tests.cast import NOW
from tests.worker import HOUSE, database_url, empty_the_queue, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def state(job):
    return Job.objects.values_list("state", flat=True).get(id=job.id)


def begun(go):
    log = go.with_suffix(".log")
    return log.read_text().count("begun") if log.exists() else 0


@pytest.fixture
def go(tmp_path):
    return tmp_path / "go"


def test_a_job_runs_reports_and_keeps_its_result(worker, asked, go):
    job = asked(go=str(go))
    wait_for(lambda: Job.objects.filter(id=job.id, stage="half-way").exists())
    job.refresh_from_db()
    assert (job.state, job.percent, job.ended_at) == (State.RUNNING, 50, None)
    go.touch()
    wait_for(lambda: state(job) == State.DONE)
    job.refresh_from_db()
    assert (job.sentence, job.file_name, job.percent) == ("2 of 2", "result.txt", 100)


def test_killed_half_way_it_is_taken_up_by_the_sweep(worker, asked, go):
    job = asked(go=str(go))
    wait_for(lambda: begun(go) == 1)
    worker.kill()
    assert state(job) == State.RUNNING
    empty_the_queue()  # what the dead worker had not acknowledged is lost as well
    go.touch()
    worker.start()
    wait_for(lambda: running.sweep() or state(job) == State.DONE)
    assert begun(go) == 2
    assert Job.objects.get(id=job.id).attempts == 2


def test_doubled_messages_run_it_once(worker, asked, go):
    job = asked(go=str(go))
    running.wake(job.id)
    running.wake(job.id)
    wait_for(lambda: begun(go) == 1)
    last = asked(key="behind the doubles", go=str(go))
    go.touch()
    wait_for(lambda: state(last) == State.DONE)
    assert begun(go) == 2  # one for each of the two jobs
    assert Job.objects.get(id=job.id).attempts == 1


def test_two_at_once_are_one(asked, queue, go):
    assert asked(go=str(go)).id == asked(go=str(go)).id
    assert Job.objects.count() == 1


def test_the_same_key_may_be_asked_for_again_after_the_end(asked, queue, go):
    first = asked(go=str(go))
    Job.objects.filter(id=first.id).update(state=State.DONE, ended_at=NOW)
    assert asked(go=str(go)).id != first.id


def test_an_emptied_queue_loses_no_job(worker, asked, go):
    go.touch()
    worker.kill()
    job = asked(go=str(go))
    empty_the_queue()
    worker.start()
    assert state(job) == State.QUEUED
    running.sweep()
    wait_for(lambda: state(job) == State.DONE)


def test_without_a_broker_the_job_waits_for_the_sweep(cast, go):
    """In a process of its own, which knows no other queue than one that does not answer."""
    asking = (
        "from django.utils import timezone\n"
        "from accounts.models import Post\n"
        "from jobs.running import ask\n"
        f"ask('slow', key='k', arguments={{}}, by=Post.objects.get(id={cast.county.id}),"
        " at=timezone.now())"
    )
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", asking],
        env=os.environ | {"DATABASE_URL": database_url(), "REDIS_URL": "redis://127.0.0.1:1"},
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (told.returncode, told.stdout) == (0, "")
    assert "waits for the sweep" in told.stderr
    assert Job.objects.get().state == State.QUEUED


def test_the_sweep_leaves_a_running_job_alone(asked, queue, go):
    job = asked(go=str(go))
    empty_the_queue()
    with running._alone(job.id):
        running.sweep()
        assert redis.from_url(house.REDIS_URL).llen("celery") == 0
    running.sweep()
    assert redis.from_url(house.REDIS_URL).llen("celery") == 1


def test_interrupted_three_times_it_is_given_up(asked, queue, go):
    job = asked(go=str(go))
    Job.objects.filter(id=job.id).update(attempts=3, state=State.RUNNING)
    running.run_job(job.id)
    assert state(job) == State.FAILED
    assert Job.objects.get(id=job.id).error


def test_a_refusal_is_told_in_its_own_words(asked, queue):
    job = asked("faulty", how="refused")
    running.run_job(job.id)
    job.refresh_from_db()
    assert (job.state, job.sentence) == (State.FAILED, "This month is not over yet.")


def test_a_fault_says_nothing_of_what_it_held(asked, queue, caplog):
    job = asked("faulty", how="broken")
    running.run_job(job.id)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "342426196503122317" not in caplog.text + job.error + job.sentence
    assert "ValueError" in caplog.text


def test_a_job_taken_back_is_not_run(asked, queue, go, cast):
    job = asked(go=str(go))
    assert running.cancel(job, by=cast.county, at=NOW)
    running.run_job(job.id)
    assert (state(job), begun(go)) == (State.CANCELLED, 0)
    assert not running.cancel(job, by=cast.county, at=NOW)


def test_nobody_takes_back_what_another_asked_for(asked, queue, go, cast):
    job = asked(go=str(go))
    assert not running.cancel(job, by=cast.township, at=NOW)
    assert state(job) == State.QUEUED


def test_a_job_speaks_the_language_of_who_asked(cast, queue, go):
    with override("en"):
        job = running.ask("slow", key="x", arguments={"go": str(go)}, by=cast.county, at=NOW)
    assert job.language == "en"
    Job.objects.filter(id=job.id).update(attempts=3)
    with override("zh-hans"):
        running.run_job(job.id)
    assert Job.objects.get(id=job.id).error.startswith("The job was interrupted")


def test_a_message_for_a_job_that_is_gone_does_no_harm(db):
    running.run_job(987654321)
    assert not Job.objects.exists()
