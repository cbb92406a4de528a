-- What the file means for each household: new, changed, unchanged, older, refused. Where it is going
-- to be written, who is new is given an id at once, so that members and incomes need not look for it.
-- Reads: staged_household, matched_member, known_household, the register. Writes: a temporary
-- table. May be repeated: nothing outside the session changes but the next id.
CREATE TEMP TABLE judged_household AS
-- refuse_heads left one head at most.
WITH people AS (
  SELECT household_row, count(*) FILTER (WHERE refused IS NULL) AS taken, count(*) AS said,
         max(name) FILTER (WHERE relation = 'head' AND refused IS NULL) AS name,
         max(head_pinyin) FILTER (WHERE relation = 'head' AND refused IS NULL) AS head_pinyin,
         max(head_initials) FILTER (WHERE relation = 'head' AND refused IS NULL) AS head_initials
  FROM matched_member GROUP BY 1
)
SELECT row, number, county_id, size,
       CASE WHEN outcome = 'new' THEN {fresh_id} ELSE household_id END AS household_id,
       head_name, head_pinyin, head_initials, taken, said, outcome
FROM (
  SELECT s.row, s.number, s.county_id, s.size, k.household_id,
         people.name AS head_name, people.head_pinyin, people.head_initials,
         coalesce(people.taken, 0) AS taken, coalesce(people.said, 0) AS said,
         CASE
           WHEN k.household_id IS NULL
             THEN CASE WHEN s.village_id IS NULL OR coalesce(people.taken, 0) = 0 THEN 'refused'
                       ELSE 'new' END
           WHEN NOT k.in_scope THEN 'refused'
           WHEN NOT ({differs}) THEN 'unchanged'
           WHEN h.since > %(exported_on)s THEN 'older'
           ELSE 'changed'
         END AS outcome
  FROM staged_household s
  LEFT JOIN known_household k ON k.row = s.row
  LEFT JOIN people ON people.household_row = s.row
  LEFT JOIN households_household h ON h.id = k.household_id
  {order}
) judged;
ANALYZE judged_household (row, household_id, outcome);
