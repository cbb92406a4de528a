-- What the file means for the incomes of each household in the window that it names.
-- Reads: staged_household, judged_household, income statements. Writes: a temporary table. May be
-- repeated: nothing outside the session changes.
CREATE TEMP TABLE judged_income AS
SELECT DISTINCT ON (s.row) s.row, s.number, j.household_id, h.id AS latest_id,
       CASE
         WHEN j.outcome = 'refused' THEN 'refused'
         WHEN {incomplete} THEN 'incomplete'
         WHEN h.id IS NULL THEN 'new'
         WHEN NOT ({differs}) THEN 'unchanged'
         -- Worked out here since, while the export says what it said before: ours stands.
         WHEN h.origin = 'stated' AND EXISTS (
           SELECT FROM households_incomestatement said
           WHERE said.household_id = j.household_id AND said.window_to = s.window_to
             AND said.origin = 'import' AND NOT ({said_differs})
         ) THEN 'older'
         WHEN h.stated_on > %(exported_on)s
              OR (h.stated_on = %(exported_on)s AND h.origin <> 'import') THEN 'older'
         WHEN h.stated_on = %(exported_on)s THEN 'replaced'
         ELSE 'changed'
       END AS outcome
FROM staged_household s
JOIN judged_household j USING (row)
LEFT JOIN households_incomestatement h
       ON h.household_id = j.household_id AND h.window_to = s.window_to
WHERE s.window_to IS NOT NULL AND ({given})
ORDER BY s.row, h.stated_on DESC, h.id DESC;
ANALYZE judged_income;
