"""Compares a division: rule by rule in sets, then clues and tasks of what is new.

Everything in one transaction, one run at a time in a province: killed or doubled it comes to the
same. What was answered stays answered until its mark changes.
"""

import json

from django.db import connection, transaction
from django.utils.timezone import localdate

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.workdays import add_workdays
from duties.following import follow_rows
from monitoring.comparison.compiling import found_sql, kind_number, statement
from monitoring.comparison.duties import DIFFERENCE
from monitoring.comparison.rules import TASK, rules_of
from monitoring.policy.parameters import figures_on

LOCK_SPACE = 0x636D70  # the first key of this project's advisory locks on comparisons
FIGURES = ("big_payment", "clue_check_days", "clue_days")


@transaction.atomic
def compare(division, *, kind="", at):
    """Compares the feeds of ``kind`` (or all) in ``division``. Returns how many clues opened."""
    given = {"division_id": division.id, "at": at, "today": localdate(at)}
    with connection.cursor() as cursor:
        hold_province(cursor, division)
        cursor.execute("SET LOCAL work_mem = '256MB'; SET LOCAL jit = off")
        given["workdays"] = _figures(cursor, division, given["today"])
        for rule in rules_of(kind):
            _compare_rule(cursor, rule, division, given)
        opened = _open_clues(cursor, division, given)
        cursor.execute("DROP TABLE IF EXISTS figure")
    follow_differences(at=at)
    return opened


def hold_province(cursor, division):
    """Until the transaction ends nobody else compares there."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, division.province_id])


def _figures(cursor, division, today):
    """The table ``figure``, a row a county; gives the days on which the clues' days end."""
    counties = Division.objects.filter(
        **{division.level_column: division.id}, level=Level.COUNTY
    ) or [division.county]
    found = figures_on(today, list(counties))
    cursor.execute("DROP TABLE IF EXISTS figure")
    cursor.execute(
        "CREATE TEMP TABLE figure (county_id bigint, big_payment numeric, clue_check_days numeric,"
        " clue_days numeric) ON COMMIT DROP"
    )
    rows = [[county, *(row[name] for name in FIGURES)] for county, row in found.items()]
    cursor.executemany("INSERT INTO figure VALUES (%s, %s, %s, %s)", rows)
    numbers = {int(number) for row in rows for number in row[2:]}
    return json.dumps({number: f"{add_workdays(today, number)}" for number in numbers})


def _compare_rule(cursor, rule, division, given):
    given = given | {"kind": kind_number(rule), "rule": rule.code, "answer": rule.answer}
    cursor.execute("DROP TABLE IF EXISTS found")
    cursor.execute(found_sql(rule, division.level_column), given)
    cursor.execute("ANALYZE found")
    _each(cursor, "compare", division, given)
    cursor.execute("DROP TABLE found")


def _open_clues(cursor, division, given):
    cursor.execute("DROP TABLE IF EXISTS asked, opened")
    _each(cursor, "compared_clues", division, given)
    cursor.execute("SELECT count(*) FROM opened")
    opened = cursor.fetchone()[0]
    cursor.execute("DROP TABLE asked, opened")
    return opened


def _each(cursor, name, division, given):
    for one in statement(name).format(division=division.level_column).split(";\n"):
        if one.strip():
            cursor.execute(one, given)


_WANTED = """
SELECT d.id::text AS key, d.household_id, h.village_id AS at_id,
  jsonb_build_object('rule', d.rule) AS figures, 'village' AS role
FROM monitoring_difference d JOIN households_household h ON h.id = d.household_id
WHERE d.answer = %s AND d.state = 'open'
"""


def follow_differences(*, at):
    """The tasks of the villages are those of the open differences, no more and no less."""
    return follow_rows(DIFFERENCE, _WANTED, (TASK,), at=at)
