-- Lines go back with the reason: from the township to the village, from the county to the township,
-- or to the village where "starts" says so. The village's suggestion stays as it was, to be changed.
-- Parameters: ids, versions, words, starts (arrays of one length), state (the desk), persons, post, at.
WITH chosen AS (
  SELECT * FROM unnest(%(ids)s::bigint[], %(versions)s::int[], %(words)s::text[], %(starts)s::bool[])
    AS c(id, version, words, to_start)
), moved AS (
  UPDATE monitoring_tierline l
  SET state = CASE WHEN l.state = 'file' AND NOT c.to_start THEN 'review' ELSE 'submit' END,
    version = l.version + 1, returned = c.words, returns = l.returns + 1,
    reviewed_persons = CASE WHEN l.state = 'file' OR l.reviewed_persons @> %(persons)s::bigint[]
      THEN l.reviewed_persons ELSE l.reviewed_persons || %(persons)s::bigint[] END,
    filed_persons = CASE WHEN l.state = 'review' OR l.filed_persons @> %(persons)s::bigint[]
      THEN l.filed_persons ELSE l.filed_persons || %(persons)s::bigint[] END
  FROM chosen c
  WHERE l.id = c.id AND l.version = c.version AND l.state = %(state)s
    AND NOT (l.suggested_persons
      || CASE WHEN l.state = 'file' THEN l.reviewed_persons ELSE l.filed_persons END)
      && %(persons)s::bigint[]
  RETURNING l.id, l.suggested, c.words
), told AS (
  INSERT INTO monitoring_tieract (line_id, what, tier, by_id, at, because)
  SELECT id, 'returned', suggested, %(post)s, %(at)s, words FROM moved
)
SELECT id FROM moved;
