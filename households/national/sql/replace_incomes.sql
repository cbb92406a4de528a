-- A statement of the same window and the same day with other figures: a mended file. What stood
-- there is kept in households_incomebefore, so that the import can be taken back.
WITH before AS (
  INSERT INTO households_incomebefore (of_import_id, statement_id, figures)
  SELECT %(import_id)s, h.id, jsonb_build_object({before})
  FROM judged_income j JOIN households_incomestatement h ON h.id = j.latest_id
  WHERE j.outcome = 'replaced'
)
UPDATE households_incomestatement h
SET {changes}, recorded_at = %(at)s, recorded_by_id = %(by)s, origin = 'import',
    origin_id = %(import_id)s
FROM judged_income j JOIN staged_household s USING (row)
WHERE h.id = j.latest_id AND j.outcome = 'replaced';
