-- Persons whom the register does not know in this household.
INSERT INTO households_member
  (household_id, number, {columns},
   since, recorded_at, recorded_by_id, origin, origin_id, because)
SELECT h.household_id, coalesce(s.member_number, ''), {values},
       %(exported_on)s, %(at)s, %(by)s, 'import', %(import_id)s, ''
FROM judged_member j
JOIN staged_member s USING (row)
JOIN judged_household h ON h.row = j.household_row
WHERE j.outcome = 'new';
