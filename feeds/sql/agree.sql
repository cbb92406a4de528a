-- feeds/sql/agree.sql
-- Rows of one person that say the same are one; where they differ nobody is believed.
-- Reads: hit. Writes: said (what is left of it), staged_trouble.
CREATE TEMP TABLE doubled ON COMMIT DROP AS
SELECT row, first, differs, bool_or(differs) OVER (PARTITION BY member_id, name_matches) AS disputed
FROM (
  SELECT row, member_id, name_matches, first_value(row) OVER person AS first,
    values <> first_value(values) OVER person AS differs
  FROM hit WHERE member_id IN (SELECT member_id FROM hit WHERE again)
  WINDOW person AS (PARTITION BY member_id, name_matches ORDER BY row)
) compared;
INSERT INTO staged_trouble (row, "column", value, reason, details)
SELECT row, %(id_title)s, '', CASE WHEN differs THEN 'person_twice' ELSE 'same_twice' END,
  jsonb_build_object('other', first)
FROM doubled WHERE row <> first;
DELETE FROM hit WHERE row IN (SELECT row FROM doubled WHERE row <> first OR disputed);
CREATE TEMP VIEW said AS
SELECT row, member_id, household_id, name_matches, differs, values
FROM hit WHERE member_id IS NOT NULL;
