-- feeds/sql/match.sql
-- Whom each staged row means, among those who live in the department's division alone: who lives
-- elsewhere is nobody here. Reads: staged_person, the register. Writes temporary tables only.
CREATE TEMP TABLE hit ON COMMIT DROP AS
SELECT s.row, s.name, s.values, found.member_id, found.household_id, found.hits,
  found.name = s.name
    OR translate(found.name, ' ·•．.・‧ ', '') = translate(s.name, ' ·•．.・‧ ', '') AS name_matches
FROM staged_person s
JOIN (
  SELECT resident_id_index, min(m.id) AS member_id, min(household_id) AS household_id,
    min(name) AS name, count(*) AS hits
  FROM households_member m JOIN households_household h ON h.id = m.household_id
  WHERE m.left_on IS NULL AND m.resident_id_index IS NOT NULL AND h.{division} = %(division_id)s
  GROUP BY 1
) found USING (resident_id_index);
INSERT INTO staged_trouble (row, "column", value, reason, details)
SELECT row, %(id_title)s, '', 'several_hits', jsonb_build_object('hits', hits)
FROM hit WHERE hits > 1
UNION ALL
SELECT row, %(name_title)s, '', 'name_differs', '{{}}' FROM hit WHERE hits = 1 AND NOT name_matches;
