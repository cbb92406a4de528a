"""Saving a table that is wanted again and again; pausing, resuming, deleting it."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Post
from accounts.protected import blind_index
from accounts.refusals import Refused
from jobs.models import Rhythm, ScheduledDownload
from jobs.schedules.periods import OCCASIONS
from jobs.tables.page import found_on, wanted

MOST = 30
LAST_DAY = {Rhythm.MONTHLY: 28, Rhythm.WEEKLY: 7}


@transaction.atomic
def schedule_download(*, name, address, query, rhythm, day, by, at):
    """``day``: of the month (1 to 28) or of the week (1 is Monday). Only a page open to ``by``.
    The same once more, while it is kept, is one."""
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Give the download a name."))
    if len(name) > 60:
        raise Refused(_("The name is too long: at most 60 characters."))
    if rhythm == Rhythm.REVIEW:
        day = 0
        if "review" not in OCCASIONS:
            raise Refused(_("No review is made here."))
    elif not 1 <= day <= LAST_DAY[rhythm]:
        raise Refused(_("Choose a day: 1 to 28 of the month, or a day of the week."))
    query = wanted(query).urlencode()
    if len(query) > 1000 or len(address) > 200:
        raise Refused(_("These are too many filters to be kept."))
    found_on(address, query, by)
    Post.objects.select_for_update(no_key=True).get(pk=by.pk)  # a form sent twice waits for itself
    own = ScheduledDownload.objects.visible_to(by)
    said = {"name": name, "address": address, "rhythm": rhythm, "day": day}
    if stored := own.running().filter(**said, query_index=blind_index(query)).first():
        return stored
    if own.count() >= MOST:
        raise Refused(
            _("You have %(most)s scheduled downloads. Delete one first.") % {"most": MOST}
        )
    language = get_language() or settings.LANGUAGE_CODE
    return ScheduledDownload.objects.create(
        post=by, made_at=at, language=language, query=query, **said
    )


def pause_schedule(schedule, *, by, at):
    rows = ScheduledDownload.objects.visible_to(by).filter(id=schedule.id, paused_at=None)
    return bool(rows.update(paused_at=at))


def resume_schedule(schedule, *, by, at):
    """Periods that began while it was paused are not made up for: the next one is."""
    rows = ScheduledDownload.objects.visible_to(by).filter(id=schedule.id)
    return bool(rows.exclude(paused_at=None).update(paused_at=None, made_at=at))


def delete_schedule(schedule, *, by, at):
    """Files that were made stay among the messages as long as others do."""
    rows = ScheduledDownload.objects.visible_to(by).filter(id=schedule.id)
    return bool(rows.update(ended_at=at))
