-- Entries of the project store of the end of a day, in the columns of a household's row (AH0 4.4).
-- What was adjusted since is put back from the trail, the oldest last.
-- Parameters: as in as_of_asset.sql.
SELECT 0::bigint AS household_id, p.number, v.province_id, v.city_id, v.county_id,
  coalesce(v.township_id, 0) AS township_id, coalesce(v.village_id, 0) AS village_id,
  '' AS group_name, p.id AS subject_id, '' AS tier, NULL::bigint AS in_charge_id, p.name, p.kind,
  p.year, p.words, p.benefit, p.priority, p.planned, p.state, p.stored_on, p.started_on,
  p.finished_on, helped.homes, adjusted.times AS adjusted
FROM (
  SELECT (jsonb_populate_record(t, coalesce(undo.was, '{{}}'))).*
  FROM assistance_project t
  CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(k.key, k.value -> 0 ORDER BY c.at DESC, c.id DESC) AS was
    FROM assistance_projectact c CROSS JOIN LATERAL jsonb_each(c.changes) k
    WHERE c.project_id = t.id AND c.at >= %(end)s
  ) undo
  WHERE t.proposed_at < %(end)s
) p
JOIN accounts_division v ON v.id = p.at_id
CROSS JOIN LATERAL (
  SELECT count(*) AS homes FROM assistance_projecthousehold h
  WHERE h.project_id = p.id AND h.linked_at < %(end)s
    AND (h.ended_at IS NULL OR h.ended_at >= %(end)s)
) helped
CROSS JOIN LATERAL (
  SELECT count(*) AS times FROM assistance_projectact c
  WHERE c.project_id = p.id AND c.at < %(end)s AND c.what = 'adjusted'
) adjusted
WHERE {own}
