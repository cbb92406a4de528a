-- Households that the register does not know, with the ids that they were given.
INSERT INTO households_household
  (id, {columns}, since, recorded_at, recorded_by_id, origin, origin_id, because)
SELECT j.household_id, {values}, %(exported_on)s, %(at)s, %(by)s, 'import', %(import_id)s, ''
FROM judged_household j JOIN staged_household s USING (row)
WHERE j.outcome = 'new';
