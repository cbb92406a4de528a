-- feeds/sql/keep.sql
-- What was said becomes rows of memory. What is known of that very day already is not kept again,
-- so the same statements once more add nothing. Reads: said, in the order of members.
-- Writes: feeds_feedrow.
INSERT INTO feeds_feedrow
  (kind, name_matches, news, begins, "on", upload_id, member_id, household_id, values)
SELECT %(kind)s, said.name_matches, {news}, %(begins)s, %(as_of)s, %(upload_id)s, said.member_id,
  said.household_id, said.values
FROM said {before};
