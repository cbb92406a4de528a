-- What the file means for the incomes of each household in the window that it names.
-- Reads: staged_household, known_household, judged_household, income statements. Writes: a
-- temporary table. May be repeated: nothing outside the session changes.
CREATE TEMP TABLE judged_income AS
WITH latest AS (
  SELECT DISTINCT ON (k.row) k.row, i.id, i.stated_on, i.origin, {figures}
  FROM known_household k
  JOIN staged_household s ON s.row = k.row
  JOIN households_incomestatement i
    ON i.household_id = k.household_id AND i.window_to = s.window_to
  ORDER BY k.row, i.stated_on DESC, i.id DESC
)
SELECT s.row, s.number, j.household_id, h.id AS latest_id,
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
LEFT JOIN latest h ON h.row = s.row
WHERE s.window_to IS NOT NULL AND ({given});
ANALYZE judged_income;
