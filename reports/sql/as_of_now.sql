-- Households of a ledger whose present row was on record by the end of a day and held on it.
-- Parameters: day, end (the first moment after it), and those of the territory.
SELECT v.id AS household_id, v.number, {reads}
FROM households_household v
WHERE v.since <= %(day)s AND v.recorded_at < %(end)s AND {own}
  AND ({rows})
