-- What the file means for the incomes of each household in the window that it names.
-- Reads: staged_household, judged_household, income statements. Writes: a temporary table.
-- May be repeated: nothing outside the session changes.
CREATE TEMP TABLE judged_income AS
SELECT s.row, s.number, j.household_id, h.id AS latest_id,
       CASE
         WHEN j.outcome = 'refused' THEN 'refused'
         WHEN {incomplete} THEN 'incomplete'
         WHEN h.id IS NULL THEN 'new'
         WHEN NOT ({differs}) THEN 'unchanged'
         WHEN h.stated_on > %(exported_on)s
              OR (h.stated_on = %(exported_on)s AND h.origin <> 'import') THEN 'older'
         WHEN h.stated_on = %(exported_on)s THEN 'replaced'
         ELSE 'changed'
       END AS outcome
FROM staged_household s
JOIN judged_household j USING (row)
LEFT JOIN LATERAL (
  SELECT * FROM households_incomestatement i
  WHERE i.household_id = j.household_id AND i.window_to = s.window_to
  ORDER BY i.stated_on DESC, i.id DESC LIMIT 1
) h ON true
WHERE s.window_to IS NOT NULL AND ({given});
ANALYZE judged_income;
