-- Who lives in each household, in numbers.
-- Parameters: today and birthdays (``:y18`` = born on it or before is eighteen or older).
SELECT m.household_id,
  count(*) AS members,
  count(*) FILTER (WHERE m.relation = 'head') AS heads,
  max(m.name) FILTER (WHERE m.relation = 'head') AS head_name,
  bool_or(m.low_income_allowance) FILTER (WHERE m.relation = 'head') AS head_allowance,
  count(*) FILTER (WHERE m.relation = 'spouse') AS spouses,
  count(*) FILTER (WHERE m.relation = 'parent') AS parents,
  count(*) FILTER (WHERE m.relation = 'parent_in_law') AS parents_in_law,
  count(*) FILTER (WHERE m.relation = 'grandparent') AS grandparents,
  count(*) FILTER (WHERE m.born_on <= :y18) AS adults,
  count(*) FILTER (WHERE m.born_on IS NULL) AS births_unknown,
  count(*) FILTER (WHERE m.labour IN ('skilled', 'ordinary')) AS able,
  count(*) FILTER (WHERE m.labour = '') AS labour_unknown,
  count(*) FILTER (WHERE m.disabled IS NOT FALSE) AS disabled,
  count(*) FILTER (WHERE m.chronic_illness IS NOT FALSE OR m.major_illness IS NOT FALSE) AS ill,
  count(*) FILTER (WHERE m.major_illness) AS seriously_ill,
  count(*) FILTER (WHERE m.school <> 'none' AND (m.school <> '' OR m.born_on > :y25)) AS pupils,
  count(*) FILTER (WHERE m.school IN ('senior', 'tertiary')) AS older_pupils,
  count(*) FILTER (WHERE m.school = '') AS school_unknown,
  count(*) FILTER (WHERE m.work_months > 0) AS workers,
  count(*) FILTER (WHERE m.work_months IS NULL
    AND m.labour IN ('skilled', 'ordinary', 'weak', '')) AS work_unknown,
  sum(m.work_months) AS months_worked,
  count(*) FILTER (WHERE m.low_income_allowance) AS allowance,
  count(*) FILTER (WHERE m.extreme_poverty_support) AS supported,
  count(*) FILTER (WHERE m.pension AND m.born_on <= :y61) AS pensioners
FROM households_member m
WHERE m.left_on IS NULL
GROUP BY m.household_id
