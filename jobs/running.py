"""Asking for a job, running it, and taking up what was dropped."""

import logging
import traceback
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError

from accounts.acting import acting_as
from accounts.refusals import Refused
from jobs.models import Job, State
from jobs.registry import KINDS

log = logging.getLogger(__name__)
LOCK_SPACE = 0x706F76  # the first key of this project's advisory locks on jobs
ATTEMPTS = 3
SWEEP_SECONDS = 60


def ask(kind, *, key, arguments, private="", by, at):
    """The open job for this key, a new one when there is none. Woken when the row is committed.

    ``private``: what was typed and is needed to do it; kept sealed.
    """
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                key=key,
                arguments=arguments,
                private=private,
                asked_by=by,
                asked_at=at,
                language=get_language() or settings.LANGUAGE_CODE,
            )
    except IntegrityError:
        job = Job.objects.open().filter(kind=kind, key=key).first()
        if job is None:  # it ended in between
            return ask(kind, key=key, arguments=arguments, private=private, by=by, at=at)
    transaction.on_commit(lambda: wake(job.id))
    return job


def wake(job_id, **options):
    from jobs.tasks import run

    try:
        run.apply_async([job_id], **options)
    except (OSError, BrokerError) as broker:
        log.warning("job %s waits for the sweep: %s", job_id, type(broker).__name__)


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
    if not _started(job_id):
        return
    job = Job.objects.select_related("asked_by__division", "asked_by__officer").get(id=job_id)
    with acting_as(job.asked_by), override(job.language):
        if job.attempts > ATTEMPTS:
            _end(job, State.FAILED, error=_("The job was interrupted three times and given up."))
        else:
            _run_body(job)


def _started(job_id):
    """One statement, so that a job taken back at the same moment is not run."""
    return (
        Job.objects.open()
        .filter(id=job_id)
        .update(state=State.RUNNING, attempts=F("attempts") + 1, started_at=timezone.now())
    )


def _run_body(job):
    try:
        job.result = KINDS[job.kind].body(job) or {}
    except Refused as refusal:
        _end(job, State.FAILED, error=str(refusal))
    except Exception as fault:
        # The message of a fault may quote a row; the place is enough to find it.
        place = "".join(traceback.format_tb(fault.__traceback__))
        log.error("job %s (%s) failed: %s\n%s", job.id, job.kind, type(fault).__name__, place)
        _end(job, State.FAILED)
    else:
        _end(job, State.DONE)


def _end(job, state, *, error=""):
    job.state, job.error, job.ended_at = state, error, timezone.now()
    job.save(update_fields=["state", "error", "ended_at", "result", "file", "file_name"])


def report_progress(job, *, done, total, stage=""):
    """Shown on the job's page. Call it outside a transaction, or nobody sees it in time."""
    Job.objects.filter(id=job.id).update(done=done, total=total, stage=stage)


def cancel(job, *, by, at):
    """Takes back a job that has not begun. Says whether it did."""
    waiting = Job.objects.visible_to(by).filter(id=job.id, state=State.QUEUED)
    return bool(waiting.update(state=State.CANCELLED, ended_at=at, seen_at=at))


def seen(jobs, *, by, at):
    """The one who asked has looked at these; they no longer count as messages."""
    news = [job.id for job in jobs if job.ended and job.seen_at is None]
    if news:
        Job.objects.visible_to(by).filter(id__in=news).update(seen_at=at)


def sweep():
    """Wakes open jobs that nobody is running: their message was lost or their worker died.

    These messages die out before the next sweep, so that a long queue does not grow by itself.
    """
    waiting = Job.objects.open().exclude(id__in=_held_now()).order_by("asked_at")
    for job_id in waiting.values_list("id", flat=True):
        wake(job_id, expires=SWEEP_SECONDS)


def _held_now():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND classid = %s AND database = (SELECT oid FROM pg_database"
            " WHERE datname = current_database())",
            [LOCK_SPACE],
        )
        return [row[0] for row in cursor.fetchall()]
