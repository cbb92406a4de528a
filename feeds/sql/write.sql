-- feeds/sql/write.sql
-- What holds from the day of the feed.
UPDATE {table} t
SET {changes}, since = greatest(%(as_of)s, t.since), recorded_at = %(at)s,
  recorded_by_id = %(by)s, origin = 'department', origin_id = %(upload_id)s, because = ''{version}
FROM changing c WHERE c.id = t.id AND c.taken;
