-- feeds/sql/costs.sql
-- Statements whose medical costs are less than what departments booked inside their window.
-- Reads: feeds_feedrow, households_incomestatement. Writes: households_incomestatement,
-- feeds_costbefore.
-- Run again it finds nothing: what was too low is as high as what was booked.
CREATE TEMP TABLE too_low AS
WITH paying AS ({paying}),
latest AS (
  SELECT DISTINCT ON (household_id) i.id, i.household_id, window_from, window_to, stated_on, wage,
    business, property, transfer, expenses, medical, schooling, housing, disaster_repair,
    stated_per_capita
  FROM households_incomestatement i JOIN paying USING (household_id)
  ORDER BY household_id, window_to DESC, stated_on DESC
),
booked AS (
  SELECT latest.id, sum({inside})::numeric(12, 2) AS amount,
    max(f."on") AS "on", max(f.upload_id) AS upload_id
  FROM latest
  JOIN households_member m ON m.household_id = latest.household_id AND m.left_on IS NULL
  JOIN feeds_feedrow f ON f.member_id = m.id AND f.kind = %(kind)s AND f.name_matches
    AND f.begins <= latest.window_to AND f."on" >= latest.window_from
  CROSS JOIN LATERAL (
    SELECT to_char(greatest(f.begins, latest.window_from)::timestamp, 'YYYY-MM') AS first,
      to_char(least(f."on", latest.window_to)::timestamp, 'YYYY-MM') AS last OFFSET 0
  ) months
  {newest}
  GROUP BY latest.id
)
SELECT latest.id, household_id, window_from, window_to,
  greatest(booked."on", latest.stated_on + 1) AS stated_on, wage, business, property, transfer,
  expenses, booked.amount, schooling, housing, disaster_repair, stated_per_capita, booked.upload_id
FROM booked JOIN latest USING (id)
WHERE booked.amount > coalesce(latest.medical, 0);
INSERT INTO households_incomestatement (household_id, window_from, window_to, stated_on, wage,
  business, property, transfer, expenses, medical, schooling, housing, disaster_repair,
  stated_per_capita, recorded_at, recorded_by_id, origin, origin_id)
SELECT household_id, window_from, window_to, stated_on, wage, business, property, transfer,
  expenses, amount, schooling, housing, disaster_repair, stated_per_capita, %(at)s, %(by)s,
  'department', upload_id
FROM too_low WHERE stated_on <= %(today)s;
-- Stated today already: there is one statement a day, so it is put right where it stands. What stood
-- there is kept, so that the upload can be taken back.
INSERT INTO feeds_costbefore (upload_id, statement_id, figures)
SELECT too_low.upload_id, i.id, jsonb_build_object('medical', i.medical, 'recorded_at',
  i.recorded_at, 'recorded_by_id', i.recorded_by_id, 'origin', i.origin, 'origin_id', i.origin_id)
FROM too_low JOIN households_incomestatement i USING (id)
WHERE too_low.stated_on > %(today)s;
UPDATE households_incomestatement i
SET medical = too_low.amount, recorded_at = %(at)s, recorded_by_id = %(by)s,
  origin = 'department', origin_id = too_low.upload_id
FROM too_low WHERE too_low.id = i.id AND too_low.stated_on > %(today)s;
