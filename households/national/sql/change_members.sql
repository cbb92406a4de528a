-- What holds for a member from the day of the export.
UPDATE households_member m
SET {changes}, since = %(exported_on)s, recorded_at = %(at)s, recorded_by_id = %(by)s,
    origin = 'import', origin_id = %(import_id)s, because = ''
FROM judged_member j JOIN staged_member s USING (row)
WHERE m.id = j.member_id AND j.outcome = 'changed' AND {which};
