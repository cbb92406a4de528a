"""Background work of the departments' files."""

from datetime import timedelta

from celery import shared_task
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Division
from accounts.refusals import Refused
from feeds import undoing, uploading
from feeds.costs import settle_costs
from feeds.kinds import KINDS
from feeds.models import FeedRow, FeedTrouble, FeedUpload, UploadState
from jobs.registry import kind
from jobs.running import report_progress

KEEP_TROUBLES = timedelta(days=90)  # default: a quarter's time to correct
KEEP_UNDECIDED = timedelta(days=30)


def may_open(job, post):
    return FeedUpload.objects.visible_to(post).filter(pk=job.key).exists()


@kind(uploading.KIND, title=gettext_lazy("Department data"), may_open=may_open)
def feed(job):
    """Reads the first rows, or takes the file in. Repeatable: what is taken in stays so."""
    upload = FeedUpload.objects.select_related("division", "asked_by__officer").get(pk=job.key)
    load = job.arguments["load"]
    if not load:
        uploading.look(upload)
        load = upload.at_once and upload.state == UploadState.READY and _proposed(upload)
    if load:
        uploading.load(
            upload, progress=_telling(job), by=upload.asked_by.officer, at=timezone.now()
        )
    if upload.problem:
        raise Refused(upload.problem)
    return {"url": reverse("feed", args=[upload.pk])}


@kind(undoing.KIND, title=gettext_lazy("Taking department data back"), may_open=may_open)
def feed_undo(job):
    """Repeatable: what is taken back stays so. Then its kind is compared anew."""
    upload = FeedUpload.objects.select_related("division").get(pk=job.key)
    undoing.undo(upload, at=timezone.now())
    return {"url": reverse("feed", args=[upload.pk])}


def _proposed(upload):
    """A machine's file is taken in as its columns are understood, or refused as a whole."""
    try:
        return uploading.needs_no_decision(upload)
    except Refused as refusal:
        uploading.refuse(upload, refusal)
        return False


def _telling(job):
    def progress(share, rows, stage):
        total = max(rows, round(rows / share)) if share else 0
        report_progress(job, done=rows, total=total, stage=stage)

    return progress


@shared_task
def forget_old_troubles():
    """By the calendar: what nobody corrected in time, and files that nobody took in."""
    now = timezone.now()
    FeedTrouble.objects.filter(upload__loaded_at__lt=now - KEEP_TROUBLES).delete()
    old = FeedUpload.objects.exclude(file="").filter(asked_at__lt=now - KEEP_UNDECIDED)
    for upload in old:
        uploading.forget_file(upload)
        FeedUpload.objects.filter(pk=upload.pk, state__in=uploading.OPEN).delete()


@shared_task
def settle_booked_costs():
    """By the calendar: a new income statement may say less than departments booked before."""
    number = KINDS["medical_payment"].number
    provinces = FeedRow.objects.filter(kind=number).values("household__province").distinct()
    for province in Division.objects.filter(id__in=provinces):
        with transaction.atomic(), connection.cursor() as cursor:
            settle_costs(cursor, province, by=None, at=timezone.now())
