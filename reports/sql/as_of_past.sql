-- Households of a ledger whose present row is news: the latest past version that was on record by
-- the end of a day and held on it.
-- Parameters: as in as_of_now.sql.
SELECT v.household_id, h.number, {reads}
FROM households_householdpast v JOIN households_household h ON h.id = v.household_id
WHERE v.since <= %(day)s AND v.recorded_at < %(end)s AND {past}
  AND ({rows})
  AND (h.since > %(day)s OR h.recorded_at >= %(end)s)
  AND NOT EXISTS (
    SELECT FROM households_householdpast later
    WHERE later.household_id = v.household_id AND later.id > v.id
      AND later.since <= %(day)s AND later.recorded_at < %(end)s
  )
