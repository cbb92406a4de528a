from celery import shared_task
from django.utils import timezone

from assistance.funds import run  # noqa: F401 (registers a kind of job)
from assistance.plans.missing import follow_missing_plans


@shared_task
def follow_plans_and_persons():
    """By the calendar, every night: who is without a plan."""
    now = timezone.now()
    follow_missing_plans(today=timezone.localdate(now), at=now)
