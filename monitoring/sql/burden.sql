-- What each village was asked in one month, from what is stored (AH 6.3). Run again it is counted anew.
-- Parameters: month, following (first days), begins, ends (the same as moments).
WITH made AS (
  SELECT visit.*, home.village_id FROM households_visit visit
  JOIN households_household home ON home.id = visit.household_id
  WHERE visit.visited_on >= %(month)s AND visit.visited_on < %(following)s
), answered AS (
  SELECT made.village_id, count(*) FILTER (WHERE answer.now <> '') AS answers,
    count(*) FILTER (WHERE answer.now <> '' AND answer.now = answer.before) AS again
  FROM made
  LEFT JOIN LATERAL (
    SELECT * FROM households_visit earlier
    WHERE earlier.household_id = made.household_id
      AND (earlier.visited_on, earlier.id) < (made.visited_on, made.id)
    ORDER BY earlier.visited_on DESC, earlier.id DESC LIMIT 1) last ON TRUE
  CROSS JOIN LATERAL (VALUES (made.food, last.food), (made.clothing, last.clothing),
    (made.education, last.education), (made.medical, last.medical),
    (made.housing, last.housing), (made.water, last.water)) AS answer (now, before)
  WHERE NOT made.unchanged GROUP BY made.village_id
), visited AS (
  SELECT village_id, count(*) AS visits, count(*) FILTER (WHERE unchanged) AS one_tap,
    count(seconds_spent) AS timed, coalesce(sum(seconds_spent), 0) AS seconds
  FROM made GROUP BY village_id
), demand AS (
  SELECT household_id, count(*) AS number FROM (
    SELECT household_id FROM duties_task
    WHERE household_id IS NOT NULL AND opened_at >= %(begins)s AND opened_at < %(ends)s
    UNION ALL
    SELECT household_id FROM monitoring_campaignline line
    JOIN monitoring_campaign campaign ON campaign.id = line.campaign_id
    WHERE household_id IS NOT NULL AND opened_at >= %(begins)s AND opened_at < %(ends)s
  ) AS each GROUP BY household_id
), contact AS (
  SELECT household_id, count(*) AS number FROM made GROUP BY household_id
), asked AS (
  SELECT home.village_id, count(*) AS asked, sum(coalesce(demand.number, 0)) AS requests,
    count(*) FILTER (
      WHERE greatest(coalesce(demand.number, 0), coalesce(contact.number, 0)) > 1) AS twice
  FROM demand FULL JOIN contact USING (household_id)
  JOIN households_household home ON home.id = household_id
  GROUP BY home.village_id
)
INSERT INTO monitoring_burden (province_id, city_id, county_id, township_id, village_id, month,
  visits, one_tap, answers, again, timed, seconds, requests, asked, twice)
SELECT village.province_id, village.city_id, village.county_id, village.township_id, village.id,
  %(month)s, coalesce(visits, 0), coalesce(one_tap, 0), coalesce(answers, 0), coalesce(again, 0),
  coalesce(timed, 0), coalesce(seconds, 0), requests, asked, twice
FROM asked JOIN accounts_division village ON village.id = asked.village_id
LEFT JOIN visited ON visited.village_id = asked.village_id
LEFT JOIN answered ON answered.village_id = asked.village_id
ON CONFLICT (village_id, month) DO UPDATE SET
  visits = excluded.visits, one_tap = excluded.one_tap, answers = excluded.answers,
  again = excluded.again, timed = excluded.timed, seconds = excluded.seconds,
  requests = excluded.requests, asked = excluded.asked, twice = excluded.twice
