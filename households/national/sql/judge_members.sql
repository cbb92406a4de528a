-- What the file means for each member. Reads: staged_member, matched_member, judged_household, the
-- register. Writes: a temporary table. May be repeated: nothing outside the session changes.
-- Whom the register does not know has nothing to be compared with.
CREATE TEMP TABLE judged_member AS
SELECT mm.row, mm.number, mm.household_row, mm.household_id, mm.member_id,
       CASE
         WHEN mm.refused IS NOT NULL OR j.outcome = 'refused' THEN 'refused'
         -- Who has left since is not brought back by an old file.
         WHEN mm.household_id IS NOT NULL AND EXISTS (
           SELECT 1 FROM households_member gone
           WHERE gone.household_id = mm.household_id AND gone.since > %(exported_on)s
             AND gone.resident_id_index = mm.resident_id_index
         ) THEN 'older'
         ELSE 'new'
       END AS outcome
FROM matched_member mm
JOIN judged_household j ON j.row = mm.household_row
WHERE mm.member_id IS NULL
UNION ALL
SELECT s.row, mm.number, mm.household_row, mm.household_id, mm.member_id,
       CASE
         WHEN mm.refused IS NOT NULL OR j.outcome = 'refused' THEN 'refused'
         WHEN NOT ({differs}) THEN 'unchanged'
         WHEN m.since > %(exported_on)s THEN 'older'
         ELSE 'changed'
       END AS outcome
FROM staged_member s
JOIN matched_member mm USING (row)
JOIN judged_household j ON j.row = mm.household_row
JOIN households_member m ON m.id = mm.member_id;
ANALYZE judged_member (row, household_row, member_id, outcome);
