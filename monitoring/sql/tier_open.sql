-- The lines of one county's tier round (LA 4.3). Run again it adds who came, moves and drops who went,
-- and touches nobody else. Reads: households, the assessments of one run. Writes: monitoring_tierline.
-- Parameters: round_id, county_id, run_id (null: no review yet), statuses, month.

INSERT INTO monitoring_tierline (
  round_id, household_id, province_id, city_id, county_id, township_id, village_id, state, version,
  analysis, red, yellow, last, suggested, because, answer, returned, returns,
  suggested_persons, reviewed_persons, filed_persons)
SELECT %(round_id)s, h.id, h.province_id, h.city_id, h.county_id, h.township_id, h.village_id,
  'submit', 1, coalesce(a.tier, ''), coalesce(a.red, 0), coalesce(a.yellow, 0), h.tier,
  '', '', '', '', 0, '{}', '{}', '{}'
FROM households_household h
LEFT JOIN monitoring_assessment a ON a.run_id = %(run_id)s AND a.household_id = h.id
WHERE h.county_id = %(county_id)s AND h.status = ANY(%(statuses)s)
ON CONFLICT (round_id, household_id) DO NOTHING;

-- What nobody has suggested yet shows the newest analysis and ledger; who returns is taken up again.
UPDATE monitoring_tierline l
SET state = 'submit', version = l.version + 1, last = h.tier, analysis = coalesce(a.tier, ''),
  red = coalesce(a.red, 0), yellow = coalesce(a.yellow, 0), suggested = '',
  township_id = h.township_id, village_id = h.village_id
FROM households_household h
LEFT JOIN monitoring_assessment a ON a.run_id = %(run_id)s AND a.household_id = h.id
WHERE l.round_id = %(round_id)s AND l.state IN ('submit', 'dropped') AND h.id = l.household_id
  AND h.county_id = %(county_id)s AND h.status = ANY(%(statuses)s)
  AND (l.state, l.last, l.analysis, l.red, l.yellow, l.township_id, l.village_id) IS DISTINCT FROM (
    'submit', h.tier, coalesce(a.tier, ''), coalesce(a.red, 0), coalesce(a.yellow, 0),
    h.township_id, h.village_id);

-- A household that moved within the county takes its line along.
UPDATE monitoring_tierline l
SET version = l.version + 1, township_id = h.township_id, village_id = h.village_id
FROM households_household h
WHERE l.round_id = %(round_id)s AND l.state IN ('review', 'file') AND h.id = l.household_id
  AND h.county_id = %(county_id)s
  AND (l.township_id, l.village_id) IS DISTINCT FROM (h.township_id, h.village_id);

-- Who is neither an exited nor an edge household any more, or lives elsewhere, leaves the round.
UPDATE monitoring_tierline l SET state = 'dropped', version = l.version + 1
FROM households_household h
WHERE l.round_id = %(round_id)s AND l.state IN ('submit', 'review', 'file')
  AND h.id = l.household_id
  AND NOT (h.county_id = %(county_id)s AND h.status = ANY(%(statuses)s));

-- A new round takes the place of what was left of earlier ones.
UPDATE monitoring_tierline l SET state = 'dropped', version = l.version + 1
FROM monitoring_tierround earlier
WHERE earlier.county_id = %(county_id)s AND earlier.month < %(month)s
  AND l.round_id = earlier.id AND l.state IN ('submit', 'review', 'file');
