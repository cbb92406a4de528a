-- A household that bore a number of ours gets the national one, its members theirs; the former ones
-- are kept. Before the household is changed. Reads: judged_household, matched_member, the register.
INSERT INTO households_formernumber
  (of_import_id, household_id, number, until, recorded_at, members)
SELECT %(import_id)s, h.id, h.number, %(exported_on)s, %(at)s, coalesce((
    SELECT jsonb_object_agg(m.id, m.number) FROM households_member m
    JOIN matched_member mm ON mm.member_id = m.id AND mm.refused IS NULL
    WHERE m.household_id = h.id AND mm.member_number <> m.number), '{{}}')
FROM judged_household j JOIN households_household h ON h.id = j.household_id
WHERE j.outcome = 'changed' AND j.number <> h.number;
UPDATE households_member m SET number = mm.member_number
FROM matched_member mm, households_formernumber f
WHERE mm.member_id = m.id AND mm.refused IS NULL AND mm.member_number <> m.number
  AND f.of_import_id = %(import_id)s AND f.household_id = m.household_id;
