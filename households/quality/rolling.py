"""Counts of faults by division and check, so that no page counts millions of rows.

The run writes them from the rows (``roll_up``); a waiver, or a household looked at again, corrects
them by what changed in its village (``recount``), so that they agree with the rows all day long.
"""

from datetime import timedelta
from pathlib import Path

from django.db import connection

from households.quality.check import ERROR, HINT, WARNING
from households.quality.checks import codes_of

SQL = Path(__file__).with_name("sql")
OUTGOING = 9000  # the code under which corrections for the national system are counted
DAILY = timedelta(days=62)  # for so long the trend keeps every day


def roll_up(province, *, today):
    """Inside the run's transaction, after its rows."""
    given = {
        "province": province.id,
        "today": today,
        "daily_from": today - DAILY,
        "errors": codes_of(ERROR),
        "warnings": codes_of(WARNING),
        "hints": codes_of(HINT),
        "outgoing": OUTGOING,
    }
    with connection.cursor() as cursor:
        for name in ("count", "trend"):
            cursor.execute((SQL / f"{name}.sql").read_text(), given)


def recount(village, *, today):
    """After faults of one village came, went or were waived."""
    given = {"village": village.id, "province": village.province_id, "today": today}
    given["outgoing"] = OUTGOING
    with connection.cursor() as cursor:
        cursor.execute((SQL / "recount.sql").read_text(), given)
