-- Of each household on a day, as on record by its end: how many lived there, the head's masked ID,
-- whether somebody is on allowance, extremely poor, disabled; of the able: all, with a skill,
-- known to be without, at work.
WITH known AS (
  SELECT m.household_id, m.relation, m.left_on, m.resident_id_masked, m.low_income_allowance,
    m.extreme_poverty_support, m.disabled, m.labour, m.trained, m.work_months
  FROM households_member m
  WHERE m.household_id = ANY (%(ids)s) AND m.since <= %(day)s AND m.recorded_at < %(end)s
  UNION ALL
  SELECT o.household_id, m.relation, m.left_on, m.resident_id_masked, m.low_income_allowance,
    m.extreme_poverty_support, m.disabled, m.labour, m.trained, m.work_months
  FROM households_member o
  CROSS JOIN LATERAL (
    SELECT *
    FROM households_memberpast
    WHERE member_id = o.id AND since <= %(day)s AND recorded_at < %(end)s
    ORDER BY id DESC LIMIT 1
  ) m
  WHERE o.household_id = ANY (%(ids)s) AND (o.since > %(day)s OR o.recorded_at >= %(end)s)
),
living AS (
  SELECT *, labour IN ('skilled', 'ordinary') AS able FROM known
  WHERE left_on IS NULL OR left_on > %(day)s
)
SELECT household_id, count(*), max(resident_id_masked) FILTER (WHERE relation = 'head'),
  coalesce(bool_or(low_income_allowance), FALSE),
  coalesce(bool_or(extreme_poverty_support), FALSE), coalesce(bool_or(disabled), FALSE),
  count(*) FILTER (WHERE able), count(*) FILTER (WHERE able AND (labour = 'skilled' OR trained)),
  count(*) FILTER (WHERE able AND labour <> 'skilled' AND NOT trained),
  count(*) FILTER (WHERE able AND work_months > 0)
FROM living
GROUP BY household_id
