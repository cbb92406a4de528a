-- feeds/sql/keep_past.sql
-- What held until now. A fact older than the row's last change enters on the day of that change.
INSERT INTO {past} ({key}, until, {columns})
SELECT t.id, greatest(%(as_of)s, t.since), {known}
FROM {table} t JOIN changing USING (id) WHERE changing.taken;
