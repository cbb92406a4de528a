"""The rules as SQL: from one row of facts to bits and tier, for one household or all of them.

Every column that is carried through another level of a query costs a copy for each of two million
rows. So the answers of all rules travel in one number, and there are three levels:
answers -> bits of each answer -> the rules that read other rules, and the tier.
"""

import re
from functools import cache
from pathlib import Path

from django.db import connection

from monitoring.models import FACT_NAMES
from monitoring.policy.parameters import PARAMETERS
from monitoring.policy.rules import DERIVED, RULES, STABLE_INCOME, Dimension

SQL = Path(__file__).parent.parent / "sql"
EVERYWHERE = (0, 2**62)
SECOND_PASS = tuple(rule for rule in RULES if rule.reads_answers)
FIRST_PASS = tuple(rule for rule in RULES if not rule.reads_answers)
REGISTER = (
    *("household_id", "province_id", "city_id", "county_id", "township_id", "village_id"),
    *("in_charge_id", "listed", "ledger_tier"),
)
# Where the bits of an answer lie in the one number: red ones, yellow ones, unknown ones. Red takes
# a place only where a rule can be red, so that three times 23 rules fit into 63 bits.
REDS = [rule.number for rule in FIRST_PASS if rule.red != "FALSE"]
YELLOW_AT, UNKNOWN_AT = len(REDS), len(REDS) + max(rule.number for rule in RULES) + 1


def condition(sql):
    """A condition of the table in SQL: derived facts written out, figures as columns."""
    names = "|".join(DERIVED)
    sql = re.sub(rf"\b({names})\b", lambda found: f"({condition(DERIVED[found[1]])})", sql)
    return re.sub(r"(?<!:):([a-z_]+)", r"figures.\1", sql)


def _answer(rule):
    """The rule's bits in the one number: red; yellow, perhaps with red unknown; unknown."""
    red, yellow = condition(rule.red), condition(rule.yellow)
    at_yellow = 1 << (YELLOW_AT + rule.number)
    at_unknown = 1 << (UNKNOWN_AT + rule.number)
    if rule.red == "FALSE":
        return (
            f"CASE WHEN {yellow} THEN {at_yellow} WHEN ({yellow}) IS NULL THEN {at_unknown}"
            " ELSE 0 END::bigint"
        )
    at_red = 1 << REDS.index(rule.number)
    return (
        f"CASE WHEN {red} THEN {at_red}"
        f" WHEN {yellow} THEN CASE WHEN ({red}) IS NULL THEN {at_yellow | at_unknown}"
        f" ELSE {at_yellow} END"
        f" WHEN ({red}) IS NULL OR ({yellow}) IS NULL THEN {at_unknown} ELSE 0 END::bigint"
    )


def _reds():
    """Red bits moved from their places in the number to the rules' own."""
    moved = {}
    for place, number in enumerate(REDS):
        moved.setdefault(number - place, []).append(place)
    parts = [f"((answers & {sum(1 << p for p in places)}) << {by})" for by, places in moved.items()]
    return " | ".join(parts)


def _at_risk(dimension):
    """Yellow or worse anywhere in the dimension; NULL when only what is not known could say."""
    bits = sum(rule.bit for rule in FIRST_PASS if rule.dimension == dimension)
    return (
        f"(CASE WHEN (red | yellow) & {bits} <> 0 THEN TRUE"
        f" WHEN unknown & {bits} <> 0 THEN NULL ELSE FALSE END)"
    )


def _second(rule, answer):
    """Whether a rule of the second pass gives ``answer``; its own conditions are ``own_…``."""
    red = f"own_red AND {_at_risk(Dimension.ASSURANCES)} AND {_at_risk(Dimension.RESILIENCE)}"
    return {
        "red": f"({red})",
        "yellow": f"(own_yellow AND ({red}) IS NOT TRUE)",
        "unknown": f"(({red}) IS NULL OR (({red}) IS FALSE AND own_yellow IS NULL))",
    }[answer]


def _with_second(answer):
    parts = [f"CASE WHEN {_second(r, answer)} THEN {r.bit} ELSE 0 END" for r in SECOND_PASS]
    return " | ".join([answer, *parts])


def rules_reading(names):
    """The rules of the first pass whose answer may turn with these figures."""
    read = re.compile(rf"figures\.({'|'.join(names)})\b")
    return tuple(r for r in FIRST_PASS if read.search(condition(f"{r.red} {r.yellow}")))


def _kept(answer, asked):
    """The bits of rules that are not asked again, as they were."""
    bits = sum(rule.bit for rule in FIRST_PASS if rule not in asked)
    return "" if asked == FIRST_PASS else f" | (was_{answer} & {bits})"


