"""What is staged of a row: the columns of the two staging tables, in their order."""

PLACES = ("province_id", "city_id", "township_id", "village_id")
HOUSEHOLD_PLAIN = [
    "group_name",
    "status",
    "exited_class",
    "exited_year",
    "identified_on",
    "listed_on",
    "causes",
    "risks",
    "bank_name",
    "house_grade",
    "house_material",
    "only_home",
    "unsafe_house",
    "hazard_spot",
    "relocated",
    "relocation_site",
    "water_safe",
    "cropland_mu",
    "forest_mu",
    "water_surface_mu",
    "national_measures",
    "responsible_name",
    "contact_name",
]
HOUSEHOLD_PROTECTED = ["phone", "bank_account", "responsible_phone", "contact_phone"]
FIVE = ["wage", "business", "property", "transfer", "expenses"]
FIGURES = FIVE + ["medical", "schooling", "housing", "disaster_repair", "stated_per_capita"]
INCOME = ["window_from", "window_to", *FIGURES]

MEMBER_PLAIN = [
    "name",
    "relation",
    "sex",
    "born_on",
    "nation",
    "education",
    "school",
    "school_words",
    "chronic_illness",
    "major_illness",
    "disabled",
    "disability_grade",
    "labour",
    "work_months",
    "work_place",
    "medical_insurance",
    "serious_illness_insurance",
    "pension",
    "low_income_allowance",
    "extreme_poverty_support",
]
MEMBER_PROTECTED = ["resident_id", "disability_card", "phone"]


def triple(field):
    return [field, f"{field}_index", f"{field}_masked"]


def triples(fields):
    return [part for field in fields for part in triple(field)]


HOUSEHOLD_KEYS = ["row", "number", "county_id", "digest", "size"]
HOUSEHOLD_FACTS = [*HOUSEHOLD_PLAIN, *triples(HOUSEHOLD_PROTECTED)]
STAGED_HOUSEHOLD = [*HOUSEHOLD_KEYS, *PLACES, *HOUSEHOLD_FACTS, *INCOME, "extra"]

MEMBER_KEYS = [
    "row", "household_row", "number", "county_id", "digest", "member_number", "rounded",
    "head_pinyin", "head_initials",
]  # fmt: skip
MEMBER_FACTS = [*MEMBER_PLAIN, *triples(MEMBER_PROTECTED)]
STAGED_MEMBER = [*MEMBER_KEYS, *MEMBER_FACTS, "extra"]

REFUSAL = ["row", "column", "household_number", "value", "reason", "details", "whole"]
