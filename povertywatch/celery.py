"""The calendar of the house: what runs by itself, and when (Asia/Shanghai)."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")

app = Celery("povertywatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # AH 3.2: the analysis of a month is made at its end; five past midnight of the next one.
    "monthly review": {
        "task": "monitoring.tasks.review_last_month",
        "schedule": crontab(minute=5, hour=0, day_of_month=1),
    },
    # XC 5.1: reminders, and the level above told what is late; it rests when the offices rest.
    "chase deadlines": {
        "task": "monitoring.tasks.chase_deadlines",
        "schedule": crontab(minute=30, hour=7),
    },
    # LA 4.3: tiers are divided anew in April and October; after the review of the month before.
    "tier rounds": {
        "task": "monitoring.tasks.open_due_tier_rounds",
        "schedule": crontab(minute=30, hour=1, month_of_year="4,10"),
    },
    # XC 4.1.2: checks over all data, every night when nobody works on them.
    "data quality": {
        "task": "households.tasks.check_data_quality",
        "schedule": crontab(minute=15, hour=2),
    },
    # A job whose worker died is taken up again.
    "sweep dropped jobs": {"task": "jobs.tasks.sweep", "schedule": 60},
    "remove old results": {
        "task": "jobs.tasks.remove_old_results",
        "schedule": crontab(minute=30, hour=3),
    },
}
