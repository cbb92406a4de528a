-- Checks that need other rows or the register. A refused row is marked in matched_member and named
-- in staged_refusal. Changes the session's tables only, so it may be repeated.

-- More than one household of ours could be meant, or more than one of the file: none of it goes in.
UPDATE matched_member m SET refused = 'own_number_unclear'
FROM own_number o WHERE o.row = m.household_row AND o.unclear AND m.refused IS NULL;

-- Rows with an ID, or with a household's person number, that stands on another row too. Every row
-- has one of the two, so the same row twice is among them: the next three checks look no further.
CREATE TEMP TABLE alike AS
WITH known AS NOT MATERIALIZED (
  SELECT row, household_row, member_number, resident_id_index FROM matched_member
  WHERE refused IS NULL
), ids AS (
  SELECT resident_id_index FROM known WHERE resident_id_index IS NOT NULL
  GROUP BY 1 HAVING count(*) > 1
), numbers AS (
  SELECT household_row, member_number FROM known WHERE member_number IS NOT NULL
  GROUP BY 1, 2 HAVING count(*) > 1
)
SELECT row FROM known JOIN ids USING (resident_id_index)
UNION
SELECT row FROM known JOIN numbers USING (household_row, member_number);
ANALYZE alike;

-- The same row twice: the first goes in.
WITH again AS (
  SELECT household_row, digest, min(row) AS other FROM matched_member JOIN alike USING (row)
  WHERE refused IS NULL GROUP BY 1, 2 HAVING count(*) > 1
)
UPDATE matched_member m SET refused = 'duplicate_row', other_row = again.other
FROM again
WHERE (again.household_row, again.digest) = (m.household_row, m.digest)
  AND m.row > again.other AND m.refused IS NULL;

-- One person number, or one ID in one household, with different contents: neither goes in.
WITH twice AS (
  SELECT household_row, member_number, NULL::uuid AS id, min(row) AS first, max(row) AS last
  FROM matched_member JOIN alike USING (row)
  WHERE refused IS NULL AND member_number IS NOT NULL
  GROUP BY 1, 2 HAVING count(*) > 1
  UNION ALL
  SELECT household_row, NULL, resident_id_index, min(row), max(row)
  FROM matched_member JOIN alike USING (row)
  WHERE refused IS NULL AND resident_id_index IS NOT NULL
  GROUP BY 1, 3 HAVING count(*) > 1
)
UPDATE matched_member m
SET refused = 'person_twice',
    other_row = CASE WHEN m.row = twice.first THEN twice.last ELSE twice.first END
FROM twice
WHERE twice.household_row = m.household_row AND m.refused IS NULL
  AND (twice.member_number = m.member_number OR twice.id = m.resident_id_index);

-- One ID in two households of the file: the one that the register knows stays, else neither.
WITH twice AS (
  SELECT resident_id_index, min(row) AS first, max(row) AS last, count(by_id) AS known
  FROM matched_member JOIN alike USING (row)
  WHERE refused IS NULL AND resident_id_index IS NOT NULL
  GROUP BY 1 HAVING count(*) > 1
)
UPDATE matched_member m
SET refused = 'person_in_two_households',
    other_row = CASE WHEN m.row = twice.first THEN twice.last ELSE twice.first END
FROM twice
WHERE twice.resident_id_index = m.resident_id_index AND m.refused IS NULL
  AND NOT (twice.known = 1 AND m.by_id IS NOT NULL);
DROP TABLE alike;

-- Somebody who lives in another household of the register.
UPDATE matched_member m SET refused = 'person_elsewhere', elsewhere = h.id
FROM households_member other JOIN households_household h ON h.id = other.household_id
WHERE other.resident_id_index = m.resident_id_index AND other.left_on IS NULL
  AND m.refused IS NULL AND m.by_id IS NULL
  AND other.household_id IS DISTINCT FROM m.household_id;

INSERT INTO staged_refusal (row, "column", household_number, value, reason, details, whole)
SELECT m.row,
       CASE WHEN m.refused = 'household_elsewhere' THEN %(number)s
            WHEN m.refused IN ('duplicate_row', 'two_candidates', 'number_of_another')
                 AND m.member_number IS NOT NULL THEN %(member_number)s
            ELSE %(id)s END,
       m.number,
       CASE WHEN m.refused = 'household_elsewhere' THEN m.number
            WHEN m.refused IN ('duplicate_row', 'two_candidates', 'number_of_another')
                 AND m.member_number IS NOT NULL THEN m.member_number
            ELSE coalesce(s.resident_id_masked, m.member_number, '') END,
       CASE WHEN m.refused = 'person_elsewhere' AND NOT ({in_scope})
            THEN 'person_elsewhere_unseen' ELSE m.refused END,
       CASE m.refused
         WHEN 'person_elsewhere' THEN CASE WHEN {in_scope} THEN jsonb_build_object(
           'number', h.number, 'head', h.head_name, 'place', coalesce(t.name, '') || v.name)
           ELSE '{{}}' END
         WHEN 'person_in_two_households' THEN jsonb_build_object(
           'other', m.other_row,
           'number', (SELECT o.number FROM matched_member o WHERE o.row = m.other_row))
         WHEN 'own_number_unclear' THEN jsonb_build_object('own',
           (SELECT string_agg(DISTINCT o.own_number, ', ') FROM own_number o
            WHERE o.row = m.household_row),
           'numbers', (SELECT string_agg(DISTINCT o.number, ', ') FROM own_number o
            WHERE o.household_id IN (SELECT household_id FROM own_number WHERE row = m.household_row)))
         WHEN 'number_of_another' THEN jsonb_build_object(
           'name', (SELECT name FROM households_member WHERE id = m.by_number))
         ELSE jsonb_strip_nulls(jsonb_build_object('other', m.other_row))
       END,
       true
FROM matched_member m
JOIN staged_member s USING (row)
LEFT JOIN households_household h ON h.id = m.elsewhere
LEFT JOIN accounts_division v ON v.id = h.village_id
LEFT JOIN accounts_division t ON t.id = h.township_id
WHERE m.refused NOT IN ('household_refused', 'no_name');

-- The household's village is unclear on another of its rows.
INSERT INTO staged_refusal (row, "column", household_number, value, reason, details, whole)
SELECT m.row, %(village)s, m.number, '', 'household_not_taken', '{{}}', true
FROM matched_member m
WHERE m.refused = 'household_refused'
  AND NOT EXISTS (SELECT 1 FROM staged_refusal r WHERE r.row = m.row
    AND (r."column" = %(village)s OR r.reason LIKE 'place_%%' OR r.reason LIKE 'code_%%'));
