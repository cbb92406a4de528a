-- The latest visit of a household that was on record by the end of a day.
SELECT household_id, max(visited_on)
FROM households_visit
WHERE household_id = ANY (%(ids)s) AND visited_on <= %(day)s AND received_at < %(end)s
GROUP BY household_id
