-- Events of a kind on record by the end of a day, and whether it was known by then how they ended.
-- How an epidemic case stood: what the health department said last of somebody of the household
-- (kind 95, feeds/kinds.py), of the member where one is named; else what the visit said.
-- Parameters: day, end (the first moment after it).
SELECT m.id AS subject_id, m.household_id, m.member_id, m.happened_on, m.description,
  coalesce(ended.on, CASE WHEN told.state = 'cured' THEN told.on END) AS resolved_on,
  CASE WHEN told.state = 'died' THEN 'died'
    WHEN ended.on IS NOT NULL THEN 'cured'
    ELSE coalesce(nullif(told.state, 'carrier'), m.case_state) END AS stage
FROM households_event m
CROSS JOIN LATERAL (
  SELECT CASE WHEN m.resolved_on <= %(day)s AND coalesce(m.resolved_at < %(end)s, TRUE)
    THEN m.resolved_on END AS on
) ended
LEFT JOIN LATERAL (
  SELECT f."on", f.values ->> 'state' AS state
  FROM households_member p
  JOIN feeds_feedrow f ON f.member_id = p.id AND f.kind = 95 AND f.name_matches
  JOIN feeds_feedupload u ON u.id = f.upload_id
  WHERE p.household_id = m.household_id AND (m.member_id IS NULL OR p.id = m.member_id)
    AND f."on" BETWEEN m.happened_on AND %(day)s AND u.loaded_at < %(end)s
  ORDER BY f."on" DESC, f.id DESC
  LIMIT 1
) told ON TRUE
WHERE m.happened_on <= %(day)s AND m.recorded_at < %(end)s
  AND ({subjects})
