-- feeds/sql/change.sql
-- What the register will hold where it holds something else, looked at again now that those rows
-- are locked: somebody may have been before us. Reads: told, the register. Writes: changing.
CREATE TEMP TABLE changing ON COMMIT DROP AS
SELECT t.id, {values}, coalesce({taken}, FALSE) AS taken
FROM told JOIN {table} t USING (id)
WHERE NOT told.disagree AND ({differ});
