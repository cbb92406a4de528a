-- What the file means for each household: new, changed, unchanged, older, refused.
-- Reads: staged_household, matched_member, the register. Writes: a temporary table.
-- May be repeated: nothing outside the session changes.
-- What the register does not know has nothing to be compared with.
CREATE TEMP TABLE judged_household AS
WITH rows AS (
  SELECT household_row, count(*) FILTER (WHERE refused IS NULL) AS taken, count(*) AS said
  FROM matched_member GROUP BY 1
), heads AS (
  SELECT household_row, name, head_pinyin, head_initials FROM matched_member
  WHERE relation = 'head' AND name IS NOT NULL AND refused IS NULL
)
SELECT s.row, s.number, s.county_id, s.size, NULL::bigint AS household_id,
       head.name AS head_name, head.head_pinyin, head.head_initials,
       coalesce(rows.taken, 0) AS taken, coalesce(rows.said, 0) AS said,
       CASE
         WHEN s.village_id IS NULL OR coalesce(rows.taken, 0) = 0 THEN 'refused'
         ELSE 'new'
       END AS outcome
FROM staged_household s
LEFT JOIN rows ON rows.household_row = s.row
LEFT JOIN heads head ON head.household_row = s.row
WHERE NOT EXISTS (
  SELECT FROM households_household h WHERE (h.number, h.county_id) = (s.number, s.county_id)
)
UNION ALL
SELECT s.row, s.number, s.county_id, s.size, h.id,
       head.name, head.head_pinyin, head.head_initials,
       coalesce(rows.taken, 0), coalesce(rows.said, 0),
       CASE
         WHEN NOT ({in_scope}) THEN 'refused'
         WHEN NOT ({differs}) THEN 'unchanged'
         WHEN h.since > %(exported_on)s THEN 'older'
         ELSE 'changed'
       END
FROM staged_household s
JOIN households_household h ON (h.number, h.county_id) = (s.number, s.county_id)
LEFT JOIN rows ON rows.household_row = s.row
LEFT JOIN heads head ON head.household_row = s.row;
ANALYZE judged_household (row, household_id, outcome);
