from celery import shared_task
from django.utils import timezone

from accounts.workdays import is_workday
from duties.chasing import chase_tasks
from duties.faults import follow_faults
from duties.mailing import mail_digests


@shared_task
def chase_duties():
    """By the calendar, every morning; rests on days that are no working days."""
    now = timezone.now()
    if is_workday(timezone.localdate(now)):
        chase_tasks(at=now)


@shared_task
def follow_the_faults():
    """By the calendar, after the nightly checks; also takes back what was mended by day."""
    now = timezone.now()
    follow_faults(today=timezone.localdate(now), at=now)


@shared_task
def mail_the_digest():
    """By the calendar, every morning; rests on days that are no working days."""
    now = timezone.now()
    if is_workday(timezone.localdate(now)):
        mail_digests(at=now)
