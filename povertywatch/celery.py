"""The calendar of the house: what runs by itself, and when (Asia/Shanghai)."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

from povertywatch.yielding import give_way

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")

app = Celery("povertywatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def before_its_children(**_sender):
    give_way()


app.conf.beat_schedule = {
    # AH 3.2: the analysis of a month is made at its end; five past midnight of the next one.
    "monthly review": {
        "task": "monitoring.tasks.review_last_month",
        "schedule": crontab(minute=5, hour=0, day_of_month=1),
    },
    "figures of frozen months": {
        "task": "reports.tasks.roll_up_frozen_months",
        "schedule": crontab(minute="*/10"),
    },
    # AH 6: the bulletin of a quarter is drafted as soon as its months are counted.
    "quarterly bulletin": {
        "task": "reports.tasks.compose_bulletins",
        "schedule": crontab(minute=30, hour=6),
    },
    # XC 5.1: reminders, and the level above told what is late; it rests when the offices rest.
    "chase deadlines": {
        "task": "monitoring.tasks.chase_deadlines",
        "schedule": crontab(minute=30, hour=7),
    },
    "chase tasks": {
        "task": "duties.tasks.chase_duties",
        "schedule": crontab(minute=35, hour=7),
    },
    # GZ 4.2.2: what households say of themselves becomes clues, away from the page that takes it.
    "take up applications": {"task": "monitoring.tasks.take_up", "schedule": 60},
    "chase clues": {
        "task": "monitoring.tasks.chase_the_clues",
        "schedule": crontab(minute=25, hour=7),
    },
    "forget applications": {
        "task": "monitoring.tasks.forget",
        "schedule": crontab(minute=40, hour=3),
    },
    "forget givers": {
        "task": "assistance.tasks.forget_the_givers",
        "schedule": crontab(minute=42, hour=3),
    },
    # AH 3.2: at a month's end all that departments know is compared, after each file its own kind.
    "compare": {
        "task": "monitoring.tasks.compare_all",
        "schedule": crontab(minute=30, hour=22, day_of_month="28-31"),
    },
    # XC 5.1: counts of what waits, to officers who gave an address; only where e-mail is set up.
    "digest of the morning": {
        "task": "duties.tasks.mail_the_digest",
        "schedule": crontab(minute=45, hour=7),
    },
    # LA 2.1.2: a big change that a visit reports adjusts the tier at once, however late it arrives.
    "adjust tiers": {"task": "monitoring.tasks.adjust_tiers", "schedule": 120},
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
    "tasks of data faults": {
        "task": "duties.tasks.follow_the_faults",
        "schedule": crontab(minute=0, hour=5),
    },
    # AH 4.1.3, 4.2.2: nobody without a plan, nobody without a responsible or contact person.
    "tasks of plans and persons": {
        "task": "assistance.tasks.follow_plans_and_persons",
        "schedule": crontab(minute=20, hour=5),
    },
    # AH0 3.4.1: assurance and water problems found by visits and reviews, and those mended.
    "assurance problems": {
        "task": "monitoring.tasks.follow_the_assurances",
        "schedule": crontab(minute=10, hour=5),
    },
    # Lines of campaigns follow households that move; a task for each desk where lines wait.
    "campaigns": {
        "task": "monitoring.tasks.keep_the_campaigns",
        "schedule": crontab(minute=20, hour=5),
    },
    # AH 6.3: what villages were asked this month.
    "burden": {
        "task": "monitoring.tasks.count_the_burden",
        "schedule": crontab(minute=30, hour=5),
    },
    # AH 2.1: a new income statement may say less than departments booked; and what nobody corrects
    # of their files is forgotten.
    "costs that departments booked": {
        "task": "feeds.tasks.settle_booked_costs",
        "schedule": crontab(minute=45, hour=1),
    },
    "forget departments' rows": {
        "task": "feeds.tasks.forget_old_troubles",
        "schedule": crontab(minute=40, hour=3),
    },
    # A job whose worker died is taken up again.
    "sweep dropped jobs": {"task": "jobs.tasks.sweep", "schedule": 60},
    # Tables that officers want every week, every month or after a review.
    "scheduled downloads": {
        "task": "jobs.tasks.make_scheduled_downloads",
        "schedule": crontab(minute="*/10"),
    },
    "remove old uploads": {
        "task": "households.tasks.remove_uploads",
        "schedule": crontab(minute=35, hour=3),
    },
    "remove old results": {
        "task": "jobs.tasks.remove_old_results",
        "schedule": crontab(minute=30, hour=3),
    },
}
