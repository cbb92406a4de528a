"""A first load: indexes and the keys to households are made once, after the rows.

Made row by row they take longer than the rows themselves. Only into an empty register: until the
load is committed readers of these tables wait, and in an empty register nobody has work to do.
"""

from contextlib import nullcontext

from django.db import OperationalError, transaction

from households.bare import bare, may_switch_off_checks
from households.models import Household, IncomeStatement, Member

MANY = 10_000  # new households; fewer are written as quickly with everything in place
TABLES = [model._meta.db_table for model in (Household, Member, IncomeStatement)]
PATIENCE = "1s"  # for others to leave the tables; then the rows go in with everything in place


def indexes_afterwards(cursor):
    """A context: what is left out while its body writes is there again after it, and holds for
    what was written, in the same transaction."""
    if _worth_it(cursor) and _alone(cursor):
        return bare(
            TABLES, keys_to=TABLES, trusted=may_switch_off_checks() and _villages_stay(cursor)
        )
    return nullcontext()


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


def _villages_stay(cursor):
    """Whether all villages are still there; if so, until the end. Then the rows need not be checked
    one by one: their other keys are those of rows written here."""
    cursor.execute(
        "SELECT count(*) = (SELECT count(DISTINCT village_id) FROM staged_household) FROM ("
        "SELECT FROM accounts_division WHERE id IN (SELECT village_id FROM staged_household) "
        "FOR KEY SHARE) kept"
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
