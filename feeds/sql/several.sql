-- feeds/sql/several.sql
-- Rows that mean several members mean nobody. Reads and writes: hit, staged_trouble.
CREATE TEMP TABLE several ON COMMIT DROP AS
SELECT row, count(*) AS hits FROM hit GROUP BY row HAVING count(*) > 1;
DELETE FROM hit USING several WHERE several.row = hit.row;
INSERT INTO staged_trouble (row, "column", value, reason, details)
SELECT row, %(id_title)s, '', 'several_hits', jsonb_build_object('hits', hits) FROM several;
