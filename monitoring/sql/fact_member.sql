-- What the review needs of a member, as three numbers that add up to the household's. A count takes
-- six bits (nobody has 63 members), a condition one bit when somebody fulfils it (1, 2, 4 …) and one
-- when it is not known of somebody (65536, 131072 …).
-- Worked out where a row is read: twenty columns carried further cost a copy each.
CASE labour
  WHEN 'skilled' THEN 1 + 64
  WHEN 'ordinary' THEN CASE WHEN trained THEN 1 + 64 WHEN trained IS NULL THEN 1 + 4096 ELSE 1 END
  WHEN 'weak' THEN 262144
  WHEN '' THEN 16777216
  ELSE 0 END AS labour,
CASE WHEN work_months IS NULL AND labour IN ('skilled', 'ordinary', 'weak') THEN 1 ELSE 0 END
+ CASE WHEN school IN ('primary', 'junior', 'senior', 'tertiary') THEN 64
    WHEN school <> '' THEN 0
    WHEN born_on IS NULL OR (born_on > %(pupil_born_from)s
      AND born_on <= %(pupil_born_to)s) THEN 4096
    ELSE 0 END AS schooling,
-- Of school age by the latest 31 August, until graduation. The export gives a pupil the level
-- that he attends, so only who is old enough for it has finished junior middle school.
CASE
  WHEN school NOT IN ('none', '') OR school_exemption <> ''
    OR education IN ('senior', 'college', 'university')
    OR (education = 'junior' AND born_on <= %(graduates_born_to)s)
    OR born_on > %(school_born_to)s OR born_on <= %(school_born_from)s THEN 0
  WHEN born_on IS NULL OR school = '' THEN 65536
  ELSE 1 END
| CASE WHEN NOT medical_insurance THEN 2 WHEN medical_insurance IS NULL THEN 131072 ELSE 0 END
| CASE WHEN major_illness AND untreated THEN 4
    WHEN (major_illness AND untreated) IS NULL THEN 262144 ELSE 0 END
| CASE WHEN chronic_illness AND NOT family_doctor THEN 8
    WHEN (chronic_illness AND NOT family_doctor) IS NULL THEN 524288 ELSE 0 END
| CASE WHEN major_illness THEN 16 WHEN major_illness IS NULL THEN 1048576 ELSE 0 END
| CASE WHEN disabled AND disability_grade <= 2 THEN 32
    WHEN (disabled AND disability_grade <= 2) IS NULL THEN 2097152 ELSE 0 END
| CASE WHEN low_income_allowance OR extreme_poverty_support THEN 64
    WHEN (low_income_allowance OR extreme_poverty_support) IS NULL THEN 4194304 ELSE 0 END
| CASE WHEN dropout_warning AND school NOT IN ('none', '') THEN 128 ELSE 0 END
| CASE relation
    WHEN 'grandchild' THEN CASE
      WHEN born_on > %(adult_born_to)s THEN 256
      WHEN born_on IS NULL THEN 512 ELSE 0 END
    WHEN 'child' THEN 1024
    WHEN 'child_in_law' THEN 1024
    WHEN 'head' THEN CASE WHEN born_on > %(adult_born_to)s THEN 2048 ELSE 0 END
    WHEN 'sibling' THEN CASE WHEN born_on > %(adult_born_to)s THEN 2048 ELSE 0 END
    WHEN 'grandparent' THEN 4096
    WHEN 'parent' THEN 8192
    WHEN 'parent_in_law' THEN 8192
    WHEN '' THEN 16384
    ELSE 0 END AS marks
