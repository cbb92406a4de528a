"""What somebody searched for is in no plain column: not of jobs, not of schedules."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.urls import reverse

from jobs.models import Job, ScheduledDownload
from jobs.running import run_job
from jobs.schedules import acts
from jobs.schedules.due import make_due_files
from jobs.tables.making import ask_for_table
from tests.cast import NOW
from tests.jobs.test_schedules import BEGIN, at

HOMES = "/households/"
NAME = "汪秀兰"
QUERY = f"q={quote(NAME)}"


def plain_text(model):
    """Every column of every row, as a backup holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {model._meta.db_table} t")
        return cursor.fetchone()[0]


def tells_the_name(words):
    return NAME in words or quote(NAME) in words


@pytest.fixture
def asked(cast, queue):
    cast.household(head_name=NAME)
    cast.household(head_name="李四")
    return ask_for_table(address=HOMES, query=QUERY, by=cast.county, at=NOW)


def test_a_job_is_done_with_the_words_and_does_not_tell_them(asked):
    assert not tells_the_name(plain_text(Job))
    assert asked.arguments == {"address": HOMES, "name": ""}
    run_job(asked.id)
    asked.refresh_from_db()
    assert asked.result["rows"] == 1
    assert not tells_the_name(plain_text(Job))


def test_the_same_words_are_the_same_job_and_others_another(cast, asked):
    again = ask_for_table(address=HOMES, query=QUERY, by=cast.county, at=NOW)
    other = ask_for_table(address=HOMES, query="q=x", by=cast.county, at=NOW)
    assert again.id == asked.id != other.id


def test_a_schedule_keeps_them_sealed_and_its_files_have_them(cast, queue, client):
    cast.household(head_name=NAME)
    cast.household(head_name="李四")
    said = {"name": "一户", "address": HOMES, "query": QUERY, "rhythm": "monthly", "day": 5}
    first = acts.schedule_download(**said, by=cast.county, at=BEGIN)
    assert acts.schedule_download(**said, by=cast.county, at=BEGIN) == first
    assert not tells_the_name(plain_text(ScheduledDownload))
    client.force_login(cast.county.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert f'href="{HOMES}?{QUERY}"' in client.get(reverse("schedules")).text
    assert make_due_files(at=at(6, 5)) == 1
    job = Job.objects.get()
    assert not tells_the_name(plain_text(Job))
    run_job(job.id)
    job.refresh_from_db()
    assert job.result["rows"] == 1
