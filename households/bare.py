"""Fills big tables without their indexes and unique constraints, which are built anew at the end.

Foreign keys are not checked row by row either, but dropped and checked at the end. All within the
caller's transaction: when anything fails the tables are as they were. Meanwhile nobody else can
read them, nor the tables that dropped keys point to. Primary keys stay.
"""

from contextlib import contextmanager

from django.db import connection

CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype
    FROM pg_constraint
    WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('u', 'x', 'f')
      AND (contype <> 'f' OR confrelid = ANY (coalesce(%s::regclass[], ARRAY[confrelid::regclass])))
    ORDER BY conrelid::regclass::text, contype DESC, conname"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
    WHERE i.indrelid = ANY (%s::regclass[]) AND c.oid IS NULL
    ORDER BY 1"""


def may_switch_off_checks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


@contextmanager
def bare(tables, *, keys_to=None, trusted=False, memory="512MB"):
    """Within, ``tables`` have no unique constraints, no indexes and no foreign keys; with
    ``keys_to`` they keep those to other tables than these. ``trusted``: the foreign keys stay, but
    nothing is checked against them, which takes a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end is checked now
        cursor.execute(CONSTRAINTS, [tables, [] if trusted else keys_to])
        constraints = cursor.fetchall()
        cursor.execute(INDEXES, [tables])
        indexes = cursor.fetchall()
        for table, name, _definition, _kind in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        if trusted:
            cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        if trusted:
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, TRUE)", [memory])
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition, _kind in sorted(constraints, key=lambda row: row[3] == "f"):
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
