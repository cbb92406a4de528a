-- For each kind of measure: the red flags that it answered, and how many of their rules were no
-- longer red within 3, 6 and 12 months after the measure began (or the flag, if that came later).
-- Parameters: rules (JSON: bit, code, kinds), place, since, until (of the flags), today.
WITH rules AS (
  SELECT * FROM jsonb_to_recordset(CAST(%(rules)s AS jsonb)) AS r(bit int, code text, kinds text[])
),
pairs AS (
  SELECT m.kind, f.id AS flag_id, f.household_id, r.bit,
    min(greatest(m.started_on, f.opened_on)) AS began
  FROM monitoring_redflag f
  JOIN households_household h ON h.id = f.household_id
  JOIN rules r ON f.rules & r.bit <> 0
  JOIN assistance_measure m ON m.household_id = f.household_id
    AND m.result NOT IN ('mistake', 'refused', 'not_needed')
    AND m.started_on <= coalesce(f.ended_on, %(today)s)
    AND (m.ended_on IS NULL OR m.ended_on >= f.opened_on)
    AND (r.code = ANY (m.answers) OR m.kind = ANY (r.kinds))
  WHERE h.{column} = %(place)s AND f.opened_on BETWEEN %(since)s AND %(until)s
  GROUP BY m.kind, f.id, f.household_id, r.bit
),
turned AS (
  SELECT pairs.*, (
    SELECT min(run.as_of) FROM monitoring_assessment a
    JOIN monitoring_run run ON run.id = a.run_id AND run.name = '' AND run.state = 'frozen'
    WHERE a.household_id = pairs.household_id AND run.as_of > pairs.began
      AND a.red & pairs.bit = 0 AND a.unknown & pairs.bit = 0
  ) AS turned_on
  FROM pairs
)
SELECT kind, count(DISTINCT flag_id) AS flags, count(*) AS rules,
  count(*) FILTER (WHERE turned_on <= began + interval '3 months') AS in_3,
  count(*) FILTER (WHERE turned_on <= began + interval '6 months') AS in_6,
  count(*) FILTER (WHERE turned_on <= began + interval '12 months') AS in_12
FROM turned GROUP BY kind
