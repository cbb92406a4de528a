-- Red flags, clues and report lines of one run (AH 3.2), after judging, in the freezing transaction.
-- Reads: the run's assessments, open flags, figures, measures. Writes: monitoring_redflag,
-- monitoring_clue with its sources and tasks, monitoring_assessment.flag_change,
-- monitoring_flagline. Runs once for a run: the same transaction freezes it, so a killed run leaves
-- nothing of this behind.
-- Parameters: run_id, as_of, sudden_event (bit), regular (a correction touches no flag and no clue),
--             measure_words (JSON: kind of measure -> its words), at (now), listing (procedures),
--             workdays (JSON: number of working days -> the day on which they end, counted from now).

-- A month may be reviewed late, after later ones: it looks at the flags that stood on its own day,
-- and ends none that a later month has spoken of.
-- An open flag is kept while it is red, or while a rule that opened it is not known to have turned:
-- missing data is never a reason to clear (domain.md 3). Who is no longer listed keeps no flag.
-- Everybody is looked through once: who is red and not listed (no change) is a clue, see below.
CREATE TEMP TABLE noted ON COMMIT DROP AS
SELECT a.household_id, a.village_id, a.county_id, a.id AS assessment_id, a.red, f.id AS flag_id,
  CASE
    WHEN f.id IS NULL THEN CASE WHEN a.red <> 0 AND a.listed THEN 'new' END
    WHEN a.listed AND (a.red <> 0 OR f.rules & a.unknown <> 0) THEN 'kept'
    ELSE 'cleared'
  END AS change
FROM monitoring_assessment a
LEFT JOIN monitoring_redflag f ON f.household_id = a.household_id
  AND f.opened_on <= %(as_of)s AND (f.ended_on IS NULL OR f.ended_on > %(as_of)s)
WHERE a.run_id = %(run_id)s AND (f.id IS NOT NULL OR a.red <> 0);

CREATE TEMP TABLE marked ON COMMIT DROP AS SELECT * FROM noted WHERE change IS NOT NULL;

ANALYZE noted; ANALYZE marked;

DELETE FROM monitoring_flagline WHERE run_id = %(run_id)s;

INSERT INTO monitoring_redflag (household_id, opened_by_id, opened_on, deadline_on, rules, reopened)
SELECT m.household_id, %(run_id)s, %(as_of)s,
  %(as_of)s + CASE WHEN m.red & %(sudden_event)s <> 0 THEN p.event_days ELSE p.flag_days END::int,
  m.red,
  EXISTS (
    SELECT FROM monitoring_redflag earlier
    WHERE earlier.household_id = m.household_id
      AND earlier.ended_on > %(as_of)s - make_interval(months => p.reopen_months::int)
  )
FROM marked m JOIN figures p USING (county_id) JOIN households_household h ON h.id = m.household_id
WHERE m.change = 'new' AND %(regular)s
  -- A late review puts no flag on a household whose monitoring has ended since.
  AND (h.exited_class = 'monitored' OR h.status IN ('edge', 'sudden'))
ON CONFLICT DO NOTHING;

UPDATE monitoring_redflag f SET ended_on = %(as_of)s, ended_by_id = %(run_id)s
FROM marked m
WHERE f.id = m.flag_id AND m.change = 'cleared' AND f.ended_on IS NULL AND %(regular)s
  AND NOT EXISTS (
    SELECT FROM monitoring_flagline l JOIN monitoring_run r ON r.id = l.run_id
    WHERE l.flag_id = f.id AND r.name = '' AND r.as_of > %(as_of)s
  );

-- What turned red later belongs to the flag too: its closing must answer it.
UPDATE monitoring_redflag f SET rules = f.rules | m.red
FROM marked m WHERE f.id = m.flag_id AND m.change = 'kept' AND f.rules | m.red <> f.rules
  AND f.ended_on IS NULL AND %(regular)s;

UPDATE monitoring_assessment a SET flag_change = m.change
FROM marked m WHERE a.run_id = %(run_id)s AND a.id = m.assessment_id;

-- Not again what was checked at home a short while ago, when nothing new is red; nor what a case is at.
INSERT INTO monitoring_clue (household_id, village_id, found_by_id, found_on, last_found_on, rules,
  state, step_due_on, due_on, version, name, resident_id, resident_id_masked, phone, phone_masked,
  finding, words, procedure, answer, because)
SELECT a.household_id, a.village_id, %(run_id)s, %(as_of)s, %(as_of)s, a.red, 'check',
  (%(workdays)s::jsonb ->> p.clue_check_days::int::text)::date,
  (%(workdays)s::jsonb ->> p.clue_days::int::text)::date, 1, '', '', '', '', '', '', '', '', '', ''
