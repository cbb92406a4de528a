-- Names of members as on record by the end of a day.
SELECT id, name FROM households_member
WHERE id = ANY (%(ids)s) AND recorded_at < %(end)s
UNION ALL
SELECT m.id, p.name
FROM households_member m
CROSS JOIN LATERAL (
  SELECT name FROM households_memberpast
  WHERE member_id = m.id AND recorded_at < %(end)s
  ORDER BY id DESC LIMIT 1
) p
WHERE m.id = ANY (%(ids)s) AND m.recorded_at >= %(end)s
