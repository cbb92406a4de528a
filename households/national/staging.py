"""From rows to temporary tables of the session: parsed, sealed, copied, one line per household.

A large file is parsed by two processes, each taking every second chunk. Nothing personal is
staged in plain, and nothing staged outlives the session.
"""

import contextlib
import gc
import io
import os
import pickle
import tempfile
import traceback
from itertools import groupby

from django.db import DatabaseError, connection, transaction

from households.models import Household, IncomeStatement, Member
from households.national import shape
from households.national.differing import agreed
from households.national.values import escape

LARGE = 8 * 1024**2  # bytes; below this a second process costs more than it brings
PROCESSES = 2
PIECE = 1 << 20  # bytes handed to the database at once
MEMORY = "256MB"  # of the database's, for the staged rows
STATISTICS = 10  # a sample of 3,000 rows tells the planner enough
TABLES = {
    "staged_household": shape.STAGED_HOUSEHOLD,
    "staged_member": shape.STAGED_MEMBER,
    "staged_refusal": shape.REFUSAL,
}
_OWN_TYPES = {
    "row": "int",
    "household_row": "int",
    "digest": "bigint",
    "size": "int",
    "member_number": "varchar",
    "rounded": "boolean",
    "head_pinyin": "varchar",
    "head_initials": "varchar",
    "column": "text",
    "household_number": "text",
    "value": "text",
    "reason": "text",
    "details": "jsonb",
    "whole": "boolean",
}


class NoWorker(Exception):
    """A parsing process ended before its time."""


def stage(rows, parser, progress):
    """Fills the staging tables from ``rows``. Returns {"rows", "notes"}."""
    create_tables()
    counts = fill(TABLES, rows, parser, progress)
    with connection.cursor() as cursor:
        _one_line_per_household(cursor, parser.header)
        analyze(cursor, "staged_member", "row, household_row, resident_id_index, relation")
    return counts


def fill(tables, rows, parser, progress):
    """Copies what ``parser.parse`` makes of ``rows`` into ``tables`` ({name: columns}, in the order
    of its answer). Returns ``parser.counts`` of all rows."""
    if rows.bytes >= LARGE and (os.cpu_count() or 1) > 1:
        return _stage_in_parallel(tables, rows, parser, progress)
    return _stage_alone(tables, rows, parser, progress)


def analyze(cursor, table, columns):
    cursor.execute(
        f"SET default_statistics_target = {STATISTICS}; ANALYZE {table} ({columns});"
        "RESET default_statistics_target"
    )


def create_tables():
    types = _OWN_TYPES | {
        field.column: field.db_type(connection)
        for model in (IncomeStatement, Member, Household)
        for field in model._meta.concrete_fields
        if field.column not in _OWN_TYPES
    }
    make_room()
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            body = ", ".join(f'"{column}" {types[column]}' for column in columns)
            cursor.execute(f"DROP TABLE IF EXISTS {table}; CREATE TEMP TABLE {table} ({body})")


def make_room():
    """Memory for the session's tables, taken only as they grow. It cannot be changed in a session
    that has made some already; then the tables are slower."""
    with contextlib.suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET temp_buffers = '{MEMORY}'")


def drop_tables():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS " + ", ".join(TABLES))


def copy_in(table, file, tables=TABLES):
    columns = ", ".join(f'"{column}"' for column in tables[table])
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", file, size=PIECE >> 2)


def add_refusals(faults):
    """``faults``: (row, column, household number, value, reason, details json, whole)."""
    lines = ("\t".join(escape(str(cell)) for cell in fault) + "\n" for fault in faults)
    copy_in("staged_refusal", io.StringIO("".join(lines)))


# One process


def _stage_alone(tables, rows, parser, progress):
    for first, chunk, share in rows.chunks():
        for table, lines in zip(tables, parser.parse(first, chunk), strict=True):
            if lines:
                copy_in(table, io.StringIO("".join(lines)), tables)
        progress(share, parser.counts["rows"])
    return parser.counts


# Several


def _stage_in_parallel(tables, rows, parser, progress):
    """Workers write lines to unnamed files, which are copied as they grow full."""
    started = [_start(tables, rows, parser, number) for number in range(PROCESSES)]
    workers, counts = list(started), parser.counts
    try:
        while workers:
            for worker in list(workers):
                message = _next_message(worker)
                if message is None:
                    workers.remove(worker)
                    _reap(worker)
                    continue
                share, worker["counts"], ends = message
                for table, end in zip(tables, ends, strict=True):
                    worker["copied"][table] = _copy_part(tables, worker, table, end)
                counts = {name: sum(one["counts"][name] for one in started) for name in counts}
                progress(share, counts["rows"])
    finally:
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker["pid"], 9)
            os.waitpid(worker["pid"], 0)
    return counts


