-- feeds/sql/add_up.sql
-- Several rows of one person add up; where they are dated, by month too. Reads: hit. Writes: said.
CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT min(row) AS row, member_id, min(household_id) AS household_id, name_matches,
  jsonb_strip_nulls(jsonb_build_object(
    'amount', sum(amount), 'count', sum(times),
    'months', jsonb_object_agg(month, amount) FILTER (WHERE month IS NOT NULL AND {dated})
  )) AS values
FROM (
  SELECT min(row) AS row, member_id, min(household_id) AS household_id, name_matches,
    left(values->>'paid_on', 7) AS month, sum((values->>'amount')::numeric) AS amount,
    count(*) AS times
  FROM hit WHERE member_id IS NOT NULL
  GROUP BY member_id, name_matches, month
) by_month
GROUP BY member_id, name_matches;
