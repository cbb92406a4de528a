"""Where and what a household is."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, Check

# fmt: off
CHECKS = (
    Check(
        101, ERROR, "AH 3.1", "imports",
        _("The status is missing."),
        "h.status = ''",
    ),
    Check(
        102, WARNING, "AH 4.1.1", "imports",
        _("An exited household has no class."),
        "h.status = 'exited' AND h.exited_class = ''",
    ),
    Check(
        103, WARNING, "AH 3.1", "household_correct",
        _("An exited household has no year of exit."),
        "h.status = 'exited' AND h.exited_year IS NULL",
    ),
    Check(
        104, ERROR, "AH 3.1", "household_correct",
        _("The year of exit lies before 2014 or in the future."),
        "h.exited_year < 2014 OR h.exited_year > extract(year FROM :today)",
    ),
    Check(
        105, ERROR, "AH 3.1", "household_correct",
        _("The household was first identified on a day that has not come."),
        "h.identified_on > :today",
    ),
    Check(
        106, WARNING, "AH 3.1", "household_correct",
        _("The household was identified before the register began, in 2013."),
        "h.identified_on < '2013-01-01'",
    ),
    Check(
        107, ERROR, "AH 2.2", "imports",
        _("A monitored or edge household has no day of listing."),
        ":listed AND h.listed_on IS NULL",
    ),
    Check(
        108, ERROR, "AH 2.2", "imports",
        _("The day of listing has not come."),
        "h.listed_on > :today",
    ),
    Check(
        109, WARNING, "AH 3.3", "household_correct",
        _("A monitored household was listed before its year of exit."),
        "h.exited_class = 'monitored' AND extract(year FROM h.listed_on) < h.exited_year",
    ),
    Check(
        110, WARNING, "AH 3.1", "household_correct",
        _("A registered poor or exited household does not say when it was identified."),
        "h.status IN ('poor', 'exited') AND h.identified_on IS NULL",
    ),
    Check(
        111, WARNING, "AH 2.2", "household_correct",
        _("The household was listed before it was first identified."),
        "h.listed_on < h.identified_on",
    ),
    Check(
        112, ERROR, "XC 4.1.2", "household_head",
        _("The household has no head's name."),
        "h.head_name = ''",
    ),
    Check(
        113, HINT, "XC 4.1.1", "household_correct",
        _("The villager group is missing."),
        "h.group_name = ''",
    ),
    Check(
        114, ERROR, "default", "household_move",
        _("The household lies in a village whose code was given up."),
        "v.valid_to <= :today",
    ),
    Check(
        115, ERROR, "default", "household_move",
        _("Township, county, city or province are not those of the village."),
        "(h.township_id, h.county_id, h.city_id, h.province_id) IS DISTINCT FROM "
        "(v.township_id, v.county_id, v.city_id, v.province_id)",
    ),
    Check(
        116, WARNING, "LA 2.1.1", "household",
        _("An exited household has no tier in the ledger."),
        "h.status = 'exited' AND h.tier IN ('', 'unknown')",
    ),
    Check(
        118, WARNING, "AH 3.1", "household_correct",
        _("A poor household has no cause of poverty."),
        ":poor AND h.causes = '{}'",
    ),
    Check(
        119, WARNING, "AH 2.2", "household_correct",
        _("A monitored or edge household has no kind of risk."),
        ":listed AND h.risks = '{}'",
    ),
    Check(
        120, WARNING, "default", "household_correct",
        _("More than three causes of poverty are given."),
        "cardinality(h.causes) > 3",
    ),
    Check(
        121, WARNING, "default", "household_members",
        _("Disability is given as risk, or as cause of a poor household, but nobody is disabled."),
        "'因残' = ANY (h.risks || CASE WHEN :poor THEN h.causes END) AND p.members > 0 AND "
        "p.disabled = 0",
    ),
    Check(
        122, WARNING, "default", "household_members",
        _("Illness is given as risk, or as cause of a poor household, but nobody is ill."),
        "'因病' = ANY (h.risks || CASE WHEN :poor THEN h.causes END) AND p.members > 0 AND "
        "p.ill = 0",
    ),
    Check(
        123, WARNING, "default", "household_members",
        _("Schooling is given as risk, but nobody is at school."),
        "'因学' = ANY (h.risks) AND p.members > 0 AND p.pupils = 0",
    ),
    Check(
        124, WARNING, "default", "household_members",
        _("Want of labour is given as risk, though half of the members can work."),
        "h.risks && '{缺劳力,因缺劳动力}'::varchar[] AND p.able * 2 >= p.members AND p.members > 0",
    ),
    Check(
        125, WARNING, "default", "household_correct",
        _("Drinking water is given as risk, though it is said to be safe."),
        "'因饮水安全' = ANY (h.risks) AND h.water_safe",
    ),
    Check(
        126, WARNING, "default", "household_correct",
        _("Housing is given as risk, though the house is of grade A or B."),
        "'因安全住房' = ANY (h.risks) AND h.house_grade IN ('A', 'B')",
    ),
)
# fmt: on
