-- Members whose present row was on record by the end of a day and held on it.
-- Parameters: day, end (the first moment after it).
SELECT m.id AS subject_id, m.household_id{reads}
FROM households_member m
WHERE m.since <= %(day)s AND m.recorded_at < %(end)s
  AND (m.left_on IS NULL OR m.left_on > %(day)s)
  AND ({subjects})
