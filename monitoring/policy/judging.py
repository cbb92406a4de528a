"""The rules as SQL: from one row of facts to answers, tier and bits, for one household or all.

Answers while judging: 0 none, 1 not known, 2 yellow, 3 yellow and red not known, 4 red.
"""

import re
from functools import cache
from pathlib import Path

from django.db import connection

from monitoring.models import FACT_NAMES
from monitoring.policy.parameters import PARAMETERS
from monitoring.policy.rules import DERIVED, RULES, STABLE_INCOME, Dimension

FACTS_SQL = Path(__file__).parent.parent / "sql" / "facts.sql"
SECOND_PASS = ("low_income",)
PLACES = ("province_id", "city_id", "county_id", "township_id", "village_id")
REGISTER = ("household_id", *PLACES, "in_charge_id", "listed", "ledger_tier")


def condition(sql):
    """A condition of the table with its figures named as columns of ``figures``."""
    return re.sub(r"(?<!:):([a-z_]+)", r"figures.\1", sql)


def answer(rule):
    red, yellow = condition(rule.red), condition(rule.yellow)
    return (
        f"CASE WHEN {red} THEN 4 WHEN {yellow} THEN CASE WHEN ({red}) IS NULL THEN 3 ELSE 2 END"
        f" WHEN ({red}) IS NULL OR ({yellow}) IS NULL THEN 1 ELSE 0 END AS r_{rule.code}"
    )


def at_risk(dimension):
    """Yellow or worse anywhere in the dimension; NULL when only what is not known could say."""
    answers = [f"r_{r.code}" for r in RULES if r.dimension == dimension]
    worst = f"GREATEST({', '.join(answers)})"
    return f"CASE WHEN {worst} >= 2 THEN TRUE WHEN {worst} = 1 THEN NULL ELSE FALSE END"


def bits(test):
    return " + ".join(f"CASE WHEN r_{r.code} {test} THEN {r.bit} ELSE 0 END" for r in RULES)


@cache
def judged_sql():
    """A SELECT over ``facts`` and ``figures``: register columns, facts, bits and tier."""
    columns = ", ".join([*REGISTER, *(f'"{name}"' for name in FACT_NAMES)])
    derived = ", ".join(f"{condition(sql)} AS {name}" for name, sql in DERIVED.items())
    figures = ", ".join(f"figures.{name}" for name in PARAMETERS)
    first = ", ".join(answer(rule) for rule in RULES if rule.code not in SECOND_PASS)
    second = ", ".join(answer(rule) for rule in RULES if rule.code in SECOND_PASS)
    # OFFSET 0 keeps each level from being folded into the next and computed again there.
    return f"""
SELECT {columns}, red, yellow, unknown,
  CASE WHEN red <> 0 THEN 'red' WHEN yellow <> 0 THEN 'yellow'
       WHEN unknown = 0 AND stable_income THEN 'blue' ELSE 'unknown' END AS tier
FROM (
  SELECT {columns}, stable_income,
    {bits("= 4")} AS red, {bits("IN (2, 3)")} AS yellow, {bits("IN (1, 3)")} AS unknown
  FROM (
    SELECT figures.*, {second}
    FROM (
      SELECT figures.*, {at_risk(Dimension.ASSURANCES)} AS assurances_at_risk,
        {at_risk(Dimension.RESILIENCE)} AS resilience_at_risk
      FROM (
        SELECT figures.*, {STABLE_INCOME} AS stable_income, {first}
        FROM (
          SELECT {", ".join(f"facts.{c}" for c in REGISTER)},
            {", ".join(f'facts."{n}"' for n in FACT_NAMES)}, {figures}, figures.as_of, {derived}
          FROM facts JOIN figures USING (county_id)
          OFFSET 0
        ) figures
        OFFSET 0
      ) figures
      OFFSET 0
    ) figures
    OFFSET 0
  ) answered
  OFFSET 0
) judged
"""


def figures_cte(as_of, figures):
    """``figures`` as a CTE: one row a county. Values are numbers of ours, never input."""
    rows = []
    for county_id, values in figures.items():
        row = ", ".join(
            "NULL::numeric" if values[name] is None else f"{values[name]}::numeric"
            for name in PARAMETERS
        )
        rows.append(f"({int(county_id)}::bigint, DATE '{as_of:%Y-%m-%d}', {row})")
    names = ", ".join(PARAMETERS)
    return f"figures (county_id, as_of, {names}) AS (VALUES {', '.join(rows)})"


@cache
def facts_sql():
    return FACTS_SQL.read_text()


def last_school_day(as_of):
    """School age is that of the latest 31 August (domain.md 3, education)."""
    end = as_of.replace(month=8, day=31)
    return end if end <= as_of else end.replace(year=as_of.year - 1)


def facts_parameters(as_of, *, province_id=None, household_ids=None):
    """What ``facts.sql`` asks for. ``household_ids`` None means the whole province."""
    day = last_school_day(as_of)
    return {
        "as_of": as_of,
        "province_id": province_id,
        "household_ids": household_ids,
        "school_born_from": day.replace(year=day.year - 16),
        "school_born_to": day.replace(year=day.year - 6),
    }


def judge_now(household_ids, *, as_of, figures):
    """Judges a few households as of a day, without writing: {household id: row as a dict}."""
    sql = f"WITH {figures_cte(as_of, figures)}, facts AS ({facts_sql()}) {judged_sql()}"
    with connection.cursor() as cursor:
        cursor.execute(sql, facts_parameters(as_of, household_ids=list(household_ids)))
        names = [column.name for column in cursor.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
