"""House, water and land."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, Check

# fmt: off
CHECKS = (
    Check(
        150, WARNING, "AH 3.2", "household_correct",
        _("The house has no grade."),
        ":assessed AND h.house_grade = ''",
    ),
    Check(
        151, ERROR, "AH 3.2", "household_correct",
        _("The house is of grade C or D, but is said to be no unsafe house."),
        "h.house_grade IN ('C', 'D') AND h.unsafe_house IS FALSE",
    ),
    Check(
        152, ERROR, "AH 3.2", "household_correct",
        _("The house is of grade A or B, but is said to be unsafe."),
        "h.house_grade IN ('A', 'B') AND h.unsafe_house",
    ),
    Check(
        153, WARNING, "AH 3.2", "household_correct",
        _("The house is of grade C or D, and nobody says whether it is an unsafe house."),
        "h.house_grade IN ('C', 'D') AND h.unsafe_house IS NULL",
    ),
    Check(
        154, HINT, "XC 4.3.13", "household_correct",
        _("The material of the house is missing."),
        ":assessed AND h.house_material = ''",
    ),
    Check(
        155, WARNING, "GZ 4.2.1", "household_correct",
        _("Nobody says whether the earth house is the only home."),
        "h.house_material = 'earth' AND h.only_home IS NULL",
    ),
    Check(
        156, ERROR, "XC 4.3.13", "household_correct",
        _("The only home, and a safe home elsewhere: one of the two is wrong."),
        "h.only_home AND h.safe_home_elsewhere",
    ),
    Check(
        157, WARNING, "AH 3.1", "household_correct",
        _("A relocated household has no relocation site."),
        "h.relocated AND h.relocation_site = ''",
    ),
    Check(
        158, WARNING, "AH 3.1", "household_correct",
        _("A relocation site is given, but the household is not relocated."),
        "h.relocated IS FALSE AND h.relocation_site <> ''",
    ),
    Check(
        159, ERROR, "AH 3.2", "household_correct",
        _("A relocated household still lives in a house of grade C or D."),
        "h.relocated AND h.house_grade IN ('C', 'D') AND h.safe_home_elsewhere IS NOT TRUE",
    ),
    Check(
        160, HINT, "GZ 4.2.1", "household_correct",
        _("Nobody says whether the house is in a hazard spot."),
        ":assessed AND h.hazard_spot IS NULL",
    ),
    Check(
        161, WARNING, "GZ 4.2.1", "household_correct",
        _("A relocated household is still in a hazard spot."),
        "h.relocated AND h.hazard_spot",
    ),
    Check(
        162, WARNING, "AH 3.2", "household_correct",
        _("The house is of grade A and has defects."),
        "h.house_grade = 'A' AND h.house_at_risk",
    ),
    Check(
        163, WARNING, "XC 4.3.13", "household_correct",
        _("An earth house is of grade A."),
        "h.house_material = 'earth' AND h.house_grade = 'A'",
    ),
    Check(
        164, WARNING, "AH 3.2", "household_correct",
        _("The house is of grade C or D, and nobody says whether there is a safe home elsewhere."),
        "h.house_grade IN ('C', 'D') AND h.safe_home_elsewhere IS NULL",
    ),
    Check(
        165, WARNING, "AH 3.2", "household_correct",
        _("The house is of grade D, and the only home, in a household of the independent class."),
        "h.house_grade = 'D' AND h.only_home AND h.exited_class = 'independent'",
    ),
    Check(
        170, WARNING, "AH 3.2", "household_correct",
        _("Nobody says whether the drinking water is safe."),
        ":assessed AND h.water_safe IS NULL",
    ),
    Check(
        171, ERROR, "XC 4.3.16", "household_correct",
        _("The water is said to be safe, but one of its five parts is not met."),
        "h.water_safe AND NOT (coalesce(h.water_quality, true) AND "
        "coalesce(h.water_quantity, true) AND coalesce(h.water_hours, true) AND "
        "coalesce(h.water_convenience, true) AND coalesce(h.water_reliability, true))",
    ),
    Check(
        172, ERROR, "XC 4.3.16", "household_correct",
        _("The water is said to be unsafe, but all five parts are met."),
        "h.water_safe IS FALSE AND h.water_quality AND h.water_quantity AND "
        "h.water_hours AND h.water_convenience AND h.water_reliability",
    ),
    Check(
        174, WARNING, "XC 4.3.16", "household_correct",
        _("The water is unsafe, and nobody says which part is not met."),
        "h.water_safe IS FALSE AND coalesce(h.water_quality, true) AND "
        "coalesce(h.water_quantity, true) AND coalesce(h.water_hours, true) AND "
        "coalesce(h.water_convenience, true) AND coalesce(h.water_reliability, true) "
        "AND (h.water_quality AND h.water_quantity AND h.water_hours AND "
        "h.water_convenience AND h.water_reliability) IS NOT TRUE",
    ),
    Check(
        175, WARNING, "XC 4.3.16", "household_correct",
        _("The water is short in some seasons, and nobody says whether its supply is reliable."),
        "h.water_seasonal_shortage AND h.water_reliability IS NULL",
    ),
    Check(
        180, WARNING, "default", "household_correct",
        _("The cropland is less than nothing or more than 100 mu."),
        "h.cropland_mu < 0 OR h.cropland_mu > 100",
    ),
    Check(
        181, WARNING, "default", "household_correct",
        _("The forest land is less than nothing or more than 200 mu."),
        "h.forest_mu < 0 OR h.forest_mu > 200",
    ),
    Check(
        182, WARNING, "default", "household_correct",
        _("The water surface is less than nothing or more than 100 mu."),
        "h.water_surface_mu < 0 OR h.water_surface_mu > 100",
    ),
    Check(
        183, HINT, "AH 3.2", "household_correct",
        _("The cropland is not known."),
        ":assessed AND h.cropland_mu IS NULL",
    ),
    Check(
        184, ERROR, "default", "household",
        _("The coordinates lie outside China."),
        "h.longitude NOT BETWEEN 73.4 AND 135.1 OR h.latitude NOT BETWEEN 3.8 AND 53.6",
    ),
    Check(
        185, WARNING, "default", "household",
        _("Only one of the two coordinates is given."),
        "(h.longitude IS NULL) <> (h.latitude IS NULL)",
    ),
    Check(
        186, WARNING, "LA 2.1.1", "household_income",
        _("The business is short of funds, but there is neither business income nor a"
          " production asset."),
        "h.business_short_of_funds AND h.production_assets = '' AND i.business = 0",
    ),
)
# fmt: on
