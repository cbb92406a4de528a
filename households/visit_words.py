"""The choices of the visit form and their words."""

from django.utils.translation import gettext_lazy as _

from households.models.choices import EventKind, HouseGrade, Labour, Relation, School, Secure, Sex

SECURE = list(Secure.choices)
HOUSING = [
    (Secure.SECURE, _("safe")),
    (Secure.AT_RISK, _("with defects")),
    (Secure.INSECURE, _("dangerous")),
]
WATER = [
    (Secure.SECURE, _("standard met")),
    (Secure.AT_RISK, _("short in some seasons")),
    (Secure.INSECURE, _("standard not met")),
]
WATER_LACKING = [
    ("quality", _("water quality")),
    ("quantity", _("water quantity")),
    ("hours", _("daily supply hours")),
    ("convenience", _("distance to the water")),
    ("reliability", _("reliability of supply")),
]
SCHOOLING = [
    ("at_school", _("goes to school")),
    ("at_risk", _("may drop out")),
    ("left", _("has left school")),
]
STAGES = [
    ("", _("which school")),
    (School.PRIMARY, _("primary school")),
    (School.JUNIOR, _("junior middle school")),
    (School.SENIOR, _("senior middle or vocational school")),
    (School.PRESCHOOL, _("kindergarten")),
]
HEALTH = [
    ("", _("not yet known")),
    ("healthy", _("no major or chronic illness")),
    ("chronic", _("chronic illness")),
    ("major", _("major illness")),
    ("both", _("major and chronic illness")),
]
LABOUR = [("", _("not yet known")), *Labour.choices]
YES_NO = [("", _("not yet known")), ("yes", _("yes")), ("no", _("no"))]
GRADES = [("", _("not yet known")), *HouseGrade.choices]
LEAVING = [
    ("", _("still lives here")),
    ("died", _("has died")),
    ("married", _("married into another family")),
    ("moved", _("moved away or split off")),
    ("other", _("other reason")),
]
RELATIONS = [("", _("relation to the head")), *list(Relation.choices)[1:]]
SEXES = [("", _("sex")), *Sex.choices]
# A case is suspected or confirmed; a machine that knows only of a case may still say so.
CASES = [
    (f"{EventKind.EPIDEMIC_CASE}:confirmed", _("epidemic: confirmed case")),
    (f"{EventKind.EPIDEMIC_CASE}:suspected", _("epidemic: suspected case")),
]
EVENTS = [("", _("what happened")), *EventKind.choices]
EVENTS[2:2] = CASES
JUDGED = [("", _("not yet judged")), ("yes", _("puts the family at risk")), ("no", _("bearable"))]
MONEY = {
    "wage_month": (_("wages of migrant work"), _("yuan a month")),
    "post_month": (_("public-welfare post"), _("yuan a month")),
    "sales": (_("sales of produce and livestock"), _("yuan")),
    "medical_since": (_("medical costs paid by the family"), _("yuan")),
    "schooling_since": (_("schooling costs"), _("yuan")),
    "other_since": (_("other large expenses"), _("yuan")),
}
NEEDS = [
    ("medical_aid", _("medical aid")),
    ("local_work", _("work close to home")),
    ("temporary_relief", _("temporary relief")),
    ("industry", _("help with an industry")),
    ("education_aid", _("education aid")),
    ("training", _("skills training")),
    ("housing_repair", _("house repair")),
    ("water_supply", _("water supply")),
    ("care", _("care at home")),
]
