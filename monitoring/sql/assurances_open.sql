-- Assurances and water that are not secure now, a row for each household and problem (AH0 3.4.1).
-- The latest frozen review says it (its red bits), unless a visit that arrived since looked again.
-- Where the review could not tell, and for households that it does not judge, the latest visit that
-- looked at it says it.
WITH run AS (
  SELECT DISTINCT ON (province_id) id, as_of, frozen_at FROM monitoring_run
  WHERE state = 'frozen' AND name = '' ORDER BY province_id, month DESC
), code AS (
  SELECT * FROM unnest(%(codes)s::text[], %(bits)s::int[]) AS code (name, bit)
), judged AS (
  SELECT judged.household_id, run.as_of, run.frozen_at, judged.red, judged.unknown
  FROM monitoring_assessment judged JOIN run ON run.id = judged.run_id
), seen AS (
  SELECT DISTINCT ON (visit.household_id, answer.name)
    visit.household_id, answer.name, answer.said, visit.visited_on
  FROM households_visit visit
  LEFT JOIN judged ON judged.household_id = visit.household_id
  CROSS JOIN LATERAL (VALUES ('food', visit.food), ('clothing', visit.clothing),
    ('education', visit.education), ('medical', visit.medical), ('housing', visit.housing),
    ('water', visit.water)) AS answer (name, said)
  JOIN code ON code.name = answer.name
  WHERE answer.said <> '' AND (judged.frozen_at IS NULL OR visit.received_at > judged.frozen_at
    OR judged.unknown & code.bit <> 0)
  ORDER BY visit.household_id, answer.name, visit.visited_on DESC, visit.id DESC
), problem AS (
  SELECT judged.household_id, code.name, 'analysis' AS source, judged.as_of AS found_on
  FROM judged JOIN code ON judged.red & code.bit <> 0
  WHERE NOT EXISTS (
    SELECT FROM seen WHERE seen.household_id = judged.household_id AND seen.name = code.name)
  UNION ALL
  SELECT household_id, name, 'visit', visited_on FROM seen WHERE said = 'insecure'
)
SELECT home.id || '-' || problem.name AS key, home.id AS household_id,
  CASE WHEN problem.name = ANY(%(township)s) THEN home.township_id ELSE home.village_id END AS at_id,
  CASE WHEN problem.name = ANY(%(township)s) THEN 'township' ELSE 'village' END AS role,
  jsonb_build_object(
    'problem', problem.name, 'source', problem.source, 'found_on', problem.found_on) AS figures
FROM problem JOIN households_household home ON home.id = problem.household_id
