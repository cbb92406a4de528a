-- Differences that are answered by a clue become one, or a source of the one that is open.
-- Reads: monitoring_difference, figure. Writes: monitoring_clue with source, trail and task.
-- Parameters: division_id, at, today, workdays (JSON: number of working days -> their last day).
CREATE TEMP TABLE asked ON COMMIT DROP AS
SELECT d.id, d.rule, d.household_id, d.mark, d.figures || jsonb_build_object(
    'rule', d.rule, 'department', d.department, 'on', d."on") AS figures,
  h.village_id, h.county_id
FROM monitoring_difference d JOIN households_household h ON h.id = d.household_id
WHERE d.answer = 'clue' AND d.state = 'open' AND h.{division} = %(division_id)s
ORDER BY d.id FOR UPDATE OF d;

CREATE TEMP TABLE opened ON COMMIT DROP AS
WITH made AS (
  INSERT INTO monitoring_clue (household_id, village_id, found_on, last_found_on, rules, state,
    step_due_on, due_on, version, name, resident_id, resident_id_masked, phone, phone_masked,
    finding, words, procedure, answer, because)
  SELECT DISTINCT ON (household_id) household_id, village_id, %(today)s, %(today)s, 0, 'check',
    (%(workdays)s::jsonb ->> figure.clue_check_days::int::text)::date,
    (%(workdays)s::jsonb ->> figure.clue_days::int::text)::date,
    1, '', '', '', '', '', '', '', '', '', ''
  FROM asked JOIN figure USING (county_id) ORDER BY household_id, asked.id
  ON CONFLICT (household_id) WHERE ended_on IS NULL DO NOTHING
  RETURNING id, household_id, village_id, step_due_on
)
SELECT * FROM made;

WITH told AS (
  INSERT INTO monitoring_cluesource (clue_id, channel, who, words, reference, figures, at)
  SELECT c.id, 'department', '', '', left(asked.rule || ' ' || asked.id || ' ' || asked.mark, 60),
    asked.figures, %(at)s
  FROM asked JOIN monitoring_clue c ON c.household_id = asked.household_id AND c.ended_on IS NULL
  ON CONFLICT DO NOTHING
  RETURNING clue_id
)
INSERT INTO monitoring_clueact (clue_id, what, at, because)
SELECT DISTINCT clue_id, CASE WHEN clue_id IN (SELECT id FROM opened) THEN 'opened' ELSE 'added' END,
  %(at)s::timestamptz, ''
FROM told;

UPDATE monitoring_clue c SET last_found_on = %(today)s
FROM asked WHERE c.household_id = asked.household_id AND c.ended_on IS NULL
  AND c.last_found_on < %(today)s;

WITH tasks AS (
  INSERT INTO duties_task (kind, key, household_id, at_id, role, department, words, figures,
    opened_at, due_on, reminded, version, outcome, result)
  SELECT 'clue_check', id::text, household_id, village_id, 'village', '', '', '{{}}', %(at)s,
    step_due_on, FALSE, 1, '', ''
  FROM opened
  ON CONFLICT (kind, key) WHERE ended_at IS NULL DO NOTHING
  RETURNING id
)
INSERT INTO duties_taskact (task_id, what, at, because) SELECT id, 'opened', %(at)s, '' FROM tasks;

UPDATE monitoring_difference d SET state = 'asked', settled_at = %(at)s
FROM asked WHERE d.id = asked.id;
