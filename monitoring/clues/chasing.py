"""Nightly: clues go along with households that move, and the township is told whose time runs out.

The checks themselves are tasks and chased as such (``duties/chasing.py``).
"""

from django.db import connection, transaction
from django.db.models import CharField, F, JSONField, Value
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from accounts.workdays import add_workdays
from duties.following import follow
from monitoring.clues.kinds import END
from monitoring.models import Clue

DAYS_BEFORE = 3  # working days before the end of the whole procedure

_MOVED = """
WITH moved AS (
  UPDATE monitoring_clue SET village_id = home.village_id
  FROM households_household home
  WHERE home.id = household_id AND ended_on IS NULL
    AND monitoring_clue.village_id <> home.village_id
  RETURNING monitoring_clue.id
)
INSERT INTO monitoring_clueact (clue_id, what, at, because) SELECT id, 'moved', %s, '' FROM moved
"""


@transaction.atomic
def chase_clues(*, at):
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [at])
    return follow(END, running_out(localdate(at)), at=at, days=DAYS_BEFORE)


def running_out(today):
    rows = Clue.objects.open().filter(due_on__lte=add_workdays(today, DAYS_BEFORE))
    return rows.annotate(
        key=Cast("id", CharField()),
        at_id=F("village__township_id"),
        figures=Value({}, JSONField()),
    )
