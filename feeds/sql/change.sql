-- feeds/sql/change.sql
-- Where the register holds something else, and what it will hold. Reads: told, the register.
DROP TABLE IF EXISTS changing;
CREATE TEMP TABLE changing ON COMMIT DROP AS
SELECT t.id, {values}, coalesce({taken}, FALSE) AS taken
FROM told JOIN {table} t USING (id)
WHERE NOT told.disagree AND ({differ});