FROM noted a JOIN figures p USING (county_id)
WHERE a.change IS NULL AND %(regular)s
  AND NOT EXISTS (
    SELECT FROM monitoring_clue c
    WHERE c.household_id = a.household_id AND a.red & ~c.rules = 0
      AND c.ended_on > %(as_of)s - make_interval(months => p.clue_quiet_months::int))
  AND NOT EXISTS (
    SELECT FROM monitoring_case c WHERE c.household_id = a.household_id AND c.state = 'open'
      AND c.clue_id IS NULL AND c.procedure = ANY (%(listing)s))
ON CONFLICT (household_id) WHERE ended_on IS NULL
DO UPDATE SET last_found_on = greatest(monitoring_clue.last_found_on, excluded.last_found_on),
  rules = monitoring_clue.rules | excluded.rules;

CREATE TEMP TABLE clues ON COMMIT DROP AS
SELECT c.id, c.household_id, c.village_id, c.found_by_id = %(run_id)s AS is_new, c.step_due_on, a.red
FROM monitoring_clue c JOIN noted a USING (household_id)
WHERE a.change IS NULL AND %(regular)s
  AND c.ended_on IS NULL AND c.last_found_on = %(as_of)s;

INSERT INTO monitoring_cluesource (clue_id, channel, who, words, reference, figures, at)
SELECT id, 'analysis', '', '', 'review ' || %(run_id)s,
  jsonb_build_object('rules', red, 'month', to_char(%(as_of)s, 'YYYY-MM')), %(at)s
FROM clues
ON CONFLICT DO NOTHING;

INSERT INTO monitoring_clueact (clue_id, what, at, because)
SELECT id, CASE WHEN is_new THEN 'opened' ELSE 'added' END, %(at)s, to_char(%(as_of)s, 'YYYY-MM')
FROM clues;

WITH opened AS (
  INSERT INTO duties_task (kind, key, household_id, at_id, role, department, words, figures,
    opened_at, due_on, reminded, version, outcome, result)
  SELECT 'clue_check', id::text, household_id, village_id, 'village', '', '', '{}',
    %(at)s, step_due_on, FALSE, 1, '', ''
  FROM clues WHERE is_new
  ON CONFLICT (kind, key) WHERE ended_at IS NULL DO NOTHING
  RETURNING id
)
INSERT INTO duties_taskact (task_id, what, at, because)
SELECT id, 'opened', %(at)s, '' FROM opened;

INSERT INTO monitoring_flagline (
  run_id, flag_id, household_id, province_id, city_id, county_id, township_id, village_id,
  in_charge_id, change, overdue, flagged_on, deadline_on, reopened, red, number, head_name,
  head_masked_id, group_name, members, "group", tier, responsible_name, contact_name, measures,
  visited_on, visit_method)
SELECT %(run_id)s, f.id, h.id, a.province_id, a.city_id, a.county_id, a.township_id, a.village_id,
  a.in_charge_id, m.change,
  m.change = 'kept' AND f.deadline_on < %(as_of)s,
  coalesce(f.opened_on, %(as_of)s),
  coalesce(f.deadline_on, %(as_of)s
    + CASE WHEN m.red & %(sudden_event)s <> 0 THEN p.event_days ELSE p.flag_days END::int),
  coalesce(f.reopened, FALSE), a.red, h.number, h.head_name,
  coalesce(head.resident_id_masked, ''), h.group_name, a.members, a."group", a.ledger_tier,
  h.responsible_name, h.contact_name, left(concat_ws('、',
    nullif(array_to_string(h.national_measures, '、'), ''), ours.words), 200),
  v.visited_on, coalesce(v.method, '')
FROM marked m
JOIN monitoring_assessment a ON a.run_id = %(run_id)s AND a.id = m.assessment_id
JOIN figures p ON p.county_id = a.county_id
JOIN households_household h ON h.id = m.household_id
LEFT JOIN monitoring_redflag f ON f.household_id = h.id
  AND (f.id = m.flag_id OR (m.change = 'new' AND f.opened_by_id = %(run_id)s))
LEFT JOIN LATERAL (
  SELECT resident_id_masked FROM households_member
  WHERE household_id = h.id AND relation = 'head' AND left_on IS NULL LIMIT 1
) head ON TRUE
LEFT JOIN LATERAL (
  -- Under way at the month's end, or done in the twelve months before it.
  SELECT string_agg(DISTINCT kinds ->> s.kind, '、') AS words
  FROM assistance_measure s, CAST(%(measure_words)s AS jsonb) AS kinds
  WHERE s.household_id = h.id AND s.result <> 'mistake' AND s.started_on <= %(as_of)s
    AND (s.ended_on IS NULL OR s.ended_on > %(as_of)s
      OR (s.result = 'done' AND s.ended_on > %(as_of)s - make_interval(months => 12)))
    AND kinds ->> s.kind <> ALL (coalesce(h.national_measures, '{}'))
) ours ON TRUE
LEFT JOIN LATERAL (
  SELECT visited_on, method FROM households_visit
  WHERE household_id = h.id AND visited_on <= %(as_of)s
  ORDER BY visited_on DESC, id DESC LIMIT 1
) v ON TRUE
ORDER BY h.number;
