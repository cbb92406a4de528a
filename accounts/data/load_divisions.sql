-- Takes the temporary table division_file into accounts_division.
-- Reads and writes accounts_division. May be repeated: only what differs is written.
-- Answers with the numbers of new, changed and unchanged divisions.

ANALYZE division_file;

CREATE TEMPORARY TABLE division_before ON COMMIT DROP AS
SELECT d.code, d.name, d.valid_from, d.valid_to, s.code AS successor
FROM accounts_division d
JOIN division_file USING (code)
LEFT JOIN accounts_division s ON s.id = d.successor_id;

INSERT INTO accounts_division AS d (code, name, level, valid_from, valid_to)
SELECT code, name, level, valid_from, valid_to FROM division_file ORDER BY code
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, valid_from = excluded.valid_from, valid_to = excluded.valid_to
WHERE (d.name, d.valid_from, d.valid_to)
    IS DISTINCT FROM (excluded.name, excluded.valid_from, excluded.valid_to);

-- What is known of the table's size may be from before; the plans below depend on it.
ANALYZE accounts_division;

UPDATE accounts_division d SET successor_id = s.id
FROM division_file f LEFT JOIN accounts_division s ON s.code = f.successor
WHERE d.code = f.code AND d.successor_id IS DISTINCT FROM s.id;

UPDATE accounts_division d SET parent_id = p.id
FROM division_file f LEFT JOIN accounts_division p ON p.code = f.parent
WHERE d.code = f.code AND d.parent_id IS DISTINCT FROM p.id;

-- Each division's own line, from the province down: the parent's line, and itself at its level.
DO $$
BEGIN
    FOR level_now IN 1..5 LOOP
        UPDATE accounts_division d SET
            province_id = line.province, city_id = line.city, county_id = line.county,
            township_id = line.township, village_id = line.village
        FROM (
            SELECT c.id,
                CASE level_now WHEN 1 THEN c.id ELSE p.province_id END AS province,
                CASE level_now WHEN 2 THEN c.id ELSE p.city_id END AS city,
                CASE level_now WHEN 3 THEN c.id ELSE p.county_id END AS county,
                CASE level_now WHEN 4 THEN c.id ELSE p.township_id END AS township,
                CASE level_now WHEN 5 THEN c.id END AS village
            FROM accounts_division c
            JOIN division_file f ON f.code = c.code
            LEFT JOIN accounts_division p ON p.id = c.parent_id
            WHERE c.level = level_now
        ) AS line
        WHERE d.id = line.id
          AND (d.province_id, d.city_id, d.county_id, d.township_id, d.village_id)
              IS DISTINCT FROM
              (line.province, line.city, line.county, line.township, line.village);
    END LOOP;
END $$;

WITH compared AS (
    SELECT b.code IS NULL AS is_new,
        (f.name, f.valid_from, f.valid_to, nullif(f.successor, ''))
        IS DISTINCT FROM (b.name, b.valid_from, b.valid_to, b.successor) AS differs
    FROM division_file f LEFT JOIN division_before b USING (code)
), tidied AS (
    SELECT count(*) FILTER (WHERE is_new) AS new,
        count(*) FILTER (WHERE NOT is_new AND differs) AS changed,
        count(*) FILTER (WHERE NOT is_new AND NOT differs) AS unchanged
    FROM compared
)
SELECT new, changed, unchanged FROM tidied;
