"""A run: all checks over a province, and what came and went since the last one.

One transaction, one run of a province at a time. Killed anywhere it has written nothing; doubled or
repeated it finds what stands already and changes nothing.
"""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from households.models import Fault, Household, QualityRun
from households.quality.compiling import ALONE, statements, statements_of
from households.quality.rolling import recount, roll_up

LOCK_SPACE = 0x717561  # the first key of this project's advisory locks on quality runs

_FOUND = """
DROP TABLE IF EXISTS pg_temp.found;
CREATE TEMP TABLE found (household_id bigint, member_id bigint, code smallint) ON COMMIT DROP
"""
_FIX = """
UPDATE households_fault fault SET fixed_on = %(today)s
FROM households_household h
WHERE h.id = fault.household_id AND {whom} AND fault.fixed_on IS NULL
  AND NOT EXISTS (
    SELECT FROM found WHERE found.household_id = fault.household_id
      AND found.code = fault.code AND found.member_id = coalesce(fault.member_id, 0))
"""
_OPEN = """
INSERT INTO households_fault (household_id, member_id, code, found_on)
SELECT household_id, nullif(member_id, 0), code, %(today)s FROM found
WHERE NOT EXISTS (
  SELECT FROM households_fault fault
  WHERE fault.fixed_on IS NULL AND fault.household_id = found.household_id
    AND fault.code = found.code AND coalesce(fault.member_id, 0) = found.member_id)
"""
_OF_PROVINCE = "h.province_id = %(province)s"
_OF_HOUSEHOLD = "h.id = %(household)s AND fault.code = ANY (%(alone)s)"


def check_province(province, *, at):
    """Checks every household and member of ``province``. Returns the run."""
    today = localdate(at)
    given = {"today": today, "province": province.id}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, province.id])
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '192MB'")
        _judge(cursor, statements(province, today))
        cursor.execute("ANALYZE found")
        # Of a table that is being filled for the first time the planner expects nothing.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SELECT count(*) FROM found")
        standing = cursor.fetchone()[0]
        opened, fixed = _settle(cursor, _OF_PROVINCE, given)
        _forget_the_gone()
        roll_up(province, today=today)
        return QualityRun.objects.create(
            province=province, day=today, at=at, standing=standing, opened=opened, fixed=fixed
        )


@transaction.atomic
def look_again(household, *, at):
    """Checks one household now, so that what was mended is seen to be mended: (opened, fixed).

    Checks across households wait for the night; and while the province is being checked this does
    nothing, for that run sees the household too.
    """
    today = localdate(at)
    given = {"today": today, "household": household.id, "alone": ALONE}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock_shared(%s, %s)", [LOCK_SPACE, household.province_id]
        )
        if not cursor.fetchone()[0]:
            return 0, 0
        # Two who look at once wait for each other.
        now = Household.objects.select_for_update(no_key=True).filter(pk=household.pk).first()
        if now is None:
            return 0, 0
        cursor.execute("SET LOCAL jit = off")
        _judge(cursor, statements_of(now, today))
        changed = _settle(cursor, _OF_HOUSEHOLD, given)
        if any(changed):
            recount(now.village, today=today)
        cursor.execute("DROP TABLE found")
    return changed


def _judge(cursor, judgements):
    cursor.execute(_FOUND)
    for statement in judgements:
        cursor.execute(statement)


def _settle(cursor, whom, given):
    """Fixes what is not found any more, opens what is new; how many of each."""
    cursor.execute(_FIX.format(whom=whom), given)
    fixed = cursor.rowcount
    cursor.execute(_OPEN, given)
    return cursor.rowcount, fixed


def _forget_the_gone():
    """Faults of households that an import, taken back, took with it."""
    there = Household.objects.filter(id=OuterRef("household_id"))
    Fault.objects.filter(~Exists(there)).delete()
