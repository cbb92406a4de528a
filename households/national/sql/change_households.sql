-- What holds from the day of the export. Only facts that the file gives are touched.
UPDATE households_household h
SET {changes}, since = %(exported_on)s, recorded_at = %(at)s, recorded_by_id = %(by)s,
    origin = 'import', origin_id = %(import_id)s, because = ''
FROM judged_household j JOIN staged_household s USING (row)
WHERE h.id = j.household_id AND j.outcome = 'changed';
