-- feeds/sql/told_of_members.sql
-- What an upload says of each member; not where a newer row is known, not of another name.
-- Reads: said, feeds_feedrow. Writes: told.
CREATE TEMP TABLE told ON COMMIT DROP AS
SELECT member_id AS id, {facts}, FALSE AS disagree
FROM (
  SELECT member_id, values AS said FROM said
  WHERE name_matches AND NOT EXISTS (
    SELECT FROM feeds_feedrow f
    WHERE f.member_id = said.member_id AND f.kind = %(kind)s AND f."on" > %(as_of)s
      AND f.name_matches)
) sure;
ANALYZE told;
