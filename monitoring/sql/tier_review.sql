-- The township passes the lines in "chosen" on; "words" answers a difference from the analysis.
-- Parameters: ids, versions, words (arrays of one length), persons, post, at.
WITH chosen AS (
  SELECT * FROM unnest(%(ids)s::bigint[], %(versions)s::int[], %(words)s::text[])
    AS c(id, version, words)
), moved AS (
  UPDATE monitoring_tierline l
  SET state = 'file', version = l.version + 1, answer = c.words,
    reviewed_by_id = %(post)s, reviewed_at = %(at)s,
    reviewed_persons = CASE WHEN l.reviewed_persons @> %(persons)s::bigint[]
      THEN l.reviewed_persons ELSE l.reviewed_persons || %(persons)s::bigint[] END
  FROM chosen c
  WHERE l.id = c.id AND l.version = c.version AND l.state = 'review'
    AND NOT (l.suggested_persons || l.filed_persons) && %(persons)s::bigint[]
  RETURNING l.id, l.suggested, c.words
), told AS (
  INSERT INTO monitoring_tieract (line_id, what, tier, by_id, at, because)
  SELECT id, 'reviewed', suggested, %(post)s, %(at)s, words FROM moved
)
SELECT id FROM moved;
