-- Taking an import back: who got the national number bears the one of ours again.
UPDATE households_member m SET number = former.value
FROM households_formernumber f, jsonb_each_text(f.members) former
WHERE f.of_import_id = %(import_id)s AND m.id = former.key::bigint;
UPDATE households_household h SET number = f.number
FROM households_formernumber f WHERE f.of_import_id = %(import_id)s AND h.id = f.household_id;
DELETE FROM households_formernumber WHERE of_import_id = %(import_id)s;
