from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from jobs import running
from jobs.models import Job

KEEP_RESULTS = timedelta(days=7)


@shared_task
def run(job_id):
    running.run_job(job_id)


@shared_task
def sweep():
    running.sweep()


@shared_task
def remove_old_results():
    for job in Job.objects.filter(ended_at__lt=timezone.now() - KEEP_RESULTS).exclude(file=""):
        job.file.delete(save=False)
        Job.objects.filter(id=job.id).update(file="")
