"""A run: all checks over a province, and what came and went since the last one.

One transaction, one run of a province at a time. Killed anywhere it has written nothing; doubled or
repeated it finds what stands already and changes nothing.
"""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from households.models import Fault, Household, QualityRun
from households.quality.compiling import statements

LOCK_SPACE = 0x717561  # the first key of this project's advisory locks on quality runs

_FOUND = """
DROP TABLE IF EXISTS pg_temp.found;
CREATE TEMP TABLE found (household_id bigint, member_id bigint, code smallint) ON COMMIT DROP
"""
_FIX = """
UPDATE households_fault fault SET fixed_on = %(today)s
FROM households_household h
WHERE h.id = fault.household_id AND h.province_id = %(province)s AND fault.fixed_on IS NULL
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


def check_province(province, *, at):
    """Checks every household and member of ``province``. Returns the run."""
    today = localdate(at)
    given = {"today": today, "province": province.id}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, province.id])
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '128MB'")
        cursor.execute(_FOUND)
        for statement in statements(province, today):
            cursor.execute(statement)
        cursor.execute("ANALYZE found")
        # Of a table that is being filled for the first time the planner expects nothing.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SELECT count(*) FROM found")
        standing = cursor.fetchone()[0]
        cursor.execute(_FIX, given)
        fixed = cursor.rowcount
        cursor.execute(_OPEN, given)
        opened = cursor.rowcount
        _forget_the_gone()
        return QualityRun.objects.create(
            province=province, day=today, at=at, standing=standing, opened=opened, fixed=fixed
        )


def _forget_the_gone():
    """Faults of households that an import, taken back, took with it."""
    there = Household.objects.filter(id=OuterRef("household_id"))
    Fault.objects.filter(~Exists(there)).delete()
