-- What the review needs of a household's own row. Worked out where the row is read: columns carried
-- further cost a copy each.
in_charge_id, tier, safe_home_elsewhere, house_at_risk, hazard_spot, water_seasonal_shortage,
business_short_of_funds,
'产业帮扶' = ANY (national_measures) AS national_industry,
exited_class = 'monitored' OR status IN ('edge', 'sudden') AS listed,
CASE WHEN status = 'exited' AND exited_class <> '' THEN exited_class ELSE status END AS "group",
CASE WHEN house_grade <> '' THEN house_grade IN ('C', 'D') OR coalesce(unsafe_house, FALSE)
  ELSE unsafe_house END OR coalesce(parents_in_unsafe_house, FALSE) AS dangerous_house,
nullif(house_material, '') = 'earth' AND only_home AS only_earth_house,
-- What was found of any of the five outweighs the register's summary word.
CASE WHEN NOT (water_quality AND water_quantity AND water_hours AND water_convenience
    AND water_reliability) THEN FALSE
  ELSE coalesce(water_safe, water_quality AND water_quantity AND water_hours
    AND water_convenience AND water_reliability) END AS water_met,
CASE WHEN cropland_mu > 0 OR forest_mu > 0 OR water_surface_mu > 0 OR production_assets <> ''
    THEN TRUE
  WHEN cropland_mu IS NULL OR forest_mu IS NULL OR water_surface_mu IS NULL THEN NULL
  ELSE FALSE END AS has_resources
