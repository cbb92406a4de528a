-- feeds/sql/lock.sql
-- In the order of ids, as every writer of many rows does.
SELECT count(*) FROM (
  SELECT t.id FROM {table} t JOIN told USING (id) ORDER BY t.id FOR UPDATE OF t
) locked;
