-- What held until now for each household that changes. Part of the merge's one transaction:
-- after it the household is of this export, so a second run finds nothing changed.
INSERT INTO households_householdpast (household_id, until, {columns})
SELECT h.id, %(exported_on)s, {known}
FROM households_household h JOIN judged_household j ON j.household_id = h.id
WHERE j.outcome = 'changed';