def _start(tables, rows, parser, number):
    files = {table: tempfile.TemporaryFile() for table in tables}  # noqa: SIM115
    receive, send = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(receive)
        _work(rows, parser, number, files, os.fdopen(send, "wb"))
    os.close(send)
    return {
        "pid": pid,
        "files": files,
        "counts": dict(parser.counts),
        "copied": dict.fromkeys(tables, 0),
        "pipe": os.fdopen(receive, "rb"),
    }


def _work(rows, parser, number, files, pipe):
    """The child: never touches the database connection it inherited, and never returns."""
    status, told = 1, 0
    gc.disable()  # rows make no cycles, and what was inherited is large
    try:
        for first, chunk, share in rows.chunks(number, PROCESSES):
            for file, lines in zip(files.values(), parser.parse(first, chunk), strict=True):
                file.write("".join(lines).encode())
            if sum(file.tell() for file in files.values()) > told + PIECE:
                told = _tell(pipe, files, share, parser.counts)
        _tell(pipe, files, 1, parser.counts)
        pipe.close()
        status = 0
    except BaseException as fault:  # its message may quote a row: the place is enough
        place = "".join(traceback.format_tb(fault.__traceback__))
        os.write(2, f"parsing: {type(fault).__name__}\n{place}".encode())
    finally:
        os._exit(status)


def _tell(pipe, files, share, counts):
    """How far the worker and its files are. Returns how long the files are together."""
    for file in files.values():
        file.flush()
    ends = [file.tell() for file in files.values()]
    pickle.dump((share, counts, ends), pipe)
    pipe.flush()
    return sum(ends)


def _next_message(worker):
    try:
        return pickle.load(worker["pipe"])
    except EOFError:
        return None


def _copy_part(tables, worker, table, end):
    start = worker["copied"][table]
    if end > start:
        part = os.pread(worker["files"][table].fileno(), end - start, start)
        copy_in(table, io.BytesIO(part), tables)
    return end


def _reap(worker):
    _pid, status = os.waitpid(worker["pid"], 0)
    for file in worker["files"].values():
        file.close()
    worker["pipe"].close()
    if status:
        raise NoWorker


# Rows that do not stand together


def _one_line_per_household(cursor, header):
    """Rows of a household that say the same become one line; where they differ, the differing
    fact is nobody's: it is refused, with both rows named, and the others go in."""
    analyze(cursor, "staged_household", "row, number, county_id, village_id, window_to")
    cursor.execute(
        "CREATE TEMP TABLE several ON COMMIT PRESERVE ROWS AS "
        "SELECT s.row, s.number, s.county_id, s.digest, more.first FROM staged_household s JOIN ("
        "SELECT number, county_id, min(row) AS first FROM staged_household "
        "GROUP BY 1, 2 HAVING count(*) > 1) more USING (number, county_id); ANALYZE several"
    )
    cursor.execute(
        "DELETE FROM staged_household s USING several o, several first WHERE s.row = o.row "
        "AND (first.number, first.county_id, first.digest) = (o.number, o.county_id, o.digest) "
        "AND first.row < o.row"
    )
    columns = ", ".join(f's."{column}"::text' for column in shape.STAGED_HOUSEHOLD)
    cursor.execute(
        f"SELECT {columns} FROM staged_household s JOIN several o USING (row) "
        "ORDER BY s.number, s.county_id, s.row"
    )
    lines, faults = [], []
    for _key, group in groupby(cursor.fetchall(), key=lambda line: (line[1], line[2])):
        group = list(group)
        line, found = (group[0], []) if len(group) == 1 else agreed(group, header)
        faults += found
        lines.append("\t".join(r"\N" if cell is None else escape(cell) for cell in line) + "\n")
    cursor.execute("DELETE FROM staged_household s USING several o WHERE s.row = o.row")
    copy_in("staged_household", io.StringIO("".join(lines)))
    cursor.execute(
        "UPDATE staged_member m SET household_row = o.first FROM several o "
        "WHERE m.household_row = o.row AND o.row <> o.first; DROP TABLE several"
    )
    add_refusals(faults)
