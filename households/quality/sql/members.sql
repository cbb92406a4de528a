-- Every check about a member, answered by one pass: bit n of a mask is check n of its list.
INSERT INTO found (household_id, member_id, code)
WITH judged AS (
  SELECT m.household_id, m.id AS member_id, {masks}
  FROM households_member m
  JOIN households_household h ON h.id = m.household_id
  LEFT JOIN households_member head ON head.household_id = m.household_id
    AND head.relation = 'head' AND head.left_on IS NULL
  WHERE {whom} AND (m.left_on IS NULL OR m.left_on > :today) AND ({suspect})
  OFFSET 0
)
SELECT judged.household_id, judged.member_id, checks.code
FROM judged JOIN (VALUES {codes}) AS checks (code, mask, bit)
  ON CASE checks.mask {picks} END & checks.bit <> 0
WHERE {any}
