"""Deadlines that come near or are over: a reminder, then the level above is told.

For cases by the statements of tasks (``duties/chasing.py``), for questions to departments by two of
their own.
"""

import json
from dataclasses import dataclass

from django.utils.timezone import localdate

from accounts.roles import DEPARTMENTS
from accounts.workdays import add_workdays
from duties.chasing import DAYS_BEFORE, Waiting, escalate, follow, remind, run
from monitoring.models import What

CASES = Waiting(
    "monitoring_case",
    "waiting_at_id",
    "state = 'open'",
    "monitoring_caseact (case_id, what, at, because, step, changes)",
    more=", step, '[]'",
    moved="away.before || ' → ' || division.name",
)

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
    follow(CASES, what=What.FOLLOWED.value, at=at)
    return Chased(
        reminded=remind(CASES, what=What.REMINDED.value, at=at),
        escalated=escalate(CASES, what=What.ESCALATED.value, at=at),
        questions=run(_REMIND_OF_QUESTIONS, what=What.REMINDED.value, until=until, **said)
        + run(_ESCALATE_QUESTIONS, what=What.ESCALATED.value, **said),
    )
