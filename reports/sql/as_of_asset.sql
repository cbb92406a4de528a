-- Project assets of the end of a day, in the columns of a household's row: an asset has a division,
-- not a household (GZ 4.5). What was changed since is put back from the trail, the oldest last.
-- Parameters: day, end (the first moment after it), place. ``own``: the condition on the division.
SELECT 0::bigint AS household_id, a.number, v.province_id, v.city_id, v.county_id,
  coalesce(v.township_id, 0) AS township_id, coalesce(v.village_id, 0) AS village_id,
  '' AS group_name, a.id AS subject_id, '' AS tier, NULL::bigint AS in_charge_id, a.name, a.kind,
  a.nature, a.place, a.built_year, a.value, a.owner, a.owner_name, a.keeper, a.keeper_name,
  a.supervisor, a.upkeep, a.use, a.state, a.inspected_on, v.level AS at_level,
  leased.lessee, leased.rent
FROM (
  SELECT (jsonb_populate_record(t, coalesce(undo.was, '{{}}'))).*
  FROM assistance_asset t
  CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(k.key, k.value -> 0 ORDER BY c.at DESC, c.id DESC) AS was
    FROM assistance_assetact c CROSS JOIN LATERAL jsonb_each(c.changes) k
    WHERE c.asset_id = t.id AND c.at >= %(end)s
  ) undo
  WHERE t.registered_at < %(end)s
) a
JOIN accounts_division v ON v.id = a.at_id
LEFT JOIN LATERAL (
  SELECT l.lessee, l.rent FROM assistance_lease l
  WHERE l.asset_id = a.id AND l.made_at < %(end)s AND l.since <= %(day)s AND l.until > %(day)s
    AND (l.ended_on IS NULL OR l.ended_on > %(day)s)
  ORDER BY l.since DESC LIMIT 1
) leased ON TRUE
WHERE {own}
