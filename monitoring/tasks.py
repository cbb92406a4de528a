from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import Level
from households.models import Household
from jobs.registry import kind
from jobs.running import ask, report_progress
from monitoring import review


@kind("monthly_review", title=_("monthly review"))
def monthly_review(job):
    """``arguments``: province_id, month (YYYY-MM-01), name, because."""
    asked = job.arguments
    run = review.review_month(
        province=Division.objects.get(id=asked["province_id"]),
        month=timezone.datetime.fromisoformat(asked["month"]).date(),
        name=asked.get("name", ""),
        because=asked.get("because", ""),
        by=job.asked_by,
        at=job.asked_at,
        progress=lambda done: report_progress(
            job, done=done, total=2, stage=str(review.STAGES[done - 1])
        ),
    )
    return {"run_id": run.id, **run.counts}


def ask_for_review(*, province, month, by, at, name="", because=""):
    """The job of this month's review; asked twice, it is one."""
    return ask(
        "monthly_review",
        key=f"{province.code} {month:%Y-%m} {name}".strip(),
        arguments={
            "province_id": province.id,
            "month": f"{month:%Y-%m-01}",
            "name": name,
            "because": because,
        },
        by=by,
        at=at,
    )


@shared_task
def review_last_month():
    """By the calendar, shortly after a month's end, for every province with households."""
    now = timezone.now()
    last = review.month_before(timezone.localdate(now))
    provinces = Division.objects.filter(
        level=Level.PROVINCE, id__in=Household.objects.values("province").distinct()
    )
    for province in provinces:
        ask_for_review(province=province, month=last, by=None, at=now)
