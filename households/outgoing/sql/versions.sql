-- Rows of the register, and what the last export said of each (NULL: it knows nothing of it).
-- An export is remembered as a version, past or present, or by households_said where it changed
-- nothing here.
SELECT {row}.id, {household} AS household_id, {row}.since, {row}.origin, {row}.origin_id, {more},
  jsonb_build_object({of_row}) AS now, base.exported_on, base.said
FROM {source}
LEFT JOIN LATERAL (
  SELECT exported_on, said FROM households_said kept
  WHERE kept.household_id = {household} AND kept.member_id IS NOT DISTINCT FROM {member}
  ORDER BY exported_on DESC, kept.id DESC LIMIT 1
) told ON true
LEFT JOIN LATERAL (
  SELECT p.since AS exported_on, jsonb_build_object({of_past}) AS said FROM {past} p
  WHERE p.{key} = {row}.id AND p.origin IN ('import', 'made_up')
  ORDER BY p.until DESC, p.id DESC LIMIT 1
) past ON {row}.origin NOT IN ('import', 'made_up')
LEFT JOIN LATERAL (
  SELECT known.exported_on, known.said FROM (VALUES
    (told.exported_on, told.said, 1),
    (past.exported_on, past.said, 2),
    (CASE WHEN {row}.origin IN ('import', 'made_up') THEN {row}.since END,
     CASE WHEN {row}.origin IN ('import', 'made_up') THEN jsonb_build_object({of_row}) END, 2)
  ) AS known (exported_on, said, place)
  WHERE known.exported_on IS NOT NULL ORDER BY known.exported_on DESC, known.place LIMIT 1
) base ON true
WHERE {which}
  AND ({row}.origin NOT IN ('import', 'made_up') OR told.exported_on IS NOT NULL)
