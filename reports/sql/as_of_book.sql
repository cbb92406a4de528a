-- Villages whose collective has books on record by the end of a day: what came in and went out in
-- the twelve months up to it, and what was left (GZ 2.5, 4.3.1).
-- Parameters: as in as_of_asset.sql.
SELECT 0::bigint AS household_id, v.code AS number, v.province_id, v.city_id, v.county_id,
  v.township_id, v.village_id, '' AS group_name, v.id AS subject_id, '' AS tier,
  NULL::bigint AS in_charge_id, v.name, booked.balance, lately.*, late.rents AS late,
  coalesce((
    SELECT f.value FROM assistance_fundparameter f LEFT JOIN accounts_division t
      ON t.id = f.territory_id
    WHERE f.name = 'collective_income' AND f.since <= %(day)s
      AND (f.until IS NULL OR f.until > %(day)s)
      AND (f.territory_id IS NULL OR f.territory_id IN (v.county_id, v.city_id, v.province_id))
    ORDER BY f.since DESC, t.level, f.id DESC LIMIT 1
  ), {least}) AS least
FROM assistance_collective c
JOIN accounts_division v ON v.id = c.village_id
CROSS JOIN LATERAL (
  SELECT count(*) AS entries, sum(CASE WHEN e.way = 'in' THEN e.amount ELSE -e.amount END) AS balance
  FROM assistance_collectiveentry e
  WHERE e.collective_id = c.id AND e.recorded_at < %(end)s AND e."on" <= %(day)s
) booked
CROSS JOIN LATERAL (
  SELECT
    sum(e.amount) FILTER (WHERE e.way = 'in' AND e.what IN ({earned})) AS earned,
    sum(e.amount) FILTER (WHERE e.way = 'in') AS came,
    sum(e.amount) FILTER (WHERE e.way = 'out') AS used,
    sum(e.amount) FILTER (WHERE e.what = 'reserve') AS reserve,
    sum(e.amount) FILTER (WHERE e.what = 'posts') AS posts,
    sum(e.amount) FILTER (WHERE e.what = 'works') AS works,
    sum(e.amount) FILTER (WHERE e.what IN ('award', 'aid', 'industry')) AS awards,
    sum(e.amount) FILTER (WHERE e.what = 'upkeep') AS upkeep,
    sum(e.amount) FILTER (WHERE e.what = 'relief') AS relief
  FROM assistance_collectiveentry e
  WHERE e.collective_id = c.id AND e.recorded_at < %(end)s AND e.reverses_id IS NULL
    AND e.what NOT IN ({handed})
    AND e."on" <= %(day)s AND e."on" > (%(day)s::date - interval '1 year')::date
    AND NOT EXISTS (
      SELECT FROM assistance_collectiveentry b
      WHERE b.reverses_id = e.id AND b.recorded_at < %(end)s)
) lately
CROSS JOIN LATERAL (
  SELECT count(*) AS rents
  FROM assistance_rent r
  JOIN assistance_lease l ON l.id = r.lease_id
  WHERE l.village_id = v.id AND l.made_at < %(end)s AND NOT r.cancelled AND r.due_on < %(day)s
    AND r.amount > coalesce((
      SELECT sum(CASE WHEN e.way = 'in' THEN e.amount ELSE -e.amount END)
      FROM assistance_collectiveentry e WHERE e.rent_id = r.id AND e.recorded_at < %(end)s), 0)
) late
WHERE booked.entries > 0 AND {own}
