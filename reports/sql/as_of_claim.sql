-- Insurance claims as on record by the end of a day: facts that were changed later as they were
-- before, and how far the claim had come by its last act until then.
-- Parameters: day, end (the first moment after it).
SELECT s.id AS subject_id, s.household_id, m.member_id, s.number AS claim_number, m.peril,
  m.happened_on, m.words, m.loss, p.number AS policy_number, p.insurer, last.state, last.amount,
  CASE WHEN last.state = 'paid' THEN last."on" END AS paid_on
FROM assistance_insuranceclaim s
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_object_agg(field, was), '{{}}') AS fields
  FROM (
    SELECT DISTINCT ON (key)
      CASE key WHEN 'member' THEN 'member_id' WHEN 'policy' THEN 'policy_id' ELSE key END AS field,
      value -> 0 AS was
    FROM assistance_claimact c CROSS JOIN LATERAL jsonb_each(c.changes)
    WHERE c.claim_id = s.id AND c.at >= %(end)s
    ORDER BY key, c.at, c.id
  ) first_later
) before
CROSS JOIN LATERAL jsonb_populate_record(s, before.fields) m
JOIN assistance_insurancepolicy p ON p.id = m.policy_id
JOIN LATERAL (
  SELECT state, amount, "on" FROM assistance_claimact
  WHERE claim_id = s.id AND at < %(end)s
  ORDER BY at DESC, id DESC LIMIT 1
) last ON TRUE
WHERE m.happened_on <= %(day)s AND ({subjects})
