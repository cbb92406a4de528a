-- feeds/sql/match.sql
-- Whom each staged row means, among those who live in the department's division alone: who lives
-- elsewhere is nobody here. A row with several members stands several times. In the same pass:
-- whether the member stands in another row too, and whether the register says something else.
-- Reads: staged_person, the register. Writes: hit, in the order of members where rows must agree.
CREATE TEMP TABLE hit ON COMMIT DROP AS
SELECT matched.*, {again} AS again
FROM (
  SELECT s.row, {said}, found.id AS member_id, found.household_id,
    found.name = s.name
      OR translate(found.name, {dots}, '') = translate(s.name, {dots}, '') AS name_matches,
    {differs} AS differs
  FROM staged_person s
  LEFT JOIN (
    SELECT m.id, m.household_id, m.name, m.resident_id_index{facts}
    FROM households_member m {homes}
    WHERE m.left_on IS NULL AND m.resident_id_index {among}
  ) found USING (resident_id_index)
  OFFSET 0 -- so that names are compared before, not sorted along
) matched
{order};
