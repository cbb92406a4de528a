"""Deadlines that come near or are over: a reminder, then the level above is told.

One statement each, whatever the number of cases. A case that somebody is acting on at this moment
is passed over, so that nobody waits for it; the next run finds what is still late. Both may run
twice, late, or be killed half-way: what was told is told once.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.timezone import localdate

from accounts.workdays import add_workdays
from monitoring.models import What

DAYS_BEFORE = 1  # working days

# Households move, and codes change: their cases lie on the desks of where they live now.
_FOLLOW = """
WITH away AS (
  SELECT monitoring_case.id, CASE desk.level
    WHEN 1 THEN home.province_id WHEN 2 THEN home.city_id WHEN 3 THEN home.county_id
    WHEN 4 THEN home.township_id ELSE home.village_id END AS now_at
  FROM monitoring_case
  JOIN accounts_division desk ON desk.id = monitoring_case.waiting_at_id
  JOIN households_household home ON home.id = monitoring_case.household_id
  WHERE state = 'open' AND desk.id NOT IN (
    home.province_id, home.city_id, home.county_id, home.township_id, home.village_id)
  FOR UPDATE OF monitoring_case SKIP LOCKED
)
UPDATE monitoring_case SET waiting_at_id = away.now_at, escalated_to_id = NULL
FROM away WHERE monitoring_case.id = away.id
"""

_REMIND = """
WITH near AS (
  SELECT id FROM monitoring_case
  WHERE state = 'open' AND NOT reminded AND due_on BETWEEN %(today)s AND %(until)s
  FOR UPDATE SKIP LOCKED
), reminded AS (
  UPDATE monitoring_case SET reminded = TRUE
  FROM near WHERE monitoring_case.id = near.id RETURNING monitoring_case.id, step
)
INSERT INTO monitoring_caseact (case_id, step, what, at, because, changes)
SELECT id, step, %(what)s, %(at)s, '', '[]' FROM reminded
"""

_ESCALATE = """
WITH late AS (
  SELECT monitoring_case.id, division.parent_id, above.name FROM monitoring_case
  JOIN accounts_division division ON division.id = monitoring_case.waiting_at_id
  JOIN accounts_division above ON above.id = division.parent_id
  WHERE state = 'open' AND escalated_to_id IS NULL AND due_on < %(today)s
  FOR UPDATE OF monitoring_case SKIP LOCKED
), escalated AS (
  UPDATE monitoring_case SET escalated_to_id = late.parent_id
  FROM late WHERE monitoring_case.id = late.id
  RETURNING monitoring_case.id, step, late.name
)
INSERT INTO monitoring_caseact (case_id, step, what, at, because, changes)
SELECT id, step, %(what)s, %(at)s, name, '[]' FROM escalated
"""


@dataclass(frozen=True)
class Chased:
    reminded: int
    escalated: int


def chase(*, at):
    """Reminds of what is due by the next working day and tells the level above what is late,
    after cases whose households moved have gone along to the new desks.

    A case late at the province has no level above and stays on its desk.
    """
    today = localdate(at)
    until = add_workdays(today, DAYS_BEFORE)
    _run(_FOLLOW)
    return Chased(
        reminded=_run(_REMIND, today=today, until=until, at=at, what=What.REMINDED.value),
        escalated=_run(_ESCALATE, today=today, at=at, what=What.ESCALATED.value),
    )


def _run(sql, **values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount
