-- feeds/sql/unmatched.sql
-- Rows that mean nobody of the division (the first of them are listed, all are counted), and rows
-- under another name. Reads: hit. Writes: staged_trouble.
INSERT INTO staged_trouble (row, "column", value, reason, details)
(SELECT row, %(id_title)s, '', 'no_hit', '{}'::jsonb FROM hit WHERE member_id IS NULL
 ORDER BY row LIMIT %(most)s)
UNION ALL
SELECT row, %(name_title)s, '', 'name_differs', '{}' FROM hit WHERE NOT name_matches;
