-- What stood open at the end of a run. Of days long past only the last run's of a month stays.
INSERT INTO households_faulttrend AS kept
  (province_id, division_id, day, errors, warnings, hints)
SELECT province_id, division_id, %(today)s,
  coalesce(sum(open) FILTER (WHERE code = ANY (%(errors)s)), 0),
  coalesce(sum(open) FILTER (WHERE code = ANY (%(warnings)s)), 0),
  coalesce(sum(open) FILTER (WHERE code = ANY (%(hints)s)), 0)
FROM households_faultcount WHERE province_id = %(province)s
GROUP BY 1, 2
ON CONFLICT (division_id, day, province_id) DO UPDATE
SET errors = excluded.errors, warnings = excluded.warnings, hints = excluded.hints;
DELETE FROM households_faulttrend trend
WHERE province_id = %(province)s AND day < %(daily_from)s AND EXISTS (
  SELECT FROM households_qualityrun run
  WHERE run.province_id = trend.province_id AND run.day > trend.day
    AND date_trunc('month', run.day) = date_trunc('month', trend.day))
