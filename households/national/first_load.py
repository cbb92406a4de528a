"""A first load: indexes and the keys to households are made once, after the rows.

Made row by row they take longer than the rows themselves. Only into an empty register: until the
load is committed readers of these tables wait, and in an empty register nobody has work to do.
Unique indexes stay, so the rows are held to the same rules.
"""

from contextlib import contextmanager

from django.db import OperationalError, transaction

from households.models import Household, IncomeStatement, Member

MANY = 10_000  # new households; fewer are written as quickly with everything in place
TABLES = [model._meta.db_table for model in (Household, Member, IncomeStatement)]
PATIENCE = "1s"  # for others to leave the tables; then the rows go in with everything in place

_INDEXES = """
    SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY (%s::regclass[]) AND NOT indisunique ORDER BY indexrelid
"""
_KEYS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
                  pg_get_constraintdef(oid))
    FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ANY (%s::regclass[]) AND confrelid = ANY (%s::regclass[])
"""


@contextmanager
def indexes_afterwards(cursor):
    """What is left out while the body writes is there again after it, in the same transaction."""
    later = []
    if _worth_it(cursor) and _alone(cursor):
        for sql, tables in ((_KEYS, [TABLES, TABLES]), (_INDEXES, [TABLES])):
            cursor.execute(sql, tables)
            for away, again in cursor.fetchall():
                cursor.execute(away)
                later.insert(0, again)
    yield
    if later:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for statement in later:
        cursor.execute(statement)


def _worth_it(cursor):
    cursor.execute("SELECT count(*) FROM judged_household WHERE outcome = 'new'")
    return cursor.fetchone()[0] >= MANY and _empty(cursor)


def _empty(cursor):
    """No household is known, and the tables are ours to change."""
    cursor.execute(
        f"SELECT NOT EXISTS (SELECT FROM {TABLES[0]}) AND "
        "(SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
        "WHERE oid = ANY (%s::regclass[]))",
        [TABLES],
    )
    return cursor.fetchone()[0]


def _alone(cursor):
    try:
        with transaction.atomic():
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute(f"LOCK TABLE {', '.join(TABLES)} IN ACCESS EXCLUSIVE MODE")
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            if not _empty(cursor):
                raise _Taken
    except (OperationalError, _Taken):
        return False
    return True


class _Taken(Exception):
    """Somebody wrote a household meanwhile: the locks are given back."""
