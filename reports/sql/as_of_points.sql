-- Points of households as entered by the end of a day: earned and spent (what is booked back counts
-- against what it books back), left, and the day of the last ones earned.
SELECT p.household_id,
  coalesce(sum(p.points) FILTER (WHERE coalesce(b.kind, p.kind) = 'earned'), 0) AS earned,
  -coalesce(sum(p.points) FILTER (WHERE coalesce(b.kind, p.kind) = 'spent'), 0) AS spent,
  sum(p.points) AS points_left,
  max(p."on") FILTER (WHERE p.kind = 'earned') AS earned_on
FROM assistance_pointentry p
LEFT JOIN assistance_pointentry b ON b.id = p.reverses_id
WHERE p.household_id = ANY (%(ids)s) AND p.recorded_at < %(end)s AND p."on" <= %(day)s
GROUP BY 1
