-- feeds/sql/gather.sql
-- Several rows of one person stand beside each other. Reads: hit. Writes: said.
CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT member_id, min(household_id) AS household_id, name_matches,
  jsonb_build_object('items', jsonb_agg(DISTINCT values)) AS values
FROM hit WHERE member_id IS NOT NULL
GROUP BY member_id, name_matches
ORDER BY member_id;
