-- What the register knows of the staged households and their members, looked up once.
-- Reads: staged_household, the register. Writes: temporary tables. With "FOR UPDATE OF h" as
-- locking, those households wait for the import, and a visit that is being saved is waited for.
CREATE TEMP TABLE known_household AS
SELECT * FROM (
  SELECT s.row, h.id AS household_id, ({in_scope}) AS in_scope
  FROM staged_household s JOIN households_household h USING (number, county_id)
  ORDER BY h.id {locking}
) found;
ANALYZE known_household;
CREATE TEMP TABLE known_member AS
SELECT k.row AS household_row, m.id AS member_id, m.number, m.name, m.relation,
       m.resident_id_index, m.left_on, m.since
FROM known_household k JOIN households_member m USING (household_id);
ANALYZE known_member;
