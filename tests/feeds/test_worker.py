"""Files that meet each other, and one whose worker dies in the middle of writing."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from feeds import undoing, uploading
from feeds.models import FeedRow, FeedTrouble, FeedUpload, UploadState
from households.models import Member, MemberPast
from households.national.checking import LOCK_SPACE
from jobs.models import State
from jobs.running import sweep
from tests.feeds.files import AS_OF, NOW, as_csv, keep, number_of, officer_of, silent
from tests.households.test_import_worker import waiting
from tests.worker import Worker, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["姓名", "身份证号", "参保状态"]
ROWS = [
    ["汪大山", number_of(1), "未参保"],
    ["陈秀兰", number_of(2), "未参保"],
    ["王家旺", number_of(9), "参保"],
]


def ready(by, content=None):
    upload = keep(content or as_csv(HEAD, ROWS), "medical_insurance", by)
    uploading.look(upload)
    return upload


def written():
    """What an upload leaves: rows of memory, versions of members, rows to check."""
    return (
        sorted(FeedRow.objects.values_list("member__name", "values__enrolled", "on")),
        sorted(MemberPast.objects.values_list("name", "medical_insurance")),
        sorted(Member.objects.values_list("name", "medical_insurance")),
        FeedTrouble.objects.count(),
    )


EXPECTED = (
    [("汪大山", False, AS_OF), ("陈秀兰", False, AS_OF)],
    [("汪大山", None), ("陈秀兰", None)],
    [("汪大山", False), ("陈秀兰", False)],
    1,
)


@pytest.fixture
def office(cast, people):
    Member.objects.update(medical_insurance=None, since=date(2020, 1, 1))
    return officer_of(cast, "medical_insurance")


def at_once(cast, uploads):
    """Takes them in by threads that all stand at the lock of the county before the first may go."""
    county, faults = cast.county.division_id, []

    def start(upload):
        try:
            uploading.load(upload, progress=silent, by=upload.asked_by.officer, at=NOW)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=start, args=[upload]) for upload in uploads]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, county])
        try:
            for thread in threads:
                thread.start()
            wait_for(lambda: waiting() == len(threads))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, county])
    for thread in threads:
        thread.join()
    assert faults == []


def test_the_same_file_twice_at_once_is_taken_in_once(cast, office):
    at_once(cast, [ready(office), ready(office)])
    states = sorted(FeedUpload.objects.values_list("state", flat=True))
    assert states == [UploadState.LOADED, UploadState.SAME]
    assert written() == EXPECTED
    assert not FeedUpload.objects.exclude(file="").exists()


def test_one_upload_taken_in_twice_at_once_is_taken_in_once(cast, office):
    upload = ready(office)
    at_once(cast, [upload, FeedUpload.objects.get(pk=upload.pk)])
    upload.refresh_from_db()
    assert (upload.state, upload.counts["new"]) == (UploadState.LOADED, 2)
    assert written() == EXPECTED


def test_two_files_of_two_kinds_lose_nothing_of_each_other(cast, office):
    """Both change the same members; the second looks again once the first has written."""
    disability = keep(
        as_csv(["姓名", "身份证号", "残疾等级"], [["汪大山", number_of(1), "二级"]]),
        "disability",
        officer_of(cast, "disability"),
    )
    uploading.look(disability)
    at_once(cast, [ready(office), disability])
    head = Member.objects.get(name="汪大山")
    assert (head.medical_insurance, head.disabled, head.disability_grade) == (False, True, 2)
    assert MemberPast.objects.filter(member=head).count() == 2


def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_next_all(cast, office):
    """Rows of memory and versions are written and not committed; the troubles wait."""
    upload = ready(office)
    job = uploading.ask_load(upload, columns=upload.columns, as_of=AS_OF, by=office, at=NOW)

    def ended():
        job.refresh_from_db()
        return job.ended

    with Worker() as worker:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE feeds_feedtrouble IN SHARE MODE")
            sweep()  # the first message was thrown away with the queue of the test before
            wait_for(lambda: waiting() == 1)
            worker.kill()
        upload.refresh_from_db()
        assert upload.state == UploadState.READY and upload.file
        assert not FeedRow.objects.exists() and not MemberPast.objects.exists()
        worker.start()
        wait_for(lambda: sweep() or ended())
    assert (job.state, job.attempts) == (State.DONE, 2)
    upload.refresh_from_db()
    assert upload.state == UploadState.LOADED and not upload.file
    assert written() == EXPECTED


def test_a_file_taken_back_by_two_at_once_and_a_killed_worker_is_taken_back_once(cast, office):
    """The first worker dies while it waits for the rows to check; the next takes all of it back."""
    before = written()
    upload = ready(office)
    uploading.load(upload, progress=silent, by=office.officer, at=NOW)
    assert written() == EXPECTED
    job = undoing.ask_undo(upload, because="传错了文件", by=office, at=NOW)
    assert undoing.ask_undo(upload, because="传错了文件", by=office, at=NOW) == job

    def ended():
        job.refresh_from_db()
        return job.ended

    with Worker() as worker:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE feeds_feedtrouble IN SHARE MODE")
            sweep()
            wait_for(lambda: waiting() == 1)
            worker.kill()
        upload.refresh_from_db()
        assert upload.state == UploadState.LOADED and written() == EXPECTED
        worker.start()
        wait_for(lambda: sweep() or ended())
    assert (job.state, job.attempts) == (State.DONE, 2)
    upload.refresh_from_db()
    assert upload.state == UploadState.UNDONE and written() == before
