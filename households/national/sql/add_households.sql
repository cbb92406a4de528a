-- Households that the register does not know. Their ids are given out first, by village, so that
-- members and incomes need not look for them.
UPDATE judged_household j SET household_id = own.id
FROM (
  SELECT row, nextval((SELECT pg_get_serial_sequence('households_household', 'id')::regclass)) AS id
  FROM (
    SELECT row FROM judged_household JOIN staged_household s USING (row)
    WHERE outcome = 'new' ORDER BY s.village_id, s.number
  ) fresh
) own
WHERE own.row = j.row;
ANALYZE judged_household (row, household_id, outcome);
INSERT INTO households_household
  (id, {columns}, since, recorded_at, recorded_by_id, origin, origin_id, because)
SELECT j.household_id, {values}, %(exported_on)s, %(at)s, %(by)s, 'import', %(import_id)s, ''
FROM judged_household j JOIN staged_household s USING (row)
WHERE j.outcome = 'new';
