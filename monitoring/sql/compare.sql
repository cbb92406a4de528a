-- What a rule of comparison finds becomes memory. Run twice it changes nothing.
-- Reads: found. Writes: monitoring_difference.
-- Parameters: rule, answer, at, division_id.
-- Mended and wrong again is a change of a task; a clue is asked again only when its mark changes.
INSERT INTO monitoring_difference (rule, answer, household_id, member_id, figures, mark, department,
  "on", state, found_at, because)
SELECT %(rule)s, %(answer)s, found.household_id, found.member_id, found.figures, found.mark,
  u.department, found."on", 'open', %(at)s, ''
FROM found JOIN feeds_feedupload u ON u.id = found.upload_id
ON CONFLICT (rule, household_id, member_id) DO UPDATE
SET figures = excluded.figures, mark = excluded.mark, department = excluded.department,
  "on" = excluded."on", state = 'open', found_at = excluded.found_at, because = '',
  by_id = NULL, settled_at = NULL
WHERE monitoring_difference.mark <> excluded.mark
  OR (monitoring_difference.state = 'gone' AND %(answer)s <> 'clue');

UPDATE monitoring_difference d SET state = 'gone', settled_at = %(at)s
FROM households_household h
WHERE h.id = d.household_id AND h.{division} = %(division_id)s AND d.rule = %(rule)s
  AND d.state <> 'gone'
  AND NOT EXISTS (
    SELECT FROM found WHERE found.household_id = d.household_id
      AND found.member_id IS NOT DISTINCT FROM d.member_id);
