"""Uploaded exports hold everybody's numbers; nobody needs one for ever. Its record stays."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import ngettext

from households.models import ImportState, NationalImport

OPEN = [ImportState.WAITING, ImportState.CHECKED]


def remove_old_uploads(*, at):
    """Removes the files of imports that ended, or were left alone, ``UPLOAD_DAYS`` before ``at``.
    Run again after a loss it does the rest. Returns how many files went."""
    before = at - timedelta(days=settings.UPLOAD_DAYS)
    old = NationalImport.objects.exclude(file="").filter(
        Q(undone_at__lt=before)
        | Q(undone_at=None, ended_at__lt=before)
        | Q(undone_at=None, ended_at=None, asked_at__lt=before)
    )
    removed = 0
    for imported in old.iterator():
        # First the record: a file without one is only in the way, one that is missed is a fault.
        NationalImport.objects.filter(pk=imported.pk, state__in=OPEN).update(
            state=ImportState.REFUSED, problem=_left_alone(), ended_at=at
        )
        imported.file.delete(save=False)
        NationalImport.objects.filter(pk=imported.pk).update(file="")
        removed += 1
    return removed


def _left_alone():
    days = settings.UPLOAD_DAYS
    return ngettext(
        "The file was not loaded within %(days)d day and has been removed. Upload it again.",
        "The file was not loaded within %(days)d days and has been removed. Upload it again.",
        days,
    ) % {"days": days}
