-- What held until now for each member who changes.
INSERT INTO households_memberpast (member_id, until, {columns})
SELECT m.id, %(exported_on)s, {known}
FROM households_member m JOIN judged_member j ON j.member_id = m.id
WHERE j.outcome = 'changed';
