-- What stands in each division, by check: one count by village, summed up the tree.
CREATE TEMP TABLE counted ON COMMIT DROP AS
WITH by_village AS (
  SELECT h.province_id, h.city_id, h.county_id, h.township_id, h.village_id, fault.code,
    count(*) FILTER (WHERE fault.waived_until >= %(today)s) AS waived, count(*) AS stands
  FROM (
    SELECT household_id, code, waived_until FROM households_fault WHERE fixed_on IS NULL
    UNION ALL
    SELECT household_id, %(outgoing)s, NULL FROM households_difference WHERE ended_on IS NULL
  ) AS fault JOIN households_household h ON h.id = fault.household_id
  WHERE h.province_id = %(province)s
  GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT coalesce(city_id, county_id, township_id, village_id, province_id) AS division_id, code,
  sum(stands - waived)::int AS open, sum(waived)::int AS waived
FROM by_village
GROUP BY GROUPING SETS (
  (code, province_id), (code, city_id), (code, county_id), (code, township_id), (code, village_id)
);
ANALYZE counted (division_id, code);
DELETE FROM households_faultcount kept WHERE province_id = %(province)s AND NOT EXISTS (
  SELECT FROM counted WHERE counted.division_id = kept.division_id AND counted.code = kept.code);
INSERT INTO households_faultcount AS kept (province_id, division_id, code, open, waived)
SELECT %(province)s, division_id, code, open, waived FROM counted
ON CONFLICT (division_id, code, province_id) DO UPDATE
SET open = excluded.open, waived = excluded.waived
WHERE (kept.open, kept.waived) <> (excluded.open, excluded.waived);
DROP TABLE counted
