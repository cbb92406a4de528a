"""Asking for a job, running it, and taking up what was dropped."""

import logging
import traceback
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from accounts.acting import acting_as
from accounts.refusals import Refused
from jobs.models import Job, State
from jobs.registry import KINDS

log = logging.getLogger(__name__)
LOCK_SPACE = 0x706F76  # the first key of this project's advisory locks on jobs
ATTEMPTS = 3


def ask(kind, *, key, arguments, by, at):
    """The open job for this key, a new one when there is none. Woken when the row is committed."""
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                key=key,
                arguments=arguments,
                asked_by=by,
                asked_at=at,
                language=get_language() or settings.LANGUAGE_CODE,
            )
    except IntegrityError:
        job = Job.objects.open().filter(kind=kind, key=key).first()
        if job is None:  # it ended in between
            return ask(kind, key=key, arguments=arguments, by=by, at=at)
    transaction.on_commit(lambda: wake(job.id))
    return job


def wake(job_id):
    from jobs.tasks import run

    try:
        run.delay(job_id)
    except OSError as broker:
        log.warning("job %s waits for the sweep: %s", job_id, broker)


@contextmanager
def _alone(job_id):
    """Held by the database connection of whoever runs the job: it ends when that process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, job_id])
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, job_id])


def run_job(job_id):
    """Runs an open job once. Does nothing when it has ended or somebody is at it."""
    with _alone(job_id) as held:
        if held:
            _run_held(job_id)


def _run_held(job_id):
    job = Job.objects.select_related("asked_by__division", "asked_by__officer").get(id=job_id)
    if job.ended:
        return
    if job.attempts >= ATTEMPTS:
        _end(job, State.FAILED, error="The job was interrupted three times.")
        return
    job.state, job.attempts = State.RUNNING, job.attempts + 1
    job.started_at = timezone.now()
    job.save(update_fields=["state", "attempts", "started_at"])
    try:
        with acting_as(job.asked_by), override(job.language):
            job.result = KINDS[job.kind].body(job) or {}
    except Refused as refusal:
        _end(job, State.FAILED, error=str(refusal))
    except Exception as fault:
        # The message of a fault may quote a row; the place is enough to find it.
        place = "".join(traceback.format_tb(fault.__traceback__))
        log.error("job %s (%s) failed: %s\n%s", job.id, job.kind, type(fault).__name__, place)
        _end(job, State.FAILED, error="")
    else:
        _end(job, State.DONE)


def _end(job, state, *, error=""):
    job.state, job.error, job.ended_at = state, error, timezone.now()
    job.save(update_fields=["state", "error", "ended_at", "result", "file", "file_name"])


def report_progress(job, *, done, total, stage=""):
    """Shown on the job's page. Call it outside a transaction, or nobody sees it in time."""
    Job.objects.filter(id=job.id).update(done=done, total=total, stage=stage)


def sweep():
    """Wakes open jobs that nobody is running: their message was lost or their worker died."""
    for job_id in Job.objects.open().order_by("asked_at").values_list("id", flat=True):
        wake(job_id)
