-- The village suggests the tiers of the lines in "chosen" (LA 2.1.1), each as the officer saw it.
-- One by one conditional: what somebody else has moved meanwhile stays as it is and is not returned.
-- Parameters: ids, versions, tiers, words, visited (arrays of one length), persons, post, at.
WITH chosen AS (
  SELECT * FROM unnest(%(ids)s::bigint[], %(versions)s::int[], %(tiers)s::text[], %(words)s::text[],
    %(visited)s::date[]) AS c(id, version, tier, words, visited_on)
), moved AS (
  UPDATE monitoring_tierline l
  SET state = 'review', version = l.version + 1, suggested = c.tier, because = c.words,
    last = h.tier, visited_in_person_on = c.visited_on, answer = '',
    suggested_by_id = %(post)s, suggested_at = %(at)s,
    suggested_persons = CASE WHEN l.suggested_persons @> %(persons)s::bigint[]
      THEN l.suggested_persons ELSE l.suggested_persons || %(persons)s::bigint[] END
  FROM chosen c, households_household h
  WHERE l.id = c.id AND l.version = c.version AND l.state IN ('submit', 'review')
    AND h.id = l.household_id
    AND NOT (l.reviewed_persons || l.filed_persons) && %(persons)s::bigint[]
  RETURNING l.id, c.tier, c.words
), told AS (
  INSERT INTO monitoring_tieract (line_id, what, tier, by_id, at, because)
  SELECT id, 'suggested', tier, %(post)s, %(at)s, words FROM moved
)
SELECT id FROM moved;
