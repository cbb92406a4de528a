-- Every check about a household, answered by one pass: bit n of a mask is check n of its list.
INSERT INTO found (household_id, member_id, code)
WITH people AS ({people}),
told AS (
  SELECT household_id, id, window_from, window_to, stated_on, wage, business, property, transfer,
    expenses, gross, net, medical, schooling, housing, disaster_repair, stated_per_capita,
    row_number() OVER latest_first AS place
  FROM households_incomestatement
  WHERE stated_on <= :today
  WINDOW latest_first AS (PARTITION BY household_id ORDER BY window_to DESC, stated_on DESC)
),
judged AS (
  SELECT h.id AS household_id, {masks}
  FROM households_household h
  JOIN accounts_division v ON v.id = h.village_id
  LEFT JOIN people p ON p.household_id = h.id
  LEFT JOIN told i ON i.household_id = h.id AND i.place = 1
  LEFT JOIN LATERAL (
    SELECT e.* FROM households_incomestatement e
    WHERE e.household_id = h.id AND e.window_to < i.window_to AND e.stated_on <= :today
    ORDER BY e.window_to DESC, e.stated_on DESC LIMIT 1
  ) b ON true
  WHERE {whom}
  OFFSET 0
)
SELECT judged.household_id, 0, checks.code
FROM judged JOIN (VALUES {codes}) AS checks (code, mask, bit)
  ON CASE checks.mask {picks} END & checks.bit <> 0
WHERE {any}
