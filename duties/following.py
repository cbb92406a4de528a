"""Tasks that follow what they are about: opened for what is wrong, ended when it is mended.

A few statements for a kind, whatever the number of rows. Run twice, late or killed half-way they
come to the same: a key has one open task, and what is mended is no key any more.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import CharField, Value
from django.utils.timezone import localdate

from accounts.workdays import add_workdays
from duties.kinds import KINDS
from duties.models import What
from duties.models.tasks import MENDED

# Counted before it is compared: taken for a few rows, a hundred thousand are compared one by one.
_WANTED = """
CREATE TEMP TABLE wanted ON COMMIT DROP AS {wanted};
ANALYZE wanted
"""
_OPEN = """
WITH opened AS (
  INSERT INTO duties_task (kind, key, household_id, at_id, role, department, words, figures,
    opened_at, due_on, reminded, version, outcome, result)
  SELECT %s, key, household_id, at_id, role, '', '', figures, %s, %s, FALSE, 1, '', '' FROM wanted
  ON CONFLICT (kind, key) WHERE ended_at IS NULL DO UPDATE SET figures = EXCLUDED.figures
    WHERE duties_task.figures <> EXCLUDED.figures
  RETURNING id, (xmax = 0) AS is_new
), told AS (
  INSERT INTO duties_taskact (task_id, what, at, because)
  SELECT id, %s, %s, '' FROM opened WHERE is_new RETURNING 1
)
SELECT count(*) FROM told
"""
_END = """
WITH mended AS (
  UPDATE duties_task SET ended_at = %s, outcome = %s, escalated_to_id = NULL
  WHERE kind = %s AND ended_at IS NULL AND NOT EXISTS (
    SELECT FROM wanted WHERE wanted.key = duties_task.key)
  RETURNING id
), told AS (
  INSERT INTO duties_taskact (task_id, what, at, because)
  SELECT id, %s, %s, '' FROM mended RETURNING 1
)
SELECT count(*) FROM told
"""


@dataclass(frozen=True)
class Followed:
    opened: int
    ended: int


def follow(kind, wanted, *, at, days=None):
    """Makes the open tasks of ``kind`` equal to ``wanted``, the whole list of what is wrong.

    ``wanted``: a queryset of values ``key`` (text, unique), ``household_id``, ``at_id`` (the
    division of the desk) and ``figures`` (JSON). Returns how many were opened and ended.
    """
    rows = wanted.order_by().annotate(role=Value(KINDS[kind].role, CharField()))
    names = rows.values("key", "household_id", "at_id", "figures", "role")
    return follow_rows(kind, *names.query.sql_with_params(), at=at, days=days)


@transaction.atomic
def follow_rows(kind, sql, params, *, at, days=None):
    """As ``follow``, of a statement; its column ``role`` says whose desk at the division it is."""
    row = KINDS[kind]
    due_on = add_workdays(localdate(at), row.days if days is None else days)
    with connection.cursor() as cursor:
        cursor.execute(_WANTED.format(wanted=sql), params)
        opened = _count(cursor, _OPEN, [kind, at, due_on, What.OPENED.value, at])
        ended = _count(cursor, _END, [at, MENDED, kind, What.ENDED.value, at])
        cursor.execute("DROP TABLE wanted")
    return Followed(opened, ended)


def _count(cursor, sql, params):
    cursor.execute(sql, params)
    return cursor.fetchone()[0]
