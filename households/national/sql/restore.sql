-- Takes back what one source wrote to {table}: what it added goes, and the version before it holds
-- again exactly as it was. Part of one transaction with the state of the source.
-- Parameters: origin, origin_id.
DROP TABLE IF EXISTS restored_{name};
CREATE TEMP TABLE restored_{name} AS
SELECT DISTINCT ON (p.{name}_id) p.id AS past_id, p.{name}_id AS id
FROM {table}past p JOIN {table} t ON t.id = p.{name}_id
WHERE t.origin = %(origin)s AND t.origin_id = %(origin_id)s
ORDER BY p.{name}_id, p.until DESC, p.id DESC;
DELETE FROM {table} t
WHERE t.origin = %(origin)s AND t.origin_id = %(origin_id)s
  AND NOT EXISTS (SELECT 1 FROM restored_{name} r WHERE r.id = t.id);
{before}
UPDATE {table} t SET {restored}{version}
FROM restored_{name} r JOIN {table}past p ON p.id = r.past_id WHERE t.id = r.id;
DELETE FROM {table}past p USING restored_{name} r WHERE p.id = r.past_id;
