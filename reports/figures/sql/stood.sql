-- How each household stood at the end of a reviewed month.
-- Reads: the run's and the month before's assessments, the register with its past, visits,
-- measures and plans as they were on record when the month was frozen.
-- Writes: the run's partition of reports_stood, made anew before.
-- Parameters: partition, run, before (the run of the month before, or null), first, last, quarter,
-- frozen_at.
WITH visited AS (
  SELECT household_id, bool_or(visited_on >= %(first)s) AS this_month,
    bool_or(visited_on >= %(first)s AND method = 'in_person') AS in_person
  FROM households_visit
  WHERE visited_on BETWEEN %(quarter)s AND %(last)s AND received_at <= %(frozen_at)s
  GROUP BY household_id
), planned AS (
  SELECT DISTINCT household_id FROM assistance_assistanceplan
  WHERE state IN ('approved', 'replaced') AND decided_at <= %(frozen_at)s
    AND %(last)s BETWEEN valid_from AND valid_until
), helped AS (
  SELECT DISTINCT household_id FROM assistance_measure
  WHERE started_on <= %(last)s AND (ended_on IS NULL OR ended_on > %(last)s)
    AND recorded_at <= %(frozen_at)s
)
INSERT INTO {partition} (run_id, household_id, village_id, flagged, monthly, visited, in_person,
  visited_in_quarter, without_responsible, without_contact, helped, without_plan, tier,
  tier_before, village_before_id, changed)
SELECT a.run_id, a.household_id, a.village_id, a.flag_change IN ('new', 'kept'),
  a.flag_change IN ('new', 'kept')
    OR a."group" IN ('monitored', 'edge', 'sudden', 'intervention', 'returned', 'newly_poor'),
  coalesce(v.this_month, FALSE), coalesce(v.in_person, FALSE), v.household_id IS NOT NULL,
  coalesce(p.status, h.status) = 'exited' AND coalesce(p.responsible_name, h.responsible_name) = '',
  coalesce(p.status, h.status) = 'edge' AND coalesce(p.contact_name, h.contact_name) = '',
  helped.household_id IS NOT NULL, planned.household_id IS NULL, a.tier, coalesce(b.tier, ''),
  b.village_id, a.tier IS DISTINCT FROM b.tier OR a.village_id IS DISTINCT FROM b.village_id
FROM monitoring_assessment a
JOIN households_household h ON h.id = a.household_id
LEFT JOIN households_householdpast p
  ON h.since > %(last)s AND p.household_id = h.id AND p.since <= %(last)s AND p.until > %(last)s
LEFT JOIN monitoring_assessment b ON b.run_id = %(before)s AND b.household_id = a.household_id
LEFT JOIN visited v ON v.household_id = a.household_id
LEFT JOIN helped ON helped.household_id = a.household_id
LEFT JOIN planned ON planned.household_id = a.household_id
WHERE a.run_id = %(run)s
