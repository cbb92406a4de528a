-- What stands on the list and is found no more has ended: entered, if the register still says what
-- it said then. What is found and does not stand there yet is added, what changed is brought up.
UPDATE households_difference d
SET ended_on = %(today)s, entered = (
  CASE d."column"
    WHEN 'new_household' THEN true
    WHEN 'joined' THEN m.left_on IS NULL
    WHEN 'left' THEN m.left_on IS NOT NULL
    ELSE d.here = (SELECT jsonb_object_agg(name, coalesce(to_jsonb(m), to_jsonb(h)) -> name)
      FROM jsonb_object_keys(d.here) name)
  END)
FROM households_household h, households_difference same
LEFT JOIN households_member m ON m.id = same.member_id
WHERE same.id = d.id AND h.id = d.household_id AND {whom} AND d.ended_on IS NULL
  AND NOT EXISTS (
    SELECT FROM differs WHERE differs.household_id = d.household_id
      AND differs."column" = d."column" AND differs.member_id IS NOT DISTINCT FROM d.member_id);
UPDATE households_difference d
SET said = differs.said, here = differs.here, since = differs.since, origin = differs.origin,
  origin_id = differs.origin_id, exported_on = differs.exported_on
FROM differs
WHERE d.ended_on IS NULL AND differs.household_id = d.household_id
  AND differs."column" = d."column" AND differs.member_id IS NOT DISTINCT FROM d.member_id
  AND (d.said, d.here, d.since, d.exported_on)
    IS DISTINCT FROM (differs.said, differs.here, differs.since, differs.exported_on);
INSERT INTO households_difference
  (household_id, member_id, "column", said, here, since, origin, origin_id, exported_on, found_on)
SELECT household_id, member_id, "column", said, here, since, origin, origin_id, exported_on,
  %(today)s
FROM differs
WHERE NOT EXISTS (
  SELECT FROM households_difference d
  WHERE d.ended_on IS NULL AND d.household_id = differs.household_id
    AND d."column" = differs."column" AND d.member_id IS NOT DISTINCT FROM differs.member_id);
-- An import that was taken back took its households with it.
DELETE FROM households_difference d
WHERE NOT EXISTS (SELECT FROM households_household h WHERE h.id = d.household_id)
