-- Events of a kind on record by the end of a day, and whether it was known by then how they ended.
-- Parameters: day, end (the first moment after it).
SELECT m.id AS subject_id, m.household_id, m.member_id, m.happened_on, m.description,
  CASE WHEN m.resolved_on <= %(day)s AND coalesce(m.resolved_at < %(end)s, TRUE)
    THEN m.resolved_on END AS resolved_on
FROM households_event m
WHERE m.happened_on <= %(day)s AND m.recorded_at < %(end)s
  AND ({subjects})
