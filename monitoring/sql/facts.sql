-- One row of facts for each assessed household as of a day (domain.md 2 and 3); for households that
-- are asked for by id, assessed or not.
-- Reads: households_household(past), households_member(past), households_incomestatement,
--        households_visit, households_event, assistance_measure. Writes nothing, so it may be repeated at will.
-- Parameters: as_of, province_id or household_ids (the other NULL), first_household and
--             last_household (a slice of ids), and birthdays that part
--             ages: school_born_from/to, graduates_born_to, pupil_born_from/to, adult_born_to.
-- A member's condition is TRUE, FALSE or NULL; for the household any TRUE wins, then any NULL.
-- Yuan a head are cut, not rounded, to the fen: 4,999.996 is under 5,000.
WITH homes AS (
  SELECT id AS household_id, province_id, city_id, county_id, township_id, village_id,
    {of_home}
  FROM households_household
  WHERE since <= %(as_of)s
    AND (%(province_id)s IS NULL OR province_id = %(province_id)s)
    AND id BETWEEN %(first_household)s AND %(last_household)s
    AND (%(household_ids)s IS NULL OR id = ANY (%(household_ids)s))
    AND (%(household_ids)s IS NOT NULL
      OR status IN ('exited', 'edge', 'sudden', 'intervention'))
  UNION ALL
  SELECT household_id, province_id, city_id, county_id, township_id, village_id,
    {of_home}
  FROM households_householdpast
  WHERE since <= %(as_of)s AND until > %(as_of)s
    AND (%(province_id)s IS NULL OR province_id = %(province_id)s)
    AND household_id BETWEEN %(first_household)s AND %(last_household)s
    AND (%(household_ids)s IS NULL OR household_id = ANY (%(household_ids)s))
    AND (%(household_ids)s IS NOT NULL
      OR status IN ('exited', 'edge', 'sudden', 'intervention'))
),
living AS (
  SELECT household_id, work_months, {of_member}
  FROM households_member
  WHERE since <= %(as_of)s AND (left_on IS NULL OR left_on > %(as_of)s)
    AND household_id BETWEEN %(first_household)s AND %(last_household)s
    AND (%(household_ids)s IS NULL OR household_id = ANY (%(household_ids)s))
  UNION ALL
  SELECT household_id, work_months, {of_member}
  FROM (
    SELECT p.*, m.household_id
    FROM households_memberpast p JOIN households_member m ON m.id = p.member_id
    WHERE p.since <= %(as_of)s AND p.until > %(as_of)s
      AND (p.left_on IS NULL OR p.left_on > %(as_of)s)
      AND m.household_id BETWEEN %(first_household)s AND %(last_household)s
      AND (%(household_ids)s IS NULL OR m.household_id = ANY (%(household_ids)s))
  ) past
),
-- Three sums instead of twenty: this is the widest pass of the review.
summed AS (
  SELECT household_id, count(*) AS members, max(work_months) AS longest_work,
    sum(labour) AS labour, sum(schooling) AS schooling, bit_or(marks) AS marks
  FROM living
  GROUP BY household_id
),
people AS (
  SELECT household_id, members, coalesce(longest_work, 0) AS longest_work,
    labour & 63 AS able, (labour >> 6) & 63 AS able_skilled,
    (labour >> 12) & 63 AS able_skill_unknown, (labour >> 18) & 63 AS weak,
    (labour >> 24) & 63 AS labour_unknown,
    schooling & 63 AS work_unknown, (schooling >> 6) & 63 AS pupils,
    (schooling >> 12) & 63 AS school_unknown,
    CASE WHEN marks & 1 <> 0 THEN TRUE WHEN marks & 65536 = 0 THEN FALSE END AS child_out_of_school,
    CASE WHEN marks & 2 <> 0 THEN TRUE WHEN marks & 131072 = 0 THEN FALSE END AS uninsured,
    CASE WHEN marks & 4 <> 0 THEN TRUE WHEN marks & 262144 = 0 THEN FALSE END AS untreated,
    CASE WHEN marks & 8 <> 0 THEN TRUE WHEN marks & 524288 = 0 THEN FALSE END
      AS chronic_without_doctor,
    CASE WHEN marks & 16 <> 0 THEN TRUE WHEN marks & 1048576 = 0 THEN FALSE END AS major_illness,
    CASE WHEN marks & 32 <> 0 THEN TRUE WHEN marks & 2097152 = 0 THEN FALSE END
      AS severe_disability,
    CASE WHEN marks & 64 <> 0 THEN TRUE WHEN marks & 4194304 = 0 THEN FALSE END AS assured,
    marks & 128 <> 0 AS child_warned,
    CASE
      -- A minor grandchild without the middle generation, or a minor head with grandparents alone.
      WHEN marks & (256 | 1024) = 256 OR marks & (2048 | 4096 | 8192) = 2048 | 4096 THEN TRUE
      WHEN marks & 16384 <> 0 OR marks & (512 | 1024) = 512 THEN NULL
      ELSE FALSE END AS skipped_generation
  FROM summed
),
money AS (
  SELECT DISTINCT ON (household_id) household_id, id, window_from, net, gross, transfer, business,
    rigid
  FROM households_incomestatement
  WHERE window_to <= %(as_of)s AND stated_on <= %(as_of)s
    AND household_id BETWEEN %(first_household)s AND %(last_household)s
    AND (%(household_ids)s IS NULL OR household_id = ANY (%(household_ids)s))
  ORDER BY household_id, window_to DESC, stated_on DESC
),
money_before AS (
  SELECT DISTINCT ON (s.household_id) s.household_id, s.id, s.net, s.rigid
  FROM households_incomestatement s JOIN money USING (household_id)
  WHERE s.window_to < money.window_from AND s.stated_on <= %(as_of)s
  ORDER BY s.household_id, s.window_to DESC, s.stated_on DESC
),
seen AS (
  SELECT DISTINCT ON (household_id) household_id, id, food, clothing, other_risk
  FROM households_visit
  WHERE visited_on <= %(as_of)s AND food <> '' AND clothing <> ''
    AND household_id BETWEEN %(first_household)s AND %(last_household)s
    AND (%(household_ids)s IS NULL OR household_id = ANY (%(household_ids)s))
  ORDER BY household_id, visited_on DESC, id DESC
),
befallen AS (
  SELECT household_id,
    max(happened_on) FILTER (WHERE kind IN ('industry_loss', 'epidemic_loss')) AS industry_loss_on,
    max(kind) FILTER (WHERE causes_risk AND kind NOT IN ('industry_loss', 'epidemic_loss'))
      AS sudden_event,
    bool_or(causes_risk IS NULL AND kind NOT IN ('industry_loss', 'epidemic_loss'))
      AS event_not_judged
  FROM households_event
  WHERE happened_on <= %(as_of)s AND (resolved_on IS NULL OR resolved_on > %(as_of)s)
    AND household_id BETWEEN %(first_household)s AND %(last_household)s
    AND (%(household_ids)s IS NULL OR household_id = ANY (%(household_ids)s))
  GROUP BY household_id
),
-- An industry measure of ours: under way on the day, or done in the twelve months before.
industry AS (
  SELECT household_id
  FROM assistance_measure
  WHERE kind IN ('industry', 'orders', 'shares') AND result <> 'mistake' AND started_on <= %(as_of)s
    AND (ended_on IS NULL OR ended_on > %(as_of)s
      OR (result = 'done' AND ended_on > %(as_of)s - make_interval(months => 12)))
    AND household_id BETWEEN %(first_household)s AND %(last_household)s
    AND (%(household_ids)s IS NULL OR household_id = ANY (%(household_ids)s))
)
SELECT homes.household_id, province_id, city_id, county_id, township_id, village_id, in_charge_id,
  listed,
  tier AS ledger_tier,
  "group",
  coalesce(people.members, 0)::smallint AS members,
  coalesce(able, 0)::smallint AS able,
  coalesce(able_skilled, 0)::smallint AS able_skilled,
  coalesce(able_skill_unknown, 0)::smallint AS able_skill_unknown,
  coalesce(weak, 0)::smallint AS weak,
  -- A household without a known member has nothing known of its labour.
  CASE WHEN people.members IS NULL THEN 1 ELSE labour_unknown END::smallint AS labour_unknown,
  longest_work,
  CASE WHEN people.members IS NULL THEN 1 ELSE work_unknown END::smallint AS work_unknown,
  child_out_of_school,
  coalesce(child_warned, FALSE) AS child_warned,
  coalesce(pupils, 0)::smallint AS pupils,
  coalesce(school_unknown, 0)::smallint AS school_unknown,
  uninsured, untreated, chronic_without_doctor, major_illness, severe_disability,
  skipped_generation, assured,
  seen.food, seen.clothing, seen.other_risk,
  dangerous_house,
  safe_home_elsewhere,
  only_earth_house,
  house_at_risk,
  water_met,
  water_seasonal_shortage AS water_shortage,
  hazard_spot,
  has_resources,
  homes.household_id IN (SELECT household_id FROM industry) OR national_industry AS industry_measure,
  business_short_of_funds AS short_of_funds,
  money.net,
  trunc(money.net / nullif(people.members, 0), 2) AS per_capita,
  money.gross, money.transfer, money.business,
  trunc(money.business / nullif(people.members, 0), 2) AS business_per_head,
  money_before.net AS previous_net,
  money.rigid,
  money_before.rigid AS previous_rigid,
  industry_loss_on, sudden_event, coalesce(event_not_judged, FALSE) AS event_not_judged,
  money.id AS income_id, money_before.id AS previous_income_id, seen.id AS visit_id
FROM homes
LEFT JOIN people USING (household_id)
LEFT JOIN money USING (household_id)
LEFT JOIN money_before USING (household_id)
LEFT JOIN seen USING (household_id)
LEFT JOIN befallen USING (household_id)
