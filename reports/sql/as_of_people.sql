-- How many lived in a household on a day, and the head's masked ID, as on record by its end.
WITH known AS (
  SELECT household_id, relation, left_on, resident_id_masked
  FROM households_member
  WHERE household_id = ANY (%(ids)s) AND since <= %(day)s AND recorded_at < %(end)s
  UNION ALL
  SELECT m.household_id, p.relation, p.left_on, p.resident_id_masked
  FROM households_member m
  CROSS JOIN LATERAL (
    SELECT relation, left_on, resident_id_masked
    FROM households_memberpast
    WHERE member_id = m.id AND since <= %(day)s AND recorded_at < %(end)s
    ORDER BY id DESC LIMIT 1
  ) p
  WHERE m.household_id = ANY (%(ids)s) AND (m.since > %(day)s OR m.recorded_at >= %(end)s)
)
SELECT household_id, count(*), max(resident_id_masked) FILTER (WHERE relation = 'head')
FROM known
WHERE left_on IS NULL OR left_on > %(day)s
GROUP BY household_id
