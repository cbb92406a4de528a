"""The review as a job under a real worker: killed half-way, asked twice, started twice at once."""

from datetime import date, datetime
from threading import Thread

import pytest
from django.db import connection, transaction

from jobs.models import Job, State
from jobs.running import sweep
from monitoring import review
from monitoring.models import Assessment, FlagLine, RedFlag, Run
from monitoring.review import LOCK_SPACE, review_month
from monitoring.tasks import ask_for_review
from tests.cast import SHANGHAI
from tests.monitoring.test_review import make_red, visit
from tests.worker import Worker, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = date(2020, 6, 1)
AT = datetime(2020, 7, 1, 0, 5, tzinfo=SHANGHAI)


def ask(cast):
    return ask_for_review(province=cast.province.division, month=JUNE, by=cast.province, at=AT)


def ended(job):
    job.refresh_from_db()
    return job.ended


def result():
    lines = FlagLine.objects.order_by("number").values_list("number", "change", "red")
    marks = Assessment.objects.order_by("household__number").values_list("tier", "red")
    flags = RedFlag.objects.filter(ended_on=None).count()
    return list(lines), list(marks), flags


def test_asked_twice_it_is_one_job_and_one_month(cast):
    make_red(cast)
    with Worker():
        one, two = ask(cast), ask(cast)
        assert one.id == two.id
        wait_for(lambda: ended(one))
    assert one.state == State.DONE and Run.objects.get().state == "frozen"
    assert one.result["new"] == 1


def test_killed_half_way_it_is_taken_up_and_ends_the_same(cast):
    """The worker dies inside the review, while it waits for another that holds the province."""
    for _n in range(3):
        make_red(cast)
    visit(cast, cast.family())
    province = cast.province.division
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, province.id])
    with Worker() as worker:
        job = ask(cast)
        wait_for(lambda: Job.objects.get(id=job.id).state == State.RUNNING)
        worker.kill()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, province.id])
        assert not Run.objects.frozen().exists()
        worker.start()
        wait_for(lambda: sweep() or ended(job))
    assert job.state == State.DONE and job.attempts == 2
    lines, marks, flags = result()
    assert len(lines) == flags == 3 and len(marks) == 4


def test_killed_between_judging_and_marking_nothing_is_half_done(cast):
    make_red(cast)
    run = review._open_run(cast.province.division, JUNE, "", "", cast.province, AT)
    tiers = review._judge(run, AT)
    assert Assessment.objects.count() == 1 and not RedFlag.objects.exists()
    try:
        with transaction.atomic():
            review._mark_and_freeze(run, tiers, AT)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert not RedFlag.objects.exists() and not Run.objects.frozen().exists()
    review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AT)
    assert Assessment.objects.count() == 1 and RedFlag.objects.count() == 1


def test_started_twice_at_once_one_waits_for_the_other(cast):
    for _n in range(3):
        make_red(cast)
    runs, faults = [], []

    def start():
        try:
            runs.append(
                review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AT)
            )
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=start) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert {run.id for run in runs} == {Run.objects.get().id}
    assert len(result()[0]) == 3 and Assessment.objects.count() == 3


def test_judged_in_slices_the_month_is_the_same(cast, monkeypatch):
    for number in range(7):
        make_red(cast) if number % 2 else visit(cast, cast.family())
    whole = review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AT)
    monkeypatch.setattr(review, "WORTH_SLICING", 1)
    assert len(review._slices(whole)) == 2
    sliced = review_month(
        province=cast.province.division,
        month=JUNE,
        by=cast.province,
        at=AT,
        name="切分",
        because="对照",
    )
    marks = Assessment.objects.order_by("household").values_list("household", "tier", "red")
    assert list(marks.filter(run=sliced)) == list(marks.filter(run=whole))
    assert marks.filter(run=sliced).count() == 7
