-- What the file means for each member who does not stay as he is. Reads: staged_member,
-- matched_member, judged_household, known_member, the register. Writes: a temporary table, where
-- "ceases" marks a head who is no longer one. May be repeated: nothing outside the session changes.
-- Whom the register does not know has nothing to be compared with.
CREATE TEMP TABLE judged_member AS
WITH gone AS (
  SELECT DISTINCT household_row, resident_id_index FROM known_member
  WHERE since > %(exported_on)s
)
SELECT mm.row, mm.number, mm.household_row, mm.household_id, mm.member_id, false AS ceases,
       CASE
         WHEN mm.refused IS NOT NULL OR j.outcome = 'refused' THEN 'refused'
         -- Who has left since is not brought back by an old file.
         WHEN gone.household_row IS NOT NULL THEN 'older'
         ELSE 'new'
       END AS outcome
FROM matched_member mm
JOIN judged_household j ON j.row = mm.household_row
LEFT JOIN gone USING (household_row, resident_id_index)
WHERE mm.member_id IS NULL
UNION ALL
SELECT s.row, mm.number, mm.household_row, mm.household_id, mm.member_id,
       m.relation = 'head' AND coalesce(s.relation <> 'head', false),
       CASE
         WHEN mm.refused IS NOT NULL THEN 'refused'
         WHEN m.since > %(exported_on)s THEN 'older'
         ELSE 'changed'
       END AS outcome
FROM staged_member s
JOIN matched_member mm USING (row)
JOIN households_member m ON m.id = mm.member_id
-- A household that is known is refused with all its rows.
WHERE mm.refused IS NOT NULL OR {differs};
ANALYZE judged_member (row, household_row, member_id, outcome, ceases);
