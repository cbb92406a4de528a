-- Households that the register does not know.
INSERT INTO households_household
  ({columns}, since, recorded_at, recorded_by_id, origin, origin_id, because)
SELECT {values}, %(exported_on)s, %(at)s, %(by)s, 'import', %(import_id)s, ''
FROM judged_household j JOIN staged_household s USING (row, number, county_id)
WHERE j.outcome = 'new'
ORDER BY s.village_id, s.number;
