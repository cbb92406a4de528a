"""Fills big tables without their indexes and unique constraints, which are built anew at the end.

Foreign keys are not checked row by row: a superuser of the database, as in development, switches
the checks off (the rows point to each other by construction, and to divisions just read); anybody
else drops them too and has them checked at the end. All within the caller's transaction: when
anything fails the tables are as they were. Meanwhile nobody else can read them. Primary keys stay.
"""

from contextlib import contextmanager

from django.db import connection

CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype
    FROM pg_constraint
    WHERE conrelid = ANY (%s::regclass[]) AND contype = ANY (%s)
    ORDER BY conrelid::regclass::text, contype DESC, conname"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
    WHERE i.indrelid = ANY (%s::regclass[]) AND c.oid IS NULL
    ORDER BY 1"""
UNIQUE, FOREIGN = ["u", "x"], ["f"]


def may_switch_off_checks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


@contextmanager
def bare(tables, *, memory="512MB"):
    """Within, ``tables`` have no unique constraints and indexes, and check no foreign keys."""
    trusted = may_switch_off_checks()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end is checked now
        cursor.execute(CONSTRAINTS, [tables, UNIQUE if trusted else UNIQUE + FOREIGN])
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
