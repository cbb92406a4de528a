from datetime import timedelta

from celery import shared_task
from django.db import connection
from django.utils import timezone

from jobs import running
from jobs.models import Job, ListedRows
from jobs.schedules.due import make_due_files, tell_by_mail
from jobs.tables import making  # noqa: F401  its kind of job is known wherever jobs are

KEEP_RESULTS = timedelta(days=7)


@shared_task
def run(job_id):
    connection.close()  # memory for a session's tables can only be asked for in a new one
    running.run_job(job_id)


@shared_task
def sweep():
    running.sweep()


@shared_task
def remove_old_results():
    for job in Job.objects.filter(ended_at__lt=timezone.now() - KEEP_RESULTS).exclude(file=""):
        job.file.delete(save=False)
        Job.objects.filter(id=job.id).update(file="")
        ListedRows.objects.filter(job=job).delete()


@shared_task
def make_scheduled_downloads():
    """By the calendar, every ten minutes."""
    make_due_files(at=timezone.now())
    tell_by_mail(at=timezone.now())
