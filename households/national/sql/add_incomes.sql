-- Figures of a window that are new, or differ from the latest statement of it.
INSERT INTO households_incomestatement
  (household_id, window_from, window_to, stated_on, {columns},
   recorded_at, recorded_by_id, origin, origin_id)
SELECT own.household_id, s.window_from, s.window_to, %(exported_on)s, {figures},
       %(at)s, %(by)s, 'import', %(import_id)s
FROM judged_income j
JOIN staged_household s USING (row)
JOIN judged_household own USING (row)
LEFT JOIN households_incomestatement h ON h.id = j.latest_id
WHERE j.outcome IN ('new', 'changed');
