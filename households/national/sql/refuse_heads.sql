-- A household has one head. Changes the session's tables only.

-- Two rows say so: nobody's relation is taken.
CREATE TEMP TABLE too_many AS
SELECT m.row, CASE WHEN m.row = h.first THEN h.last ELSE h.first END AS other, NULL::text AS name
FROM matched_member m JOIN (
  SELECT household_row, min(row) AS first, max(row) AS last FROM matched_member
  WHERE relation = 'head' AND refused IS NULL GROUP BY 1 HAVING count(*) > 1
) h USING (household_row)
WHERE m.relation = 'head' AND m.refused IS NULL;

-- The register has another head, whom this file does not make anything else.
WITH other_heads AS MATERIALIZED (
  SELECT m.row, known.name, known.member_id, known.since
  FROM matched_member m
  JOIN known_member known ON known.household_row = m.household_row
   AND known.relation = 'head' AND known.left_on IS NULL
  WHERE m.relation = 'head' AND m.refused IS NULL
    AND known.member_id IS DISTINCT FROM m.member_id
)
INSERT INTO too_many
SELECT o.row, NULL, o.name
FROM other_heads o
WHERE o.row NOT IN (SELECT row FROM too_many)
  AND (o.since > %(exported_on)s OR NOT EXISTS (
    SELECT 1 FROM matched_member other
    WHERE other.member_id = o.member_id AND other.refused IS NULL AND other.relation <> 'head'
  ));

UPDATE staged_member s SET relation = NULL, head_pinyin = NULL, head_initials = NULL
FROM too_many WHERE too_many.row = s.row;
UPDATE matched_member m SET relation = NULL FROM too_many WHERE too_many.row = m.row;
INSERT INTO staged_refusal (row, "column", household_number, value, reason, details, whole)
SELECT t.row, %(relation)s, m.number, '户主',
       CASE WHEN t.name IS NULL THEN 'two_heads' ELSE 'head_elsewhere' END,
       jsonb_strip_nulls(jsonb_build_object('other', t.other, 'name', t.name)), false
FROM too_many t JOIN matched_member m USING (row);
DROP TABLE too_many;
