-- Members whose present row is news: the latest past version that was on record by the end of a
-- day and held on it.
-- Parameters: as in as_of_member_now.sql.
SELECT o.id AS subject_id, o.household_id{reads}
FROM households_memberpast m JOIN households_member o ON o.id = m.member_id
WHERE m.since <= %(day)s AND m.recorded_at < %(end)s
  AND (m.left_on IS NULL OR m.left_on > %(day)s)
  AND ({subjects})
  AND (o.since > %(day)s OR o.recorded_at >= %(end)s)
  AND NOT EXISTS (
    SELECT FROM households_memberpast later
    WHERE later.member_id = m.member_id AND later.id > m.id
      AND later.since <= %(day)s AND later.recorded_at < %(end)s
  )
