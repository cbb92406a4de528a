-- Persons whom the register does not know in this household.
INSERT INTO households_member
  (household_id, number, {columns},
   since, recorded_at, recorded_by_id, origin, origin_id, because)
SELECT jh.household_id, coalesce(s.member_number, ''), {values},
       %(exported_on)s, %(at)s, %(by)s, 'import', %(import_id)s, ''
FROM judged_member j
JOIN staged_member s USING (row)
JOIN judged_household jh ON (jh.number, jh.county_id) = (j.number, j.county_id)
WHERE j.outcome = 'new'
ORDER BY jh.household_id, s.row;
