"""A reminder a working day before the deadline; when it is over, the level above is told.

One statement each, for tasks here and for cases above (``monitoring/inbox/chasing.py``), whatever
their number. What somebody is acting on at this moment is passed over, so that nobody waits for it;
the next run finds what is still late. All may run twice, late, or be killed half-way: what was told
is told once.
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
  SELECT it.id, desk.name AS before, CASE desk.level
    WHEN 1 THEN home.province_id WHEN 2 THEN home.city_id WHEN 3 THEN home.county_id
    WHEN 4 THEN home.township_id ELSE home.village_id END AS now_at
  FROM {table} it
  JOIN accounts_division desk ON desk.id = it.{desk}
  JOIN households_household home ON home.id = it.household_id
  WHERE {open} AND desk.id NOT IN (
    home.province_id, home.city_id, home.county_id, home.township_id, home.village_id)
  FOR UPDATE OF it SKIP LOCKED
), told AS (
  UPDATE {table} it SET {desk} = away.now_at, escalated_to_id = NULL
  FROM away JOIN accounts_division division ON division.id = away.now_at
  WHERE it.id = away.id RETURNING it.*, {moved} AS said
)"""

_REMIND = """
WITH near AS (
  SELECT it.id FROM {table} it
  WHERE {open} AND NOT reminded AND due_on BETWEEN %(today)s AND %(until)s
  FOR UPDATE SKIP LOCKED
), told AS (
  UPDATE {table} it SET reminded = TRUE FROM near WHERE it.id = near.id
  RETURNING it.*, '' AS said
)"""

_ESCALATE = """
WITH late AS (
  SELECT it.id, desk.parent_id, above.name FROM {table} it
  JOIN accounts_division desk ON desk.id = it.{desk}
  JOIN accounts_division above ON above.id = desk.parent_id
  WHERE {open} AND escalated_to_id IS NULL AND due_on < %(today)s
  FOR UPDATE OF it SKIP LOCKED
), told AS (
  UPDATE {table} it SET escalated_to_id = late.parent_id
  FROM late WHERE it.id = late.id RETURNING it.*, late.name AS said
)"""

_RECORD = """
INSERT INTO {trail} SELECT id, %(what)s, %(at)s, said{more} FROM told"""


@dataclass(frozen=True)
class Waiting:
    """A table whose rows wait at the desk of a division, and the trail that is told: its key, what,
    when, in which words, and ``more``. All of it ours, never input."""

    table: str
    desk: str  # column
    open: str  # condition
    trail: str
    more: str = ""
    moved: str = "''"  # what the trail says of a household that moved


TASKS = Waiting(
    "duties_task", "at_id", "ended_at IS NULL", "duties_taskact (task_id, what, at, because)"
)


def follow(waiting, *, what, at):
    return _told(_FOLLOW, waiting, what=what, at=at)


def remind(waiting, *, what, at):
    today = localdate(at)
    until = add_workdays(today, DAYS_BEFORE)
    return _told(_REMIND, waiting, what=what, at=at, today=today, until=until)


def escalate(waiting, *, what, at):
    return _told(_ESCALATE, waiting, what=what, at=at, today=localdate(at))


def _told(sql, waiting, **values):
    return run((sql + _RECORD).format(**vars(waiting)), **values)


def run(sql, **values):
    """Rows that were told."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


@dataclass(frozen=True)
class Chased:
    moved: int
    reminded: int
    escalated: int


def chase_tasks(*, at):
    """A task late at the province has no level above and stays on its desk."""
    return Chased(
        moved=follow(TASKS, what=What.MOVED.value, at=at),
        reminded=remind(TASKS, what=What.REMINDED.value, at=at),
        escalated=escalate(TASKS, what=What.ESCALATED.value, at=at),
    )
