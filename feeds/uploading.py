"""Acts on a department's file: keep it, look at its first rows, take it in (AH 2.1, 3.2)."""

import uuid
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from feeds import header, matching, registering
from feeds.kinds import ID
from feeds.locking import lock_counties
from feeds.models import FeedMapping, FeedTrouble, FeedUpload, UploadState
from feeds.parsing import Parser
from feeds.troubles import keep_troubles
from households.national import reading, staging
from households.national.keeping import Sealed, digest_of, opened
from households.national.reading import FileRefused
from jobs.running import ask

KIND = "feed"
OPEN = (UploadState.WAITING, UploadState.READY)
TAKERS = []  # what the rooms above do with a file that was taken in


def also_takes_uploads(taker):
    """A room above takes up what was taken in: ``taker(upload, at=…)``, in its transaction."""
    TAKERS.append(taker)
    return taker


def keep_upload(*, file, name, kind, as_of, by, at, begins=None, at_once=False):
    """-> (upload, new). A file that was taken in before is not kept again: that upload is given.

    ``file`` is open for reading bytes; ``kind`` a row of the table of kinds. Raises ``Refused``.
    """
    if by.department not in kind.departments or not by.may("upload_feed"):
        raise Refused(_("Your department is not in charge of this kind of data."))
    check_days(kind, begins, as_of, timezone.localdate(at))
    upload = FeedUpload(
        kind=kind.number,
        department=by.department,
        division=by.division,
        file_name=name[-200:],
        begins=begins if kind.period else None,
        as_of=as_of,
        at_once=at_once,
        asked_by=by,
        asked_at=at,
    )
    upload.digest = digest_of(file)
    if before := taken_in_before(upload):
        return before, False
    upload.file.save(f"{uuid.uuid4().hex}.sealed", Sealed(file), save=False)
    upload.save()
    return upload, True


def check_days(kind, begins, as_of, today):
    """Raises ``Refused``. A day that is not given may still be found in the file."""
    if as_of and as_of > max(today, date(2020, 1, 1)):
        raise Refused(_("The day that the file describes lies in the future. Check it."))
    if kind.period and begins is None:
        raise Refused(_("Enter the first day of the period that the payments belong to."))
    if kind.period and as_of and begins > as_of:
        raise Refused(_("The period ends before it begins. Check both days."))


def taken_in_before(upload):
    """The same bytes for the same kind, department and division, of the same days."""
    rows = FeedUpload.objects.loaded().filter(
        kind=upload.kind,
        department=upload.department,
        division=upload.division,
        digest=upload.digest,
    )
    if upload.as_of:
        rows = rows.filter(as_of=upload.as_of, begins=upload.begins)
    return rows.exclude(pk=upload.pk).first()


def ask_look(upload, *, by, at):
    return ask(KIND, key=str(upload.pk), arguments={"load": False}, by=by, at=at)


@transaction.atomic
def ask_load(upload, *, columns, as_of, by, at):
    """``columns``: field -> name of a column of the file. They are remembered for the next file."""
    current = FeedUpload.objects.select_for_update().get(pk=upload.pk)
    if current.state != UploadState.READY:
        raise Refused(_("Only a file that has been read can be taken in."))
    check_columns(current, columns)
    check_days(current.row, current.begins, as_of, timezone.localdate(at))
    if as_of is None:
        raise Refused(_("Enter the day that the file describes."))
    current.columns, current.as_of = columns, as_of
    current.save(update_fields=["columns", "as_of"])
    remember(current, by=by, at=at)
    return ask(KIND, key=str(upload.pk), arguments={"load": True}, by=by, at=at)


def check_columns(upload, columns):
    """Raises ``Refused`` where a needed column is missing, foreign or taken twice."""
    names = [columns.get(field) for field in upload.row.needed]
    titles = {column.field: column.title for column in upload.row.all_columns}
    missing = [titles[f] for f, n in zip(upload.row.needed, names, strict=True) if not n]
    if missing:
        raise Refused(_("Say which columns hold %(columns)s.") % {"columns": _(", ").join(missing)})
    chosen = [name for name in columns.values() if name]
    if len(set(chosen)) < len(chosen):
        raise Refused(_("One column cannot mean two things. Choose another for one of them."))
    if not set(chosen) <= set(upload.preview.get("names", [])):
        raise Refused(_("The file has no such column. Choose among those that it has."))


def remember(upload, *, by, at):
    FeedMapping.objects.update_or_create(
        kind=upload.kind,
        department=upload.department,
        division=upload.division,
        defaults={"columns": upload.columns, "saved_by": by, "saved_at": at},
    )


