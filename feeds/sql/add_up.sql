-- feeds/sql/add_up.sql
-- Several rows of one person add up; where they are dated, by month too. Reads: hit (cents, and
-- months like 202005). Writes: said.
CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT member_id, min(household_id) AS household_id, name_matches,
  concat('{{"amount": ', sum(cents) * 0.01, ', "count": ', sum(times), ', "months": {{' || string_agg(
    concat('"', month / 100, to_char(month % 100, '"-"FM00'), '": ', cents * 0.01), ', ' ORDER BY month
  ) FILTER (WHERE month IS NOT NULL) || '}}', '}}')::jsonb AS values
FROM (
  SELECT member_id, min(household_id) AS household_id, name_matches, paid_on AS month,
    sum(amount) AS cents, count(*) AS times
  FROM hit WHERE member_id IS NOT NULL
  GROUP BY member_id, name_matches, paid_on
) by_month
GROUP BY member_id, name_matches
ORDER BY member_id;
