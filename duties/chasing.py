"""A reminder a working day before the deadline; when it is over, the level above is told.

As for cases (``monitoring/inbox/chasing.py``): one statement each; what was told is told once.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.timezone import localdate

from accounts.workdays import add_workdays
from duties.models import What

DAYS_BEFORE = 1  # working days

# Households move, and codes change: what waits at a level waits where they live now.
_FOLLOW = """
WITH away AS (
  SELECT duties_task.id, CASE desk.level
    WHEN 1 THEN home.province_id WHEN 2 THEN home.city_id WHEN 3 THEN home.county_id
    WHEN 4 THEN home.township_id ELSE home.village_id END AS now_at
  FROM duties_task
  JOIN accounts_division desk ON desk.id = duties_task.at_id
  JOIN households_household home ON home.id = duties_task.household_id
  WHERE ended_at IS NULL AND desk.id NOT IN (
    home.province_id, home.city_id, home.county_id, home.township_id, home.village_id)
  FOR UPDATE OF duties_task SKIP LOCKED
), moved AS (
  UPDATE duties_task SET at_id = away.now_at, escalated_to_id = NULL
  FROM away WHERE duties_task.id = away.id RETURNING duties_task.id
)
INSERT INTO duties_taskact (task_id, what, at, because)
SELECT id, %(what)s, %(at)s, '' FROM moved
"""

_REMIND = """
WITH near AS (
  SELECT id FROM duties_task
  WHERE ended_at IS NULL AND NOT reminded AND due_on BETWEEN %(today)s AND %(until)s
  FOR UPDATE SKIP LOCKED
), reminded AS (
  UPDATE duties_task SET reminded = TRUE FROM near WHERE duties_task.id = near.id
  RETURNING duties_task.id
)
INSERT INTO duties_taskact (task_id, what, at, because)
SELECT id, %(what)s, %(at)s, '' FROM reminded
"""

_ESCALATE = """
WITH late AS (
  SELECT duties_task.id, desk.parent_id, above.name FROM duties_task
  JOIN accounts_division desk ON desk.id = duties_task.at_id
  JOIN accounts_division above ON above.id = desk.parent_id
  WHERE ended_at IS NULL AND escalated_to_id IS NULL AND due_on < %(today)s
  FOR UPDATE OF duties_task SKIP LOCKED
), escalated AS (
  UPDATE duties_task SET escalated_to_id = late.parent_id
  FROM late WHERE duties_task.id = late.id
  RETURNING duties_task.id, late.name
)
INSERT INTO duties_taskact (task_id, what, at, because)
SELECT id, %(what)s, %(at)s, name FROM escalated
"""


@dataclass(frozen=True)
class Chased:
    moved: int
    reminded: int
    escalated: int


def chase_tasks(*, at):
    """A task late at the province has no level above and stays on its desk."""
    today = localdate(at)
    until = add_workdays(today, DAYS_BEFORE)
    return Chased(
        moved=_run(_FOLLOW, at=at, what=What.MOVED.value),
        reminded=_run(_REMIND, today=today, until=until, at=at, what=What.REMINDED.value),
        escalated=_run(_ESCALATE, today=today, at=at, what=What.ESCALATED.value),
    )


def _run(sql, **values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount
