-- The latest income statement of a household as on record by the end of a day: net yuan and the end
-- of its twelve months. A statement that an import replaced since counts as it stood before.
WITH stated AS (
  SELECT household_id, window_to, stated_on, net
  FROM households_incomestatement
  WHERE household_id = ANY (%(ids)s) AND window_to <= %(day)s AND stated_on <= %(day)s
    AND recorded_at < %(end)s
  UNION ALL
  SELECT s.household_id, s.window_to, s.stated_on, b.net
  FROM households_incomestatement s
  CROSS JOIN LATERAL (
    SELECT (figures ->> 'wage')::numeric + (figures ->> 'business')::numeric
      + (figures ->> 'property')::numeric + (figures ->> 'transfer')::numeric
      - (figures ->> 'expenses')::numeric AS net
    FROM households_incomebefore
    WHERE statement_id = s.id AND (figures ->> 'recorded_at')::timestamptz < %(end)s
    ORDER BY id DESC LIMIT 1
  ) b
  WHERE s.household_id = ANY (%(ids)s) AND s.window_to <= %(day)s AND s.stated_on <= %(day)s
    AND s.recorded_at >= %(end)s
)
SELECT DISTINCT ON (household_id) household_id, net, window_to
FROM stated
ORDER BY household_id, window_to DESC, stated_on DESC
