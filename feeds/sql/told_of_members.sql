-- feeds/sql/told_of_members.sql
-- What an upload says of each member and the register does not; not where a newer row is known,
-- not of another name. Reads: said, feeds_feedrow, the register. Writes: told.
CREATE TEMP TABLE told ON COMMIT DROP AS
SELECT told.* FROM (
  SELECT member_id AS id, {facts}, FALSE AS disagree
  FROM (SELECT member_id, values AS said FROM said WHERE name_matches AND differs) sure
) told JOIN {table} t USING (id)
WHERE ({differ}) AND NOT EXISTS (
  SELECT FROM feeds_feedrow f
  WHERE f.member_id = told.id AND f.kind = %(kind)s AND f."on" > %(as_of)s AND f.name_matches);
ANALYZE told;
