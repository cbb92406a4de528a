-- feeds/sql/told_of_homes.sql
-- What an upload says of each household and the register does not; not where a newer row is known,
-- not of another name. Members of one household must say the same of it.
-- Reads: said, feeds_feedrow, the register. Writes: told.
CREATE TEMP TABLE told ON COMMIT DROP AS
SELECT told.* FROM (
  SELECT DISTINCT ON (household_id) household_id AS id, {facts},
    min(said::text) OVER home <> max(said::text) OVER home AS disagree
  FROM (
    SELECT member_id, household_id, values AS said FROM said
    WHERE name_matches AND NOT EXISTS (
      SELECT FROM feeds_feedrow f
      WHERE f.member_id = said.member_id AND f.kind = %(kind)s AND f."on" > %(as_of)s
        AND f.name_matches)
  ) sure
  WINDOW home AS (PARTITION BY household_id)
  ORDER BY household_id, member_id
) told JOIN {table} t USING (id)
WHERE told.disagree OR {differ};
ANALYZE told;
