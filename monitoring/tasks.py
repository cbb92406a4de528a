from datetime import date

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.workdays import is_workday
from households.models import Household
from jobs.registry import kind
from jobs.running import ask, report_progress
from monitoring import review
from monitoring.applying.forgetting import forget_applications
from monitoring.applying.taking_up import take_up_applications
from monitoring.assurances.following import follow_assurances
from monitoring.burden.counting import count_burden
from monitoring.campaigns.keeping import keep_campaigns
from monitoring.campaigns.opening import open_campaign
from monitoring.campaigns.reminding import follow_screenings
from monitoring.clues.chasing import chase_clues
from monitoring.comparison.calling import ask_for_comparison
from monitoring.comparison.running import compare
from monitoring.inbox.chasing import chase
from monitoring.models import Campaign
from monitoring.tiers.adjusting import adjust_again, adjust_waiting
from monitoring.tiers.rounds import MONTHS, open_tier_rounds, round_month


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


@shared_task
def chase_deadlines():
    """By the calendar, every morning; rests on days that are no working days."""
    now = timezone.now()
    if is_workday(timezone.localdate(now)):
        chase(at=now)
        adjust_again(at=now)


@shared_task
def adjust_tiers():
    """By the calendar, every other minute: big changes whose visit's own process did not look."""
    adjust_waiting(at=timezone.now())


@shared_task
def follow_the_assurances():
    """By the calendar, every night; after a review it sees its findings."""
    follow_assurances(at=timezone.now())


@kind("tier_rounds", title=_("half-yearly tier division"))
def tier_rounds(job):
    """``arguments``: division_id, month (YYYY-MM-01)."""
    asked = job.arguments
    rounds = open_tier_rounds(
        division=Division.objects.get(id=asked["division_id"]),
        month=timezone.datetime.fromisoformat(asked["month"]).date(),
        by=job.asked_by,
        at=job.asked_at,
        progress=lambda done, total: report_progress(
            job, done=done, total=total, stage=str(_("writing the households of each county"))
        ),
    )
    return {"rounds": len(rounds)}


def ask_for_tier_rounds(*, division, month, by, at):
    """The job that opens the round; asked twice, it is one."""
    return ask(
        "tier_rounds",
        key=f"{division.code} {month:%Y-%m}",
        arguments={"division_id": division.id, "month": f"{month:%Y-%m-01}"},
        by=by,
        at=at,
    )


@shared_task
def open_due_tier_rounds():
    """Daily in April and October: a missed day is made good, and newcomers join the round."""
    now = timezone.now()
    today = timezone.localdate(now)
    if today.month not in MONTHS:
        return
    provinces = Household.objects.values("province").distinct()
    for province in Division.objects.filter(level=Level.PROVINCE, id__in=provinces):
        ask_for_tier_rounds(division=province, month=round_month(today), by=None, at=now)


@shared_task
def take_up():
    """By the calendar, every minute: applications without an account become clues."""
    take_up_applications(at=timezone.now())


@shared_task
def chase_the_clues():
    """By the calendar, every morning; rests on days that are no working days."""
    now = timezone.now()
    if is_workday(timezone.localdate(now)):
        chase_clues(at=now)


@shared_task
def forget():
    """By the calendar, every night: personal data of answered applications are removed."""
    forget_applications(at=timezone.now())


@kind("campaign", title=_("opening a campaign"))
def campaign(job):
    """``arguments``: kind, since, until, groups. Killed and run again it is the same campaign."""
    asked = job.arguments
    made = Campaign.objects.filter(
        kind=asked["kind"], opened_by=job.asked_by, opened_at=job.asked_at
    ).first()
    if made is None:
        made = open_campaign(
            kind=asked["kind"],
            since=date.fromisoformat(asked["since"]),
            until=date.fromisoformat(asked["until"]),
            groups=asked["groups"],
            by=job.asked_by,
            at=job.asked_at,
        )
    number = made.lines.count()
    words = ngettext("%(n)d household is on the list.", "%(n)d households are on the list.", number)
    return {"sentence": words % {"n": number}, "url": reverse("campaign", args=[made.pk])}


def ask_for_campaign(*, kind, since, until, groups, by, at):
    """The job that opens the campaign; asked twice, it is one."""
    said = {"kind": kind, "since": f"{since}", "until": f"{until}", "groups": list(groups)}
    return ask("campaign", key=f"{by.division.code} {kind}", arguments=said, by=by, at=at)


@shared_task
def keep_the_campaigns():
    """By the calendar, every night."""
    now = timezone.now()
    keep_campaigns(at=now)
    follow_screenings(at=now)


@kind("comparison", title=_("comparison with departments"))
def comparison(job):
    """``arguments``: division_id, feed (kind of feed; blank for all)."""
    asked = job.arguments
    division = Division.objects.select_related("county").get(id=asked["division_id"])
    opened = compare(division, kind=asked["feed"], at=timezone.now())
    return {"clues": opened, "url": reverse("comparison")}


@shared_task
def compare_all():
    """By the calendar, at a month's end: everything that departments know beside the register."""
    provinces = Household.objects.values("province").distinct()
    for province in Division.objects.filter(level=Level.PROVINCE, id__in=provinces):
        ask_for_comparison(province, at=timezone.now())


@shared_task
def count_the_burden():
    """By the calendar, every night: this month, and the last one, for visits that come late."""
    today = timezone.localdate()
    for month in (review.month_before(today), today):
        count_burden(month)
