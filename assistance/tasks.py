from celery import shared_task
from django.utils import timezone

from assistance.funds import run  # noqa: F401 (registers a kind of job)
from assistance.persons.missing import follow_missing_persons
from assistance.plans.missing import follow_missing_plans
from assistance.projects.leases import follow_rents
from assistance.social.forgetting import close_unchecked, forget_givers


@shared_task
def follow_plans_and_persons():
    """By the calendar, every night: who is without a plan, and who without a person."""
    now = timezone.now()
    given = {"today": timezone.localdate(now), "at": now}
    follow_missing_plans(**given)
    follow_missing_persons(**given)
    follow_rents(at=now)


@shared_task
def forget_the_givers():
    """By the calendar, every night: names and phones of those whose offer ended long ago, or was
    checked by nobody."""
    now = timezone.now()
    close_unchecked(at=now)
    forget_givers(at=now)
