-- feeds/sql/agree.sql
-- Rows of one person that say the same are one; where they differ nobody is believed.
-- Reads: hit. Writes: said (what is left of it), staged_trouble.
CREATE TEMP TABLE doubled ON COMMIT DROP AS
SELECT member_id, name_matches, min(row) AS row, count(DISTINCT values) > 1 AS differ
FROM hit
WHERE member_id IN (SELECT member_id FROM hit WHERE again)
GROUP BY member_id, name_matches HAVING count(*) > 1;
INSERT INTO staged_trouble (row, "column", value, reason, details)
SELECT hit.row, %(id_title)s, '',
  CASE WHEN hit.values = first.values THEN 'same_twice' ELSE 'person_twice' END,
  jsonb_build_object('other', first.row)
FROM doubled
JOIN hit USING (member_id, name_matches)
JOIN hit first ON first.row = doubled.row
WHERE hit.row <> doubled.row;
DELETE FROM hit USING doubled
WHERE (hit.member_id, hit.name_matches) = (doubled.member_id, doubled.name_matches)
  AND (hit.row <> doubled.row OR doubled.differ);
CREATE TEMP VIEW said AS
SELECT row, member_id, household_id, name_matches, differs, values
FROM hit WHERE member_id IS NOT NULL;
