"""From a rule to statements. Names and conditions are ours, never input; values are parameters."""

from functools import cache
from pathlib import Path

from feeds.kinds import KINDS

SQL = Path(__file__).parent.parent / "sql"
# The newest row of each member of the division; several in one year add up only for payments.
CURRENT = """
SELECT DISTINCT ON (f.member_id) m.household_id, f.member_id, f.values AS said, f."on", f.upload_id
FROM feeds_feedrow f JOIN households_member m ON m.id = f.member_id
JOIN households_household h ON h.id = m.household_id
WHERE f.kind = %(kind)s AND f.name_matches AND h.{division} = %(division_id)s
ORDER BY f.member_id, f."on" DESC, f.id DESC"""
PAYMENTS = """
SELECT m.household_id, min(f.member_id) AS member_id,
  jsonb_build_object('amount', sum((f.values->>'amount')::numeric)) AS said,
  max(f."on") AS "on", max(f.upload_id) AS upload_id
FROM feeds_feedrow f JOIN households_member m ON m.id = f.member_id AND m.left_on IS NULL
JOIN households_household h ON h.id = m.household_id
WHERE f.kind = %(kind)s AND f.name_matches AND h.{division} = %(division_id)s
  AND f."on" > %(today)s::date - make_interval(years => 1)
  AND NOT EXISTS (  -- periods that overlap: the newer row holds
    SELECT FROM feeds_feedrow g
    WHERE g.member_id = f.member_id AND g.kind = f.kind AND g.name_matches
      AND (g."on", g.id) > (f."on", f.id) AND g.begins <= f."on")
GROUP BY m.household_id"""
# Who is not in the newest list of the county. A list of less than half of those whom the register
# knows is a part of one, and says nothing of whom it leaves out.
ABSENT = """
SELECT m.household_id, m.id AS member_id, '{{}}'::jsonb AS said, newest."on", newest.upload_id
FROM (
  SELECT newest_day.county_id, f."on", max(f.upload_id) AS upload_id, count(*) AS listed
  FROM (
    SELECT c.id AS county_id, max(u.as_of) AS "on"
    FROM accounts_division c
    JOIN feeds_feedupload u ON u.division_id IN (c.province_id, c.city_id, c.id)
    WHERE c.level = 3 AND u.kind = %(kind)s AND u.state = 'loaded'
    GROUP BY c.id
  ) newest_day
  JOIN households_household h USING (county_id)
  JOIN feeds_feedrow f ON f.household_id = h.id AND f.kind = %(kind)s AND f."on" = newest_day."on"
  WHERE h.{division} = %(division_id)s
  GROUP BY newest_day.county_id, f."on"
) newest
JOIN households_household h ON h.county_id = newest.county_id AND h.{division} = %(division_id)s
JOIN households_member m ON m.household_id = h.id AND m.left_on IS NULL AND {condition}
  AND m.since <= newest."on"
WHERE 2 * newest.listed >= (
    SELECT count(*) FROM households_member m JOIN households_household h ON h.id = m.household_id
    WHERE h.county_id = newest.county_id AND m.left_on IS NULL AND {condition})
  AND NOT EXISTS (
    SELECT FROM feeds_feedrow f
    WHERE f.member_id = m.id AND f.kind = %(kind)s AND f."on" = newest."on")"""
SOURCES = {"current": CURRENT, "payments": PAYMENTS, "absent": ABSENT}


def found_sql(rule, division):
    """``found``: household, member, what the sentence says, what must change to be asked again."""
    whole = rule.per == "household"
    figures = ", ".join(f"'{name}', {expression}" for name, expression in rule.figures.items())
    source = SOURCES[rule.source].format(division=division, condition=rule.condition)
    return f"""
CREATE TEMP TABLE found ON COMMIT DROP AS
SELECT {"DISTINCT ON (h.id)" if whole else ""} h.id AS household_id,
  {"NULL::bigint" if whole else "m.id"} AS member_id,
  jsonb_build_object({figures}) AS figures, left({rule.mark}, 200) AS mark,
  c.upload_id, c."on"
FROM ({source}) c
JOIN households_member m ON m.id = c.member_id
JOIN households_household h ON h.id = m.household_id
JOIN figure ON figure.county_id = h.county_id
WHERE (m.left_on IS NULL OR {str(rule.kind == "deaths").upper()}) AND ({rule.condition})
{'ORDER BY h.id, c."on" DESC, c.member_id' if whole else ""}"""


@cache
def statement(name):
    return (SQL / f"{name}.sql").read_text()


def kind_number(rule):
    return KINDS[rule.kind].number
