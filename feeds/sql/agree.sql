-- feeds/sql/agree.sql
-- Rows of one person that say the same are one; where they differ nobody is believed.
-- Reads: hit. Writes: said, staged_trouble.
CREATE TEMP TABLE doubled ON COMMIT DROP AS
SELECT member_id, name_matches, min(row) AS row, count(DISTINCT values) > 1 AS differ
FROM hit WHERE hits = 1
GROUP BY member_id, name_matches HAVING count(*) > 1;
ANALYZE doubled;
INSERT INTO staged_trouble (row, "column", value, reason, details)
SELECT hit.row, %(id_title)s, '',
  CASE WHEN hit.values = first.values THEN 'same_twice' ELSE 'person_twice' END,
  jsonb_build_object('other', first.row)
FROM doubled
JOIN hit USING (member_id, name_matches)
JOIN hit first ON first.row = doubled.row
WHERE hit.row <> doubled.row AND hit.hits = 1;
CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT hit.row, hit.member_id, hit.household_id, hit.name_matches, hit.values
FROM hit LEFT JOIN doubled USING (member_id, name_matches)
WHERE hit.hits = 1 AND (doubled.row IS NULL OR (doubled.row = hit.row AND NOT doubled.differ));
