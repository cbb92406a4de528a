"""The kinds of measures (AH 4-5, LA 3, GZ 4, XC 4): words, department in charge, clause."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MeasureType:
    code: str
    words: str
    department: str
    clause: str


MEASURE_TYPES = {
    row[0]: MeasureType(*row)
    for row in (
        ("industry", _("industry support"), "agriculture", "AH 5.1"),
        ("micro_credit", _("micro-credit"), "agriculture", "AH 5.1"),
        ("employment", _("help into work"), "human_resources", "AH 5.2"),
        ("workshop", _("job in a poverty-relief workshop"), "human_resources", "AH 5.2"),
        ("welfare_post", _("public-welfare post"), "human_resources", "AH 5.2"),
        ("training", _("skills training"), "human_resources", "GZ 4.3.2"),
        ("consumption", _("sale of the household's produce"), "agriculture", "AH 5.1"),
        ("schooling", _("back to school, help with schooling"), "education", "XC 4.3.15"),
        ("medical_aid", _("medical aid"), "medical_insurance", "XC 4.3.14"),
        ("insurance_enrolment", _("joining medical insurance"), "medical_insurance", "XC 4.3.14"),
        ("family_doctor", _("family doctor contract"), "health", "XC 4.3.14"),
        ("house_repair", _("repair of a dangerous house"), "housing", "XC 4.3.13"),
        ("resettlement", _("move to a safe house"), "emergency", "XC 4.3.13"),
        ("water_supply", _("drinking water works"), "water", "XC 4.3.16"),
        ("allowance", _("subsistence allowance"), "civil_affairs", "AH 5.5"),
        ("extreme_support", _("support for the extremely poor"), "civil_affairs", "AH 5.5"),
        ("temporary_relief", _("temporary relief"), "civil_affairs", "AH 5.5"),
        ("disability_subsidy", _("two disability subsidies"), "disabled_persons", "AH 5.5"),
        ("care", _("care and company"), "civil_affairs", "AH 5.5"),
        ("relief_fund", _("grant of the relief fund"), "civil_affairs", "AH 4.2.3"),
        ("poverty_insurance", _("insurance against poverty"), "insurance", "GZ 4.4.3"),
        ("disaster_relief", _("disaster relief"), "emergency", "AH 5.5"),
    )
}