def mapping_of(upload):
    saved = FeedMapping.objects.filter(
        kind=upload.kind, department=upload.department, division=upload.division
    ).first()
    return saved.columns if saved else {}


# What the job does


def look(upload):
    """Reads the first rows: the header, what its columns seem to mean, a few masked examples."""
    if upload.state != UploadState.WAITING:
        return
    try:
        with opened(upload.file) as path:
            rows = reading.open_rows(path, upload.file_name)
            try:
                found = header.find(rows.head(), upload.file_name, upload.row, mapping_of(upload))
                how = _how_written(rows)
            finally:
                rows.close()
    except FileRefused as refusal:
        refuse(upload, refusal)
        return
    today = timezone.localdate()
    upload.as_of = upload.as_of or (found.as_of if found.as_of and found.as_of <= today else None)
    upload.preview, upload.columns = {**found.as_json(), "csv": how}, found.columns
    upload.state = UploadState.READY
    upload.save()


def refuse(upload, why):
    upload.state, upload.problem = UploadState.REFUSED, str(why)
    upload.save()
    upload.file.delete(save=False)
    FeedUpload.objects.filter(pk=upload.pk).update(file="")


def _how_written(rows):
    if isinstance(rows, reading.Csv):
        return [rows.encoding, rows.delimiter, rows.plain]
    return None


def _rows(upload, path):
    """A sealed file is what it was: how a .csv is written need not be found out again."""
    if how := upload.preview.get("csv"):
        return reading.Csv(path, *how)
    return reading.open_rows(path, upload.file_name)


def load(upload, *, progress, by, at):
    """Takes in what is good. Run again after a loss it starts anew: nothing was written before."""
    if upload.state != UploadState.READY:
        return
    try:
        with opened(upload.file) as path:
            rows = _rows(upload, path)
            try:
                _stage_and_settle(upload, rows, progress, by, at)
            finally:
                rows.close()
    except FileRefused as refusal:
        refuse(upload, refusal)
    upload.refresh_from_db()


def _stage_and_settle(upload, rows, progress, by, at):
    found = header.Header(upload.preview["row"], upload.preview["names"], upload.columns)
    strict = isinstance(rows, reading.Csv)
    parser = Parser(found, upload.row, upload.columns, upload.as_of, strict)
    try:
        with connection.cursor() as cursor:
            matching.create_tables(cursor, upload.row)
        tell = lambda share, n: progress(share, n, _("reading"))  # noqa: E731
        tables = matching.staged(upload.row, upload.columns)
        parsed = staging.fill(tables, rows, parser, tell)
        if not parsed["rows"]:
            raise FileRefused(_("There is a header but no person under it. Export it again."))
        progress(1, parsed["rows"], _("comparing"))
        _settle(upload, rows, found, parsed, by, at)
    finally:
        with connection.cursor() as cursor:
            matching.drop_tables(cursor)


@transaction.atomic
def _settle(upload, rows, found, parsed, by, at):
    """Matches and writes: everything or nothing, one county at a time."""
    current = FeedUpload.objects.select_for_update().get(pk=upload.pk)
    if current.state != UploadState.READY:
        return  # another run of the same job was first
    with connection.cursor() as cursor:
        lock_counties(cursor, current.division)
        if before := taken_in_before(current):
            current.state, current.same_as = UploadState.SAME, before
        else:
            current.counts = matching.match(cursor, current, parsed)
            current.counts["new"] = matching.keep(cursor, current)
            current.counts["facts"] = registering.register(cursor, current, by=by, at=at)
            FeedTrouble.objects.filter(upload=current).delete()
            keep_troubles(cursor, current, rows, found)
            matching.forget(cursor)
            current.state = UploadState.LOADED
    current.loaded_at, current.problem = at, ""
    current.preview = {**current.preview, "examples": []}
    current.save()
    if current.state == UploadState.LOADED:
        for taker in TAKERS:
            taker(current, at=at)
    transaction.on_commit(lambda: forget_file(current))


def forget_file(upload):
    """What was taken in is not kept a second time: it holds people who are nobody here."""
    upload.file.delete(save=False)
    FeedUpload.objects.filter(pk=upload.pk).update(file="")


def needs_no_decision(upload):
    """Whether a machine's file can be taken in as proposed; raises ``Refused`` with what is not."""
    check_columns(upload, upload.columns)
    if upload.as_of is None:
        raise Refused(_("Enter the day that the file describes."))
    return ID.field in upload.columns
