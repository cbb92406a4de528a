"""The kinds of measures (AH 4-5, LA 3, GZ 4, XC 4): words, department in charge, clause.

Which rule a kind answers stands with the rule (``answered_by``, ``monitoring/policy/rules.py``).
``days`` is how long such a measure usually takes (a default): it fills in the day in a plan.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MeasureType:
    code: str
    words: str
    department: str
    clause: str
    days: int = 90


AGRICULTURE, WORK, CIVIL = "agriculture", "human_resources", "civil_affairs"
MEDICAL, YEAR, HALF_A_YEAR, MONTH = "medical_insurance", 365, 182, 30
MEASURE_TYPES = {
    row[0]: MeasureType(*row)
    for row in (
        # Industry (AH 5.1, 5.3; LA 3.2; GZ 4.3.1; XC 4.2.7-12).
        ("industry", _("industry support"), AGRICULTURE, "AH 5.1", HALF_A_YEAR),
        ("orders", _("orders and contracts with a firm"), AGRICULTURE, "AH 5.1, LA 3.2", YEAR),
        ("shares", _("shares with dividends"), AGRICULTURE, "AH 5.1, LA 3.2", YEAR),
        ("land_lease", _("lease of land"), AGRICULTURE, "LA 3.2, XC 4.2.8", YEAR),
        ("photovoltaic", _("photovoltaic income"), AGRICULTURE, "AH 5.1, GZ 4.3.1", YEAR),
        ("asset_income", _("income from assets"), AGRICULTURE, "AH 5.1, GZ 4.3.1", YEAR),
        ("loss_subsidy", _("subsidy for a loss in production"), AGRICULTURE, "AH 5.1, AH0 4.2"),
        ("farm_insurance", _("farm insurance"), "insurance", "LA 3.4, GZ 4.3.1", YEAR),
        ("farm_advice", _("advice on farming"), AGRICULTURE, "XC 4.2.12, XC 4.5.23", HALF_A_YEAR),
        ("micro_credit", _("micro-credit"), AGRICULTURE, "AH 5.1", YEAR),
        ("consumption", _("sale of the household's produce"), AGRICULTURE, "AH 5.3"),
        # Employment (AH 5.2; LA 3.3; GZ 4.3.2; XC 4.2.9).
        ("employment", _("help into work"), WORK, "AH 5.2"),
        ("workshop", _("job in a poverty-relief workshop"), WORK, "AH 5.2", HALF_A_YEAR),
        ("home_work", _("work at home for a firm"), WORK, "AH 5.2", HALF_A_YEAR),
        ("welfare_post", _("public-welfare post"), WORK, "AH 5.2", YEAR),
        ("temporary_post", _("temporary post"), WORK, "AH 5.2, AH0 4.3"),
        ("training", _("skills training"), WORK, "AH 5.2, LA 3.3, GZ 4.3.2"),
        ("startup", _("help to start a business"), WORK, "GZ 4.3.2, XC 4.2.9", HALF_A_YEAR),
        ("travel_subsidy", _("travel subsidy for work away"), WORK, "AH0 4.3", MONTH),
        # Education (LA 3.4; GZ 4.4.1; XC 4.3.15).
        ("schooling", _("back to school, help with schooling"), "education", "XC 4.3.15", MONTH),
        ("school_aid", _("school grant"), "education", "LA 3.4, XC 4.3.15", HALF_A_YEAR),
        ("vocational", _("vocational education"), "education", "GZ 4.4.1", YEAR),
        # Health (LA 3.4; GZ 4.4.2; XC 4.3.14).
        ("medical_aid", _("medical aid"), MEDICAL, "XC 4.3.14", MONTH),
        ("medical_top_up", _("351 and 180 medical cover"), MEDICAL, "XC 4.3.14", MONTH),
        ("insurance_enrolment", _("joining medical insurance"), MEDICAL, "XC 4.3.14", MONTH),
        ("premium_subsidy", _("subsidy of the insurance premium"), MEDICAL, "XC 4.3.14", MONTH),
        ("family_doctor", _("family doctor contract"), "health", "XC 4.3.14", MONTH),
        ("health_check", _("free health check"), "health", "GZ 4.4.2", MONTH),
        # Housing and water (LA 3.4; XC 4.3.13, 4.3.16, 4.4.18).
        ("house_repair", _("repair of a dangerous house"), "housing", "LA 3.4, XC 4.3.13", 120),
        ("home_lease", _("exchanged or leased home"), "housing", "XC 4.3.13", 60),
        ("children_repair", _("repair by grown-up children"), "housing", "LA 3.4, XC 4.4.18"),
        ("resettlement", _("move to a safe house"), "emergency", "XC 4.3.13"),
        ("water_supply", _("drinking water works"), "water", "XC 4.3.16", 60),
        # Social security (AH 5.5; GZ 4.4.3; XC 4.3.17).
        ("allowance", _("subsistence allowance"), CIVIL, "AH 5.5", MONTH),
        ("extreme_support", _("support for the extremely poor"), CIVIL, "AH 5.5", MONTH),
        ("temporary_relief", _("temporary relief"), CIVIL, "AH 5.5", MONTH),
        ("pension", _("pension insurance"), WORK, "AH 5.5, XC 4.3.17", MONTH),
        (
            *("disability_subsidy", _("two disability subsidies"), "disabled_persons"),
            *("AH 5.5, GZ 4.4.3", MONTH),
        ),
        ("care", _("care and company"), CIVIL, "AH 5.5", HALF_A_YEAR),
        ("central_care", _("care in a home"), CIVIL, "GZ 4.4.3", 60),
        ("relief_fund", _("grant of the relief fund"), CIVIL, "AH 4.2.3", MONTH),
        ("poverty_insurance", _("insurance against poverty"), "insurance", "GZ 4.4.3", YEAR),
        ("accident_insurance", _("accident insurance"), "insurance", "GZ 4.4.3", YEAR),
        ("home_insurance", _("insurance of the home"), "insurance", "GZ 4.2.3", YEAR),
        ("disaster_relief", _("disaster relief"), "emergency", "AH 5.5", MONTH),
        ("donation", _("donation"), CIVIL, "AH 4.2.3, GZ 4.7.2, XC 4.5.21", MONTH),
        # Relocation and motivation (AH 5.4, 5.6; LA 3.1; GZ 4.6; XC 4.4).
        ("relocation", _("help after relocation"), AGRICULTURE, "AH 5.4", HALF_A_YEAR),
        ("motivation", _("encouragement and evening school"), CIVIL, "AH 5.6, LA 3.1, GZ 4.6.1"),
        ("points", _("points at the charity shop"), CIVIL, "AH 5.6, XC 4.4.20", YEAR),
    )
}
