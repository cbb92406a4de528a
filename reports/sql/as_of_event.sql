-- What the epidemic brought upon households, as on record by the end of a day: events of visits and
-- imports, and whoever stands in a file of the health department (kind 95, feeds/kinds.py) without
-- an event. How a case stood: what the department said last of somebody of the household, of the
-- member where one is named; else what the visit said. That somebody was set apart ends no case.
-- Parameters: day, end (the first moment after it).
SELECT m.id AS subject_id, m.household_id, m.member_id, m.happened_on, m.description,
  m.kind AS event_kind, m.loss,
  coalesce(ended.on, CASE WHEN told.state = 'cured' THEN told.on END) AS resolved_on,
  CASE WHEN told.state = 'died' THEN 'died'
    WHEN ended.on IS NOT NULL THEN CASE m.kind WHEN 'epidemic_case' THEN 'cured' ELSE 'over' END
    WHEN m.kind IN ('epidemic_work', 'epidemic_loss') THEN 'open'
    WHEN m.kind = 'epidemic_apart' THEN coalesce(told.state, 'isolated')
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
    AND m.kind IN ('epidemic_case', 'epidemic_apart')
    AND f."on" BETWEEN m.happened_on AND %(day)s AND u.loaded_at < %(end)s
    AND f.values ->> 'state' <> 'isolated'
  ORDER BY f."on" DESC, f.id DESC
  LIMIT 1
) told ON TRUE
WHERE m.happened_on <= %(day)s AND m.recorded_at < %(end)s
  AND ({subjects})
UNION ALL
-- Keys of their own, far above those of events.
SELECT 1000000000000000 + said.id, said.household_id, said.member_id, said."on", '', 'reported',
  NULL, CASE WHEN told.state = 'cured' THEN told.on END, told.state
FROM (
  SELECT DISTINCT ON (f.member_id) f.id, f.member_id, p.household_id, f."on"
  FROM feeds_feedupload u
  JOIN feeds_feedrow f ON f.upload_id = u.id AND f.kind = 95 AND f.name_matches
  JOIN households_member p ON p.id = f.member_id
  WHERE u.kind = 95 AND u.loaded_at < %(end)s AND f."on" <= %(day)s
  ORDER BY f.member_id, f."on", f.id
) said
CROSS JOIN LATERAL (
  SELECT f."on", f.values ->> 'state' AS state
  FROM feeds_feedrow f JOIN feeds_feedupload u ON u.id = f.upload_id
  WHERE f.member_id = said.member_id AND f.kind = 95 AND f.name_matches
    AND f."on" <= %(day)s AND u.loaded_at < %(end)s
  ORDER BY f."on" DESC, f.id DESC
  LIMIT 1
) told
WHERE NOT EXISTS (
  SELECT FROM households_event m
  WHERE m.household_id = said.household_id
    AND coalesce(m.member_id, said.member_id) = said.member_id
    AND m.kind IN ('epidemic_case', 'epidemic_apart')
    AND m.happened_on <= %(day)s AND m.recorded_at < %(end)s
)
