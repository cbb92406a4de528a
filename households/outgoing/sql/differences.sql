-- Facts that the last export says otherwise, with the version since which ours holds.
INSERT INTO differs
  (household_id, member_id, "column", said, here, since, origin, origin_id, exported_on)
SELECT f.household_id, {member}, f.unit, f.there, f.here, coalesce(first.since, f.since),
  coalesce(first.origin, f.origin),
  CASE WHEN first.since IS NULL THEN f.origin_id ELSE first.origin_id END, f.exported_on
FROM (
  SELECT b.*, u.unit, u.fields,
    (SELECT jsonb_object_agg(name, b.said -> name) FROM unnest(u.fields) name) AS there,
    (SELECT jsonb_object_agg(name, b.now -> name) FROM unnest(u.fields) name) AS here
  FROM {based} b CROSS JOIN (VALUES {units}) AS u (unit, fields)
  WHERE {compared} AND EXISTS (
    SELECT FROM unnest(u.fields) name WHERE b.said -> name IS DISTINCT FROM b.now -> name)
  OFFSET 0
) f
LEFT JOIN LATERAL (
  SELECT p.until, p.id FROM {past} p
  WHERE p.{key} = f.id AND EXISTS (
    SELECT FROM unnest(f.fields) name WHERE to_jsonb(p) -> name IS DISTINCT FROM f.now -> name)
  ORDER BY p.until DESC, p.id DESC LIMIT 1
) last ON true
LEFT JOIN LATERAL (
  SELECT p.since, p.origin, p.origin_id FROM {past} p
  WHERE p.{key} = f.id AND (p.until, p.id) > (last.until, last.id)
  ORDER BY p.until, p.id LIMIT 1
) first ON true
WHERE EXISTS (
  SELECT FROM jsonb_each(f.there) said JOIN jsonb_each(f.here) ours USING (key)
  WHERE (said.value, ours.value) NOT IN (
    SELECT a.blank, b.blank FROM blanks a CROSS JOIN blanks b))
