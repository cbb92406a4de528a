-- One row for each household of the ledger: its version as of the end of a day.
-- Reads: households_household(past). Parameters: day, end (the first moment after it), own (villages
--   asked for), all (besides, those that went over to it with a change of codes), home (all villages
--   of whoever asks).
-- A version counts when it was on record by the end of the day and holds on it; of several the last
-- one, which is the present row, else the latest of the past ones.
SELECT v.id AS household_id, v.number, {now}
FROM households_household v
WHERE v.since <= %(day)s AND v.recorded_at < %(end)s AND v.village_id = ANY (%(own)s)
  AND ({rows})
UNION ALL
SELECT v.household_id, h.number, {now}
FROM households_householdpast v JOIN households_household h ON h.id = v.household_id
WHERE v.since <= %(day)s AND v.recorded_at < %(end)s AND v.village_id = ANY (%(all)s)
  AND ({rows})
  AND (h.since > %(day)s OR h.recorded_at >= %(end)s)
  AND NOT EXISTS (
    SELECT FROM households_householdpast later
    WHERE later.household_id = v.household_id AND later.id > v.id
      AND later.since <= %(day)s AND later.recorded_at < %(end)s
  )
  -- Where codes changed, only households that went along: not one that stayed behind.
  AND (v.village_id = ANY (%(own)s)
    OR (h.origin = 'code_change' AND h.village_id = ANY (%(home)s))
    OR EXISTS (
      SELECT FROM households_householdpast went
      WHERE went.household_id = v.household_id AND went.origin = 'code_change'
        AND went.village_id = ANY (%(home)s)
    ))
  {past}
