-- The county files the lines in "chosen": lines, ledger and history in one statement, as
-- households/register.py does it for one household. The households are locked before.
-- A tier that does not change writes no version. A household that is no longer divided, or of which
-- something later than today is known, is left where it is.
-- Parameters: ids, versions (arrays), persons, post, officer, at, today, statuses, because.
WITH chosen AS (
  SELECT * FROM unnest(%(ids)s::bigint[], %(versions)s::int[]) AS c(id, version)
), moved AS (
  UPDATE monitoring_tierline l
  SET state = 'done', version = l.version + 1, last = h.tier,
    filed_by_id = %(post)s, filed_at = %(at)s,
    filed_persons = CASE WHEN l.filed_persons @> %(persons)s::bigint[]
      THEN l.filed_persons ELSE l.filed_persons || %(persons)s::bigint[] END
  FROM chosen c, households_household h
  WHERE l.id = c.id AND l.version = c.version AND l.state = 'file' AND h.id = l.household_id
    AND h.village_id = l.village_id AND h.status = ANY(%(statuses)s)
    AND (h.tier = l.suggested OR h.since <= %(today)s)
    AND NOT (l.suggested_persons || l.reviewed_persons) && %(persons)s::bigint[]
  RETURNING l.id, l.household_id, l.suggested
), changing AS (
  SELECT h.*, m.suggested FROM moved m JOIN households_household h ON h.id = m.household_id
  WHERE h.tier <> m.suggested
), kept AS (
  INSERT INTO households_householdpast (household_id, until, {columns})
  SELECT id, %(today)s, {columns} FROM changing
), changed AS (
  UPDATE households_household h
  SET tier = c.suggested, since = %(today)s, recorded_at = %(at)s, recorded_by_id = %(officer)s,
    origin = 'case', origin_id = NULL, because = %(because)s, version = h.version + 1
  FROM changing c WHERE h.id = c.id
), told AS (
  INSERT INTO monitoring_tieract (line_id, what, tier, by_id, at, because)
  SELECT id, 'filed', suggested, %(post)s, %(at)s, '' FROM moved
)
SELECT id FROM moved;
