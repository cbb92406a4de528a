"""Who may do what: one row per role of ``domain.md`` section 1, printed on the page of roles.

``level`` is where a post of the role may be, ``sees`` how its rows are limited
(``accounts/visibility.py``), ``abilities`` what it may do. Chains name levels and acts themselves.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROVINCE, CITY, COUNTY, TOWNSHIP, VILLAGE = range(1, 6)

SECTIONS = {
    "members": _("members"),
    "income": _("income and expenditure"),
    "living": _("housing and water"),
    "visits": _("visits"),
    "measures": _("measures"),
    "assessment": _("assessment"),
    "history": _("history"),
    "identifiers": _("masked identifiers"),
    "insurance": _("insurance claims"),
}
ALL_SECTIONS = frozenset(SECTIONS)

DEPARTMENTS = {
    "civil_affairs": pgettext_lazy("department", "civil affairs"),
    "health": pgettext_lazy("department", "health"),
    "medical_insurance": pgettext_lazy("department", "medical insurance"),
    "education": pgettext_lazy("department", "education"),
    "housing": pgettext_lazy("department", "housing"),
    "water": pgettext_lazy("department", "water resources"),
    "human_resources": pgettext_lazy("department", "human resources"),
    "disabled_persons": pgettext_lazy("department", "disabled persons' federation"),
    "public_security": pgettext_lazy("department", "public security"),
    "emergency": pgettext_lazy("department", "emergency management"),
    "agriculture": pgettext_lazy("department", "agriculture and rural affairs"),
    "insurance": pgettext_lazy("department", "insurance"),
}

# What a department needs of a household for its line of work (domain.md 1).
DEPARTMENT_SECTIONS = {
    "civil_affairs": {"members", "income", "assessment", "measures"},
    "health": {"members", "assessment", "measures"},
    "medical_insurance": {"members", "assessment", "measures"},
    "education": {"members", "assessment", "measures"},
    "housing": {"living", "assessment", "measures"},
    "water": {"living", "assessment", "measures"},
    "human_resources": {"members", "assessment", "measures"},
    "disabled_persons": {"members", "assessment", "measures"},
    "public_security": {"members"},
    "emergency": {"living", "assessment", "measures"},
    "agriculture": {"income", "assessment", "measures"},
    "insurance": {"assessment", "measures", "insurance"},
}

ABILITIES = {
    "record_visit": _("record visits"),
    "state_income": _("record incomes worked out with the household"),
    "carry_measures": _("carry out measures"),
    "make_plan": _("draw up assistance plans"),
    "approve_plan": _("approve assistance plans"),
    "edit_household": _("correct the register"),
    "import_register": _("load the national export"),
    "reveal_phone": _("reveal a phone number, with a reason"),
    "reveal": _("reveal a masked value, with a reason"),
    "run_review": _("run the monthly review"),
    "edit_policy": _("set policy parameters"),
    "set_edge_standard": _("set the edge standard of the own city or county"),
    "download_report": _("download the red-flag report"),
    "see_report": _("see the red-flag report"),
    "assign": _("name responsible and contact persons"),
    "waive_fault": _("waive a fault of the data, with a reason"),
    "match_offers": _("publish needs, check offers of help and match them"),
    "keep_points": _("keep the points of the charity shop"),
    "upload_feed": _("upload what the department knows"),
    "propose_grant": _("apply for grants of relief funds"),
    "sign_grant": _("sign grants of relief funds"),
    "handle_funds": _("keep relief funds: deposits, payments, reversals"),
    "set_budget": _("enter budgets and limits of grants"),
    "read_funds": _("read the books of funds"),
    "open_claim": _("open insurance claims and check the home"),
    "review_claim": _("review insurance claims"),
    "decide_claim": _("record what the insurer decided and paid"),
    "keep_insurance": _("keep insurance policies and their premiums"),
    "keep_assets": _("keep project assets and the income of the village collective"),
    "plan_projects": _("propose, review and adjust projects of the store"),
    "read_logs": _("read the access log"),
    "manage_accounts": _("manage accounts"),
}


@dataclass(frozen=True)
class Role:
    name: str
    levels: tuple
    sees: str  # division, assigned, line, accounts
    abilities: frozenset

    def sees_section(self, section, department):
        if self.sees == "line":
            return section in DEPARTMENT_SECTIONS[department]
        return self.sees != "accounts"


def _role(name, levels, sees, *abilities):
    return Role(name, levels, sees, frozenset(abilities))


REVEAL = ("reveal_phone", "reveal")
REPORT = ("see_report", "download_report")
ROLES = {
    "village": _role(
        _("village cadre"),
        (VILLAGE,),
        "division",
        "record_visit",
        "state_income",
        "carry_measures",
        "make_plan",
        *REVEAL,
        "see_report",
        "propose_grant",
        "sign_grant",
        "keep_points",
        "read_funds",
        "open_claim",
        "keep_assets",
        "plan_projects",
    ),
    "assigned": _role(
        _("responsible or contact person"),
        (VILLAGE, TOWNSHIP, COUNTY),
        "assigned",
        "record_visit",
        "state_income",
        "reveal_phone",
        "carry_measures",
        "propose_grant",
        "make_plan",
        "open_claim",
    ),
    "township": _role(
        _("township officer"),
        (TOWNSHIP,),
        "division",
        "record_visit",
        "state_income",
        "carry_measures",
        "make_plan",
        "approve_plan",
        "edit_household",
        "import_register",
        *REVEAL,
        "assign",
        "match_offers",
        "keep_points",
        "waive_fault",
        *REPORT,
        "propose_grant",
        "sign_grant",
        "handle_funds",
        "read_funds",
        "open_claim",
        "review_claim",
        "keep_assets",
        "plan_projects",
    ),
    "county": _role(
        _("county officer"),
        (COUNTY,),
        "division",
        "state_income",
        "carry_measures",
        "edit_household",
        "import_register",
        *REVEAL,
        "assign",
        "match_offers",
        "waive_fault",
        "set_edge_standard",
        *REPORT,
        "sign_grant",
        "handle_funds",
        "set_budget",
        "read_funds",
        "review_claim",
        "decide_claim",
        "keep_insurance",
        "keep_assets",
        "plan_projects",
    ),
    "city": _role(
        _("city officer"),
        (CITY,),
        "division",
        "import_register",
        *REVEAL,
        "waive_fault",
        "set_edge_standard",
        *REPORT,
        "set_budget",
        "read_funds",
        "keep_insurance",
    ),
    "province": _role(
        _("province officer"),
        (PROVINCE,),
        "division",
        "import_register",
        *REVEAL,
        "run_review",
        "waive_fault",
        "edit_policy",
        *REPORT,
        "set_budget",
        "read_funds",
    ),
    "department": _role(
        _("department officer"),
        (PROVINCE, CITY, COUNTY),
        "line",
        "carry_measures",
        "upload_feed",
        "decide_claim",
    ),
    "auditor": _role(
        _("auditor"),
        (PROVINCE, CITY, COUNTY),
        "division",
        "read_logs",
        "see_report",
        "read_funds",
    ),
    "administrator": _role(
        _("administrator"), (PROVINCE, CITY, COUNTY), "accounts", "manage_accounts"
    ),
}
