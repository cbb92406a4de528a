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

-- A household that the village registered before the national system knew it bears a number of ours.
-- It is the one whose head has the same resident ID in the same village: one row, one household, or
-- nobody is taken for the other.
CREATE TEMP TABLE own_number AS
SELECT s.row, s.number, s.county_id, h.id AS household_id, h.number AS own_number,
       ({in_scope}) AS in_scope,
       count(*) OVER (PARTITION BY s.row) > 1 OR count(*) OVER (PARTITION BY h.id) > 1 AS unclear
FROM households_household h
JOIN households_member head ON head.household_id = h.id AND head.relation = 'head'
 AND head.left_on IS NULL
JOIN staged_member m ON m.resident_id_index = head.resident_id_index AND m.relation = 'head'
JOIN staged_household s ON s.row = m.household_row AND s.village_id = h.village_id
WHERE h.number >= 'N' AND h.number < 'O' AND h.number ~ '^N[0-9]{{16}}$'
  AND NOT EXISTS (SELECT FROM known_household k WHERE k.row = s.row OR k.household_id = h.id);
INSERT INTO known_household
SELECT o.row, h.id, o.in_scope
FROM own_number o JOIN households_household h ON h.id = o.household_id
WHERE NOT o.unclear ORDER BY h.id {locking};
CREATE TEMP TABLE known_member AS
SELECT k.row AS household_row, m.id AS member_id, m.number, m.name, m.relation,
       m.resident_id_index, m.left_on, m.since, m.origin
FROM known_household k JOIN households_member m USING (household_id);
ANALYZE known_member;
