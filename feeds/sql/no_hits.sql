-- feeds/sql/no_hits.sql
-- Rows that mean nobody of the division: the first of them are listed, all are counted.
INSERT INTO staged_trouble (row, "column", value, reason, details)
SELECT row, %(id_title)s, '', 'no_hit', '{}'
FROM staged_person s WHERE NOT EXISTS (SELECT FROM hit WHERE hit.row = s.row)
ORDER BY row LIMIT %(most)s;
