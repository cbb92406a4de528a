"""Acts on an import of the national export: keep the file, check it, load it, take it back."""

import uuid
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Division
from households.models import ImportState, NationalImport, Refusal
from households.national import checking, header, merging, reading, staging, undoing
from households.national.keeping import Sealed, opened
from households.national.parsing import Parser
from households.national.places import Gazetteer
from households.national.reading import FileRefused
from households.outgoing import said
from jobs.running import ask

KIND = "national_import"
MOST_DIVISIONS = 150_000  # more than some provinces: then only the importer's own is looked up


class ImportRefusal(Exception):
    """The act cannot be done now; the message is for the person."""


def keep_file(*, file, name, division, by, at, exported_on=None):
    """A new import of ``file`` (open for reading bytes), sealed at rest. Nothing is read yet.

    ``by`` is a post, or None for a command that may write everywhere.
    """
    imported = NationalImport(
        file_name=name[-200:], division=division, asked_by=by, asked_at=at, exported_on=exported_on
    )
    sealed = Sealed(file)
    imported.file.save(f"{uuid.uuid4().hex}.sealed", sealed, save=False)
    imported.digest = sealed.digest
    imported.save()
    return imported


def ask_check(imported, *, by, at):
    return ask(KIND, key=str(imported.id), arguments={"load": False}, by=by, at=at)


def ask_load(imported, *, by, at):
    if imported.state != ImportState.CHECKED:
        raise ImportRefusal(_("Only a checked file can be loaded."))
    return ask(KIND, key=str(imported.id), arguments={"load": True}, by=by, at=at)


def check_import(imported, *, progress, at):
    """A dry run: what the file would do. Writes no household."""
    if imported.state in (ImportState.WAITING, ImportState.CHECKED):
        _run(imported, write=False, progress=progress, at=at)
    return imported


def load_import(imported, *, progress, by, at):
    """Writes what is good. Run again after a loss it starts anew: nothing was written before.

    ``by`` is the officer in whose name it is written, or None.
    """
    if imported.state in (ImportState.WAITING, ImportState.CHECKED):
        _run(imported, write=True, progress=progress, at=at, by=by)
    return imported


@transaction.atomic
def undo_import(imported, *, because, by, at):
    """Takes a loaded import back while nothing was built on it. Raises ``ImportRefusal``."""
    current = NationalImport.objects.select_for_update().get(pk=imported.pk)
    if current.state != ImportState.LOADED:
        raise ImportRefusal(_("Only a loaded import can be taken back."))
    if not because.strip():
        raise ImportRefusal(_("Write why the import is taken back."))
    with connection.cursor() as cursor:
        built = undoing.built_on(cursor, current)
        if built:
            raise ImportRefusal(
                _("Later work stands on this import: %(what)s. It cannot be taken back any more.")
                % {"what": undoing.in_words(built)}
            )
        undoing.undo(cursor, current)
        said.forget(current)
    current.state, current.undone_at, current.undone_by = ImportState.UNDONE, at, by
    current.undone_because = because.strip()[:200]
    current.save()
    return current


def _run(imported, *, write, progress, at, by=None):
    try:
        with _staged(imported, progress) as (found, parsed):
            progress(1, parsed["rows"], _("writing") if write else _("comparing"))
            _settle(imported, found, parsed, write=write, at=at, by=by)
    except FileRefused as refusal:
        imported.state, imported.problem = ImportState.REFUSED, str(refusal)
        imported.ended_at = at
        imported.save()


@contextmanager
def _staged(imported, progress):
    with opened(imported.file) as path:
        rows = reading.open_rows(path, imported.file_name)
        try:
            found = header.find(rows.head(), imported.file_name)
            _check_header(imported, found)
            parser = Parser(
                found,
                Gazetteer(_provinces(imported)),
                imported.scope,
                today=imported.exported_on,
                strict_width=isinstance(rows, reading.Csv),
            )
            parsed = staging.stage(rows, parser, lambda share, n: progress(share, n, _("reading")))
            if not parsed["rows"]:
                raise FileRefused(_("There is a header but no person under it. Export it again."))
            yield found, parsed
        finally:
            rows.close()
            staging.drop_tables()


def _check_header(imported, found):
    level = imported.division.level if imported.asked_by_id else 1
    imported.columns = found.as_json() | {"missing": found.missing(level)}
    if imported.columns["missing"]:
        raise FileRefused(
            _("Needed columns are missing: %(columns)s. Export the file with them.")
            % {"columns": _(", ").join(imported.columns["missing"])}
        )
    imported.exported_on = imported.exported_on or found.exported_on
    if imported.exported_on is None:
        raise FileRefused(_("Nothing says when the file was exported. Enter the date."))
    if imported.exported_on > max(timezone.localdate(), date(2020, 1, 1)):
        raise FileRefused(_("The date of the export lies in the future. Check it."))


def _provinces(imported):
    if Division.objects.count() <= MOST_DIVISIONS or not imported.asked_by_id:
        return list(Division.objects.filter(level=1).values_list("id", flat=True))
    return [imported.division.province_id]


@transaction.atomic
def _settle(imported, found, parsed, *, write, at, by):
    """Judges and, when asked, writes: everything or nothing, one county at a time."""
    current = NationalImport.objects.select_for_update().get(pk=imported.pk)
    if current.state not in (ImportState.WAITING, ImportState.CHECKED):
        return  # another run of the same job was first
    with connection.cursor() as cursor:
        if write:
            checking.lock(cursor)
        checking.check(cursor, found, imported.scope, imported.exported_on, write=write)
        imported.counts = checking.counts(cursor, parsed)
        imported.notes = checking.notes(cursor)
        imported.changes = checking.changes(cursor)
        if write:
            merging.merge(
                cursor, import_id=imported.pk, exported_on=imported.exported_on, by=by, at=at
            )
            said.keep(cursor, import_id=imported.pk, exported_on=imported.exported_on)
        _keep_refusals(cursor, imported)
        checking.forget(cursor)
    imported.state = ImportState.LOADED if write else ImportState.CHECKED
    imported.dry_run, imported.ended_at, imported.problem = not write, at, ""
    imported.save()


def _keep_refusals(cursor, imported):
    Refusal.objects.filter(of_import=imported).delete()
    cursor.execute(
        'INSERT INTO households_refusal (of_import_id, row, "column", household_number, value, '
        'reason, details) SELECT %s, row, left("column", 60), left(household_number, 40), '
        "left(value, 80), reason, details FROM staged_refusal ORDER BY row",
        [imported.pk],
    )
