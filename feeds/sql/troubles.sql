-- feeds/sql/troubles.sql
-- The listed troubles of an upload, with who is meant sealed. Reads: staged_trouble, meant.
INSERT INTO feeds_feedtrouble (upload_id, row, "column", value, reason, details, person, masked)
SELECT %(upload_id)s, row, left("column", 60), left(value, 80), reason, details, person, masked
FROM staged_trouble JOIN meant USING (row) ORDER BY row;
