"""Scheduled downloads that are due become jobs, each period once; their posts are told by e-mail.

Run every few minutes by the calendar. Killed, doubled or late it makes one file for a period: the
row that claims the period and its job are written together or not at all.
"""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from jobs.models import ScheduledDownload, ScheduledFile, State
from jobs.schedules.periods import is_due
from jobs.tables.making import ask_for_table

log = logging.getLogger(__name__)


def make_due_files(*, at):
    """How many were asked for."""
    end_with_their_posts(at=at)
    rows = ScheduledDownload.objects.running().select_related("post__division", "post__officer")
    return sum(_made(schedule, at) for schedule in rows.iterator(chunk_size=500))


def end_with_their_posts(*, at):
    day = localdate(at)
    over = Q(post__until__lte=day) | Q(post__officer__is_active=False)
    ScheduledDownload.objects.filter(over, ended_at=None).update(ended_at=at)


def _made(schedule, at):
    period = is_due(schedule, at)
    if period is None or schedule.files.filter(period=period).exists():
        return 0
    with override(schedule.language):
        name = f"{schedule.name} {period.removeprefix('review ')}"
        try:
            with transaction.atomic():
                claim = ScheduledFile.objects.create(schedule=schedule, period=period, made_at=at)
                asked = {"address": schedule.address, "query": schedule.query.open(), "name": name}
                claim.job = ask_for_table(**asked, by=schedule.post, at=at)
                claim.save(update_fields=["job"])
        except IntegrityError:  # another beat was first
            return 0
    return 1


def tell_by_mail(*, at):
    """Who gave an address is told once that a file has come; its name is told on our pages only."""
    rows = ScheduledFile.objects.filter(told_at=None, job__state__in=(State.DONE, State.FAILED))
    for made in rows.select_related("schedule__post__officer"):
        claimed = ScheduledFile.objects.filter(id=made.id, told_at=None).update(told_at=at)
        officer = made.schedule.post.officer
        if claimed and settings.EMAIL_HOST and officer.email and officer.is_active:
            with override(made.schedule.language):
                _send(officer.email, made.id)


def _send(address, number):
    subject = _("povertywatch: a scheduled download has been made")
    text = _("Log in and open your messages. This e-mail holds nothing of what is in the file.")
    try:
        send_mail(subject, text, None, [address])
    except OSError as error:
        ScheduledFile.objects.filter(id=number).update(told_at=None)
        log.warning("notice of a download waits: %s", type(error).__name__)
