-- Which member of which household a staged row means.
-- Reads: staged_household, staged_member, known_household, known_member, the register. Writes: a
-- temporary table. May be repeated: nothing outside the session changes.

-- Nearly all are found by their number and have the ID that is known: that needs one look.
CREATE TEMP TABLE matched_member AS
SELECT m.row, m.number, m.digest, m.member_number, m.resident_id_index,
       m.relation, m.name, m.head_pinyin, m.head_initials, m.household_row, k.household_id,
       known.member_id AS by_number,
       CASE WHEN known.resident_id_index = m.resident_id_index AND known.left_on IS NULL
            THEN known.member_id END AS by_id,
       known.member_id,
       CASE
         WHEN NOT k.in_scope THEN 'household_elsewhere'
         WHEN k.household_id IS NULL AND nowhere.row IS NOT NULL THEN 'household_refused'
         WHEN k.household_id IS NULL AND m.name IS NULL THEN 'no_name'
       END AS refused, NULL::int AS other_row, NULL::bigint AS elsewhere
FROM staged_member m
LEFT JOIN staged_household nowhere
       ON nowhere.row = m.household_row AND nowhere.village_id IS NULL
LEFT JOIN known_household k ON k.row = m.household_row
LEFT JOIN known_member known
       ON known.household_row = m.household_row AND known.number = m.member_number;
CREATE UNIQUE INDEX ON matched_member (row);
ANALYZE matched_member
  (row, household_row, digest, resident_id_index, relation, refused, household_id, member_id, by_id);

-- The others of households that are known are looked up by their ID.
UPDATE matched_member m
SET by_id = other.by_id, member_id = coalesce(m.by_number, other.by_id),
    refused = coalesce(m.refused, CASE
      WHEN m.by_number <> other.by_id THEN 'two_candidates'
      WHEN other.by_id IS NULL AND other.id <> m.resident_id_index AND other.name <> m.name
        THEN 'number_of_another'
      WHEN m.by_number IS NULL AND other.by_id IS NULL AND m.name IS NULL THEN 'no_name'
    END)
FROM (
  SELECT o.row, by_id.member_id AS by_id, by_number.resident_id_index AS id, by_number.name
  FROM matched_member o
  LEFT JOIN households_member by_number ON by_number.id = o.by_number
  LEFT JOIN known_member by_id
         ON by_id.household_row = o.household_row AND by_id.resident_id_index = o.resident_id_index
        AND by_id.left_on IS NULL
  WHERE o.household_id IS NOT NULL AND o.by_id IS NULL
    AND (o.by_number IS NULL OR o.resident_id_index IS NOT NULL)
) other
WHERE other.row = m.row;
