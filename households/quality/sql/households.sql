-- Every check about a household, answered by one pass: bit n of a mask is check n of its list.
INSERT INTO found (household_id, member_id, code)
WITH people AS ({people}),
told AS (
  SELECT DISTINCT ON (household_id, window_to) household_id, id, window_from, window_to, stated_on,
    wage, business, property, transfer, expenses, gross, net, medical, schooling, housing,
    disaster_repair, stated_per_capita
  FROM households_incomestatement
  WHERE stated_on <= :today
  ORDER BY household_id, window_to DESC, stated_on DESC
),
income AS (
  SELECT told.*, row_number() OVER latest_first AS place,
    lead(window_to) OVER latest_first AS window_to_before, lead(net) OVER latest_first AS net_before,
    lead(wage) OVER latest_first AS wage_before, lead(business) OVER latest_first AS business_before,
    lead(property) OVER latest_first AS property_before,
    lead(transfer) OVER latest_first AS transfer_before,
    lead(expenses) OVER latest_first AS expenses_before
  FROM told
  WINDOW latest_first AS (PARTITION BY household_id ORDER BY window_to DESC)
),
judged AS (
  SELECT h.id AS household_id, {masks}
  FROM households_household h
  JOIN accounts_division v ON v.id = h.village_id
  LEFT JOIN people p ON p.household_id = h.id
  LEFT JOIN income i ON i.household_id = h.id AND i.place = 1
  WHERE {whom} AND ({suspect})
  OFFSET 0
)
SELECT judged.household_id, 0, checks.code
FROM judged JOIN (VALUES {codes}) AS checks (code, mask, bit)
  ON CASE checks.mask {picks} END & checks.bit <> 0
WHERE {any}
