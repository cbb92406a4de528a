"""Deadlines that come near or are over: a reminder, then the level above is told.

One statement each, for cases and for questions to departments, whatever their number. What somebody
is acting on at this moment is passed over, so that nobody waits for it; the next run finds what is
still late. All may run twice, late, or be killed half-way: what was told is told once.
"""

import json
from dataclasses import dataclass

from django.db import connection
from django.utils.timezone import localdate

from accounts.roles import DEPARTMENTS
from accounts.workdays import add_workdays
from monitoring.models import What

DAYS_BEFORE = 1  # working days

# Households move, and codes change: their cases lie on the desks of where they live now.
_FOLLOW = """
WITH away AS (
  SELECT monitoring_case.id, desk.name AS before, CASE desk.level
    WHEN 1 THEN home.province_id WHEN 2 THEN home.city_id WHEN 3 THEN home.county_id
    WHEN 4 THEN home.township_id ELSE home.village_id END AS now_at
  FROM monitoring_case
  JOIN accounts_division desk ON desk.id = monitoring_case.waiting_at_id
  JOIN households_household home ON home.id = monitoring_case.household_id
  WHERE state = 'open' AND desk.id NOT IN (
    home.province_id, home.city_id, home.county_id, home.township_id, home.village_id)
  FOR UPDATE OF monitoring_case SKIP LOCKED
)
, followed AS (
  UPDATE monitoring_case SET waiting_at_id = away.now_at, escalated_to_id = NULL
  FROM away WHERE monitoring_case.id = away.id
  RETURNING monitoring_case.id, step, away.before, away.now_at
)
INSERT INTO monitoring_caseact (case_id, step, what, at, because, changes)
SELECT followed.id, step, %(what)s, %(at)s, before || ' → ' || division.name, '[]'
FROM followed JOIN accounts_division division ON division.id = followed.now_at
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

# Questions to departments: the same two, of cases under way. A city's or province's department is
# told of those below it.
_REMIND_OF_QUESTIONS = """
WITH near AS (
  SELECT question.id, question.case_id, step, department FROM monitoring_enquiry question
  JOIN monitoring_case ON monitoring_case.id = question.case_id AND state = 'open'
  WHERE answered_at IS NULL AND withdrawn_at IS NULL AND NOT question.reminded
    AND question.due_on BETWEEN %(today)s AND %(until)s
  FOR UPDATE OF question SKIP LOCKED
), reminded AS (
  UPDATE monitoring_enquiry question SET reminded = TRUE
  FROM near WHERE question.id = near.id RETURNING near.*
)
INSERT INTO monitoring_caseact (case_id, step, what, at, because, changes)
SELECT case_id, step, %(what)s, %(at)s, %(names)s::jsonb ->> department, '[]' FROM reminded
"""

_ESCALATE_QUESTIONS = """
WITH late AS (
  SELECT question.id, question.case_id, step, department, above.id AS above, above.name
  FROM monitoring_enquiry question
  JOIN monitoring_case ON monitoring_case.id = question.case_id AND state = 'open'
  JOIN accounts_division asked ON asked.id = question.asked_at_division_id
  JOIN accounts_division above ON above.id = asked.parent_id
  WHERE answered_at IS NULL AND withdrawn_at IS NULL AND question.escalated_to_id IS NULL
    AND question.due_on < %(today)s
  FOR UPDATE OF question SKIP LOCKED
), escalated AS (
  UPDATE monitoring_enquiry question SET escalated_to_id = late.above
  FROM late WHERE question.id = late.id RETURNING late.*
)
INSERT INTO monitoring_caseact (case_id, step, what, at, because, changes)
SELECT case_id, step, %(what)s, %(at)s, (%(names)s::jsonb ->> department) || ' → ' || name, '[]'
FROM escalated
"""


@dataclass(frozen=True)
class Chased:
    """How many cases; ``questions``: those to departments, reminded and escalated together."""

    reminded: int
    escalated: int
    questions: int = 0


def chase(*, at):
    """Reminds of what is due by the next working day and tells the level above what is late,
    after cases whose households moved have gone along to the new desks.

    A case late at the province has no level above and stays on its desk.
    """
    today = localdate(at)
    until = add_workdays(today, DAYS_BEFORE)
    names = json.dumps({code: str(words) for code, words in DEPARTMENTS.items()})
    said = {"today": today, "at": at, "names": names}
    _run(_FOLLOW, at=at, what=What.FOLLOWED.value)
    return Chased(
        reminded=_run(_REMIND, today=today, until=until, at=at, what=What.REMINDED.value),
        escalated=_run(_ESCALATE, today=today, at=at, what=What.ESCALATED.value),
        questions=_run(_REMIND_OF_QUESTIONS, what=What.REMINDED.value, until=until, **said)
        + _run(_ESCALATE_QUESTIONS, what=What.ESCALATED.value, **said),
    )


def _run(sql, **values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount
