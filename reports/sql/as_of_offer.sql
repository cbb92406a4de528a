-- Offers made by the end of a day, in the columns of a household's row: an offer has a division,
-- not a household (XC 4.5.21). ``own``: the condition on the division.
-- Parameters: end (the first moment after the day), place.
SELECT 0::bigint AS household_id, '' AS number, v.province_id, v.city_id, v.county_id,
  v.township_id, coalesce(v.village_id, 0) AS village_id, '' AS group_name, o.id AS subject_id,
  '' AS tier, NULL::bigint AS in_charge_id, o.giver, o.name, o.kind AS offer_kind, o.words, o.amount,
  CASE WHEN o.ended_at < %(end)s THEN o.state
    WHEN o.checked_at < %(end)s THEN 'open' ELSE 'received' END AS state,
  o.made_at, CASE WHEN o.checked_at < %(end)s THEN o.checked_at END AS checked_at,
  coalesce(helped.promised, 0) AS promised, coalesce(helped.delivered, 0) AS delivered
FROM assistance_socialoffer o
JOIN accounts_division v ON v.id = o.division_id
LEFT JOIN LATERAL (
  SELECT sum(CASE WHEN g.ended_at < %(end)s THEN came.amount ELSE g.amount END) AS promised,
    sum(came.amount) AS delivered
  FROM assistance_socialmatch g
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(d.amount), 0) AS amount
    FROM assistance_socialdelivery d WHERE d.match_id = g.id AND d.recorded_at < %(end)s
  ) came
  WHERE g.offer_id = o.id AND g.matched_at < %(end)s
) helped ON TRUE
WHERE o.made_at < %(end)s AND ({own})
