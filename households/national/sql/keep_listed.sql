-- A household is listed and closed by cases, never by a file (AH 3.3, 4.1.1): a listed one stays
-- listed, and what a case decided stays. Status, class and day of listing of such a row are not
-- taken, and the difference is told.
-- Reads: staged_household, known_household, the register. Writes: staged_household, staged_refusal.
WITH kept AS (
  UPDATE staged_household s SET status = NULL, exited_class = NULL, listed_on = NULL
  FROM (
    SELECT s.row, s.status AS said, h.number, h.decided_on,
      CASE WHEN h.exited_class = 'monitored' THEN 'monitored' ELSE h.status END AS ours
    FROM known_household k
    JOIN staged_household s USING (row)
    JOIN households_household h ON h.id = k.household_id
    WHERE s.status IS NOT NULL
      AND (s.status, CASE WHEN s.status = 'exited' THEN coalesce(s.exited_class, h.exited_class)
        ELSE '' END) <> (h.status, h.exited_class)
      AND (h.decided_on IS NOT NULL
        OR ((h.exited_class = 'monitored' OR h.status IN ('edge', 'sudden'))
          AND NOT (coalesce(s.exited_class, '') = 'monitored' OR s.status IN ('edge', 'sudden'))))
  ) AS other
  WHERE s.row = other.row
  RETURNING other.*
)
INSERT INTO staged_refusal (row, "column", household_number, value, reason, details, whole)
SELECT row, %(kind)s, number, coalesce(%(kinds)s::jsonb ->> said, said),
  CASE WHEN decided_on IS NULL THEN 'listed_here' ELSE 'decided_here' END,
  jsonb_build_object('ours', coalesce(%(kinds)s::jsonb ->> ours, ours), 'day', decided_on),
  false
FROM kept;
