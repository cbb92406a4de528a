"""Taking a department's file back: what it said goes, and the sources before it say the facts again
(decision 95).

Only while nothing was built on it: no younger file of the same kind in the area, no later change of
what it wrote, and nothing that a room above names (``also_stands_on_uploads``).
"""

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models.divisions import LEVEL_COLUMNS
from accounts.refusals import Refused
from accounts.typed import check_typed
from feeds.costs import settle_costs
from feeds.kinds import COSTS
from feeds.locking import lock_counties
from feeds.models import FeedRow, FeedTrouble, FeedUpload, UploadState
from households.models import IncomeStatement
from households.models.choices import Origin
from households.national.undoing import changed_since, in_words, numbers_of, restore
from jobs.running import ask

KIND = "feed_undo"
STANDING = []  # what the rooms above have built on a file
LEAVING = []  # what they do when it is taken back

# Households of which an upload wrote a fact that still holds.
TOUCHED = """
    SELECT id FROM households_household
    WHERE origin = 'department' AND origin_id = %(upload_id)s
    UNION
    SELECT household_id FROM households_member
    WHERE origin = 'department' AND origin_id = %(upload_id)s
    UNION
    SELECT household_id FROM households_incomestatement
    WHERE origin = 'department' AND origin_id = %(upload_id)s"""
LATER = {
    gettext_noop("later incomes"): """
        SELECT DISTINCT h.number FROM households_incomestatement i
        JOIN households_incomestatement own ON own.household_id = i.household_id
          AND own.origin = 'department' AND own.origin_id = %(upload_id)s
        JOIN households_household h ON h.id = i.household_id
        WHERE i.recorded_at > own.recorded_at
          AND (i.origin, i.origin_id) IS DISTINCT FROM ('department', %(upload_id)s)
        UNION
        SELECT h.number FROM feeds_costbefore b
        JOIN households_incomestatement i ON i.id = b.statement_id
        JOIN households_household h ON h.id = i.household_id
        WHERE b.upload_id = %(upload_id)s
          AND (i.origin, i.origin_id) IS DISTINCT FROM ('department', %(upload_id)s)""",
}


def also_stands_on_uploads(finder):
    """``finder(cursor, upload)`` -> [(words, household numbers)] of what was built on it."""
    STANDING.append(finder)
    return finder


def also_leaves_uploads(leaver):
    """``leaver(upload, at=…)`` before what the upload said goes, in the same transaction."""
    LEAVING.append(leaver)
    return leaver


def why_not(upload):
    """The sentence why this upload cannot be taken back, or ""."""
    if upload.state != UploadState.LOADED:
        return _("Only a file that was taken in can be taken back.")
    if younger := _younger(upload):
        return _(
            "A younger file of this kind was taken in after it: %(name)s. Take that one back first."
        ) % {"name": younger.file_name}
    with connection.cursor() as cursor:
        found = changed_since(cursor, Origin.DEPARTMENT, upload.pk)
        found += numbers_of(cursor, LATER, {"upload_id": upload.pk})
        for finder in STANDING:
            found += finder(cursor, upload)
    built = [(what, numbers) for what, numbers in found if numbers]
    if not built:
        return ""
    return _("Later work stands on this file: %(what)s. It cannot be taken back any more.") % {
        "what": in_words(built)
    }


def _younger(upload):
    """What one file said, the next one of its area did not keep again."""
    rows = FeedUpload.objects.loaded().filter(kind=upload.kind).exclude(pk=upload.pk)
    moment = upload.loaded_at
    rows = rows.filter(Q(loaded_at__gt=moment) | Q(loaded_at=moment, pk__gt=upload.pk))
    above = [getattr(upload.division, column) for column in LEVEL_COLUMNS.values()]
    within = rows.filter(**{f"division__{upload.division.level_column}": upload.division_id})
    return (within | rows.filter(division__in=[pk for pk in above if pk])).first()


@transaction.atomic
def ask_undo(upload, *, because, by, at):
    """Raises ``Refused``; the job looks again when it holds the county."""
    current = FeedUpload.objects.select_for_update().get(pk=upload.pk)
    if not current.may_undo(by):
        raise Refused(_("Only the department that brought a file takes it back."))
    if not because.strip():
        raise Refused(_("Write why the file is taken back."))
    check_typed(because)
    if why := why_not(current):
        raise Refused(why)
    current.undone_because, current.undone_by = because.strip()[:200], by
    current.save(update_fields=["undone_because", "undone_by"])
    return ask(KIND, key=str(upload.pk), arguments={}, by=by, at=at)


@transaction.atomic
def undo(upload, *, at):
    """Everything or nothing. Run again it does nothing; raises ``Refused`` when somebody has built
    on the file meanwhile."""
    current = FeedUpload.objects.select_for_update().get(pk=upload.pk)
    if current.state == UploadState.UNDONE:
        return
    with connection.cursor() as cursor:
        lock_counties(cursor, current.division)
        if why := why_not(current):
            raise Refused(why)
        for leaver in LEAVING:
            leaver(current, at=at)
        _costs(current)
        restore(cursor, Origin.DEPARTMENT, current.pk)
        FeedRow.objects.filter(upload=current).delete()
        FeedTrouble.objects.filter(upload=current).delete()
        current.state, current.undone_at = UploadState.UNDONE, at
        current.save(update_fields=["state", "undone_at"])
        if current.row.about == COSTS:
            settle_costs(cursor, current.division, by=None, at=at)


def _costs(upload):
    """The newest first: a statement may have been put right by the file and once more by night."""
    for before in upload.costs_before.order_by("-id"):
        IncomeStatement.objects.filter(pk=before.statement_id).update(**before.figures)
    upload.costs_before.all().delete()
    IncomeStatement.objects.filter(origin=Origin.DEPARTMENT, origin_id=upload.pk).delete()
