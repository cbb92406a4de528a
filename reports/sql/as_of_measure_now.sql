-- Measures on record by the end of today: no change can be newer.
-- ``subjects``: the kinds. Parameters: day, end (the first moment after it).
SELECT m.id AS subject_id, m.household_id{reads}
FROM assistance_measure m
WHERE m.recorded_at < %(end)s AND m.started_on <= %(day)s AND m.result <> 'mistake'
  AND m.kind IN ({subjects})
