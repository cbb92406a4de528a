-- Needs on record by the end of a day: how each stood, what was promised to it and delivered.
-- A match that had ended by then promised what it had delivered (XC 4.5.21).
-- Parameters: day (unused), end (the first moment after the day).
SELECT m.id AS subject_id, m.household_id, m.kind AS need_kind, m.words, m.amount,
  CASE WHEN m.ended_at < %(end)s THEN m.state
    WHEN m.published_at < %(end)s THEN 'open' ELSE 'noted' END AS state,
  m.recorded_at AS noted_at,
  CASE WHEN m.published_at < %(end)s THEN m.published_at END AS published_at,
  coalesce(helped.promised, 0) AS promised, coalesce(helped.delivered, 0) AS delivered,
  coalesce(helped.givers, '') AS givers, coalesce(helped.results, '') AS results
FROM assistance_socialneed m
LEFT JOIN LATERAL (
  SELECT sum(CASE WHEN g.ended_at < %(end)s THEN came.amount ELSE g.amount END) AS promised,
    sum(came.amount) AS delivered,
    string_agg(o.name, '、' ORDER BY g.id) FILTER (WHERE o.name <> '') AS givers,
    string_agg(g.result_words, '；' ORDER BY g.id)
      FILTER (WHERE g.answered_at < %(end)s) AS results
  FROM assistance_socialmatch g
  JOIN assistance_socialoffer o ON o.id = g.offer_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(d.amount), 0) AS amount
    FROM assistance_socialdelivery d WHERE d.match_id = g.id AND d.recorded_at < %(end)s
  ) came
  WHERE g.need_id = m.id AND g.matched_at < %(end)s
) helped ON TRUE
WHERE m.recorded_at < %(end)s AND ({subjects})
