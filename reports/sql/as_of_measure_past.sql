-- Measures as on record by the end of a day: of each field that was changed later, what it was
-- before the first of the later changes.
-- ``subjects``: the kinds. Parameters: day, end (the first moment after it).
SELECT s.id AS subject_id, s.household_id{reads}
FROM assistance_measure s
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_object_agg(field, was), '{{}}') AS fields
  FROM (
    SELECT DISTINCT ON (key) CASE key WHEN 'member' THEN 'member_id' ELSE key END AS field,
      value -> 0 AS was
    FROM assistance_measurechange c CROSS JOIN LATERAL jsonb_each(c.changes)
    WHERE c.measure_id = s.id AND c.recorded_at >= %(end)s
    ORDER BY key, c.recorded_at, c.id
  ) first_later
) before
CROSS JOIN LATERAL jsonb_populate_record(s, before.fields) m
WHERE s.recorded_at < %(end)s AND m.started_on <= %(day)s AND m.result <> 'mistake'
  AND m.kind IN ({subjects})
  -- Said besides, so that the changes of other kinds are not read.
  AND (s.kind IN ({subjects}) OR EXISTS (
    SELECT FROM assistance_measurechange c
    WHERE c.measure_id = s.id AND c.recorded_at >= %(end)s AND c.changes ? 'kind'
  ))