@cache
def judged_sql(carried=(*REGISTER, *FACT_NAMES), asked=FIRST_PASS):
    """A SELECT over ``facts`` and ``figures``: the carried columns of facts, bits and tier.

    ``asked``: the rules of the first pass to judge; of the others ``facts`` has the bits in
    ``was_red``, ``was_yellow`` and ``was_unknown``, which then are carried too.
    """
    (low_income,) = SECOND_PASS
    columns = ", ".join(f'"{name}"' for name in carried)
    low = (1 << (max(rule.number for rule in RULES) + 1)) - 1
    # OFFSET 0 keeps a level from being folded into the next and computed again there.
    return f"""
SELECT {columns}, red, yellow, unknown,
  CASE WHEN red <> 0 THEN 'red' WHEN yellow <> 0 THEN 'yellow'
       WHEN unknown = 0 AND stable_income THEN 'blue' ELSE 'unknown' END AS tier
FROM (
  SELECT {columns}, stable_income,
    ({_with_second("red")})::int AS red, ({_with_second("yellow")})::int AS yellow,
    ({_with_second("unknown")})::int AS unknown
  FROM (
    SELECT {columns}, stable_income, own_red, own_yellow,
      {_reds()}{_kept("red", asked)} AS red,
      (answers >> {YELLOW_AT}) & {low}{_kept("yellow", asked)} AS yellow,
      (answers >> {UNKNOWN_AT}) & {low}{_kept("unknown", asked)} AS unknown
    FROM (
      SELECT {", ".join(f'facts."{name}"' for name in carried)},
        {condition(STABLE_INCOME)} AS stable_income,
        {condition(low_income.red)} AS own_red, {condition(low_income.yellow)} AS own_yellow,
        {" + ".join(map(_answer, asked)) or "0::bigint"} AS answers
      FROM (SELECT * FROM facts OFFSET 0) facts JOIN figures USING (county_id)
      OFFSET 0
    ) answered
  ) unpacked
) judged
"""


def figures_cte(as_of, figures):
    """``figures`` as a CTE: one row a county. Values are numbers of ours, never input."""
    rows = []
    for county_id, values in figures.items():
        row = ", ".join(
            "NULL::numeric" if values.get(name) is None else f"{values[name]}::numeric"
            for name in PARAMETERS
        )
        rows.append(f"({int(county_id)}::bigint, DATE '{as_of:%Y-%m-%d}', {row})")
    names = ", ".join(PARAMETERS)
    return f"figures (county_id, as_of, {names}) AS (VALUES {', '.join(rows)})"


@cache
def facts_sql():
    """``facts.sql`` with what it takes of a row, of the present or of the past, written out."""
    facts = (SQL / "facts.sql").read_text()
    for name in ("home", "member"):
        facts = facts.replace(f"{{of_{name}}}", (SQL / f"fact_{name}.sql").read_text().rstrip())
    return facts


def last_school_day(as_of):
    """School age is that of the latest 31 August (domain.md 3, education)."""
    end = as_of.replace(month=8, day=31)
    return end if end <= as_of else end.replace(year=as_of.year - 1)


def graduates_born_to(as_of):
    """Who is 15 has had nine years of school; in the summer after them also who is nearly 15."""
    if as_of.month in (7, 8):
        day = last_school_day(as_of.replace(day=1))
        return day.replace(year=day.year - 14)
    return _years_before(as_of, 15)


def _years_before(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def facts_parameters(as_of, *, province_id=None, household_ids=None, between=EVERYWHERE):
    """What ``facts.sql`` asks for. ``household_ids`` None means the whole province, or what of it
    lies ``between`` two ids."""
    day = last_school_day(as_of)
    return {
        "as_of": as_of,
        "province_id": province_id,
        "household_ids": household_ids,
        "first_household": between[0],
        "last_household": between[1],
        "school_born_from": day.replace(year=day.year - 16),
        "school_born_to": day.replace(year=day.year - 6),
        "graduates_born_to": graduates_born_to(as_of),
        "pupil_born_from": _years_before(as_of, 25),
        "pupil_born_to": _years_before(as_of, 6),
        "adult_born_to": _years_before(as_of, 18),
    }


def judge_now(household_ids, *, as_of, figures):
    """Judges a few households as of a day, without writing: {household id: row as a dict}."""
    sql = f"WITH {figures_cte(as_of, figures)}, facts AS ({facts_sql()}) {judged_sql()}"
    with connection.cursor() as cursor:
        cursor.execute(sql, facts_parameters(as_of, household_ids=list(household_ids)))
        names = [column.name for column in cursor.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
