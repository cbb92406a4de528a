-- One check across rows.
INSERT INTO found (household_id, member_id, code)
SELECT twins.household_id, coalesce(twins.member_id, 0), {code}
FROM ({rows}) AS twins (household_id, member_id)
JOIN households_household h ON h.id = twins.household_id AND {whom}
