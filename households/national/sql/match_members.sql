-- Which member of which household a staged row means.
-- Reads: staged_household, staged_member, known_household, known_member. Writes: a temporary table.
-- May be repeated: nothing outside the session changes.
CREATE TEMP TABLE matched_member AS
SELECT m.row, m.number, m.digest, m.member_number, m.resident_id_index,
       m.relation, m.name, m.head_pinyin, m.head_initials, m.household_row, k.household_id,
       by_number.member_id AS by_number, by_id.member_id AS by_id,
       coalesce(by_number.member_id, by_id.member_id) AS member_id,
       CASE
         WHEN k.household_id IS NOT NULL AND NOT k.in_scope THEN 'household_elsewhere'
         WHEN k.household_id IS NULL AND nowhere.row IS NOT NULL THEN 'household_refused'
         WHEN by_number.member_id <> by_id.member_id THEN 'two_candidates'
         WHEN by_id.member_id IS NULL AND by_number.resident_id_index <> m.resident_id_index
              AND by_number.name <> m.name THEN 'number_of_another'
         WHEN by_number.member_id IS NULL AND by_id.member_id IS NULL AND m.name IS NULL
              THEN 'no_name'
       END AS refused, NULL::int AS other_row, NULL::bigint AS elsewhere
FROM staged_member m
LEFT JOIN staged_household nowhere
       ON nowhere.row = m.household_row AND nowhere.village_id IS NULL
LEFT JOIN known_household k ON k.row = m.household_row
LEFT JOIN known_member by_number
       ON by_number.household_row = m.household_row AND by_number.number = m.member_number
LEFT JOIN known_member by_id
       ON by_id.household_row = m.household_row AND by_id.resident_id_index = m.resident_id_index
      AND by_id.left_on IS NULL;
CREATE UNIQUE INDEX ON matched_member (row);
ANALYZE matched_member
  (row, household_row, digest, resident_id_index, relation, refused, household_id, member_id);
