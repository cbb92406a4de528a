-- One village counted again; what differs from its count is added on every level above it.
INSERT INTO households_faultcount AS kept (province_id, division_id, code, open, waived)
SELECT v.province_id, level.id, differs.code, differs.open, differs.waived
FROM (
  SELECT code, sum(open)::int AS open, sum(waived)::int AS waived
  FROM (
    SELECT fault.code, CASE WHEN fault.waived_until >= %(today)s THEN 0 ELSE 1 END AS open,
      CASE WHEN fault.waived_until >= %(today)s THEN 1 ELSE 0 END AS waived
    FROM households_household h JOIN households_fault fault ON fault.household_id = h.id
    WHERE h.village_id = %(village)s AND fault.fixed_on IS NULL
    UNION ALL
    SELECT %(outgoing)s, 1, 0
    FROM households_household h JOIN households_difference d ON d.household_id = h.id
    WHERE h.village_id = %(village)s AND d.ended_on IS NULL
    UNION ALL
    SELECT code, -open, -waived FROM households_faultcount
    WHERE division_id = %(village)s AND province_id = %(province)s
  ) AS both_counts
  GROUP BY code
) AS differs
JOIN accounts_division v ON v.id = %(village)s
CROSS JOIN LATERAL unnest(
  ARRAY[v.province_id, v.city_id, v.county_id, v.township_id, v.id]) AS level (id)
WHERE (differs.open, differs.waived) <> (0, 0) AND level.id IS NOT NULL
ORDER BY level.id, differs.code
ON CONFLICT (division_id, code, province_id) DO UPDATE
SET open = kept.open + excluded.open, waived = kept.waived + excluded.waived
