"""Who gets what at every address: the table of the walk (``tests/test_walk.py``).

One line for each address and method. ``opens`` names the roles of ``Cast.ROLES`` that get what they
asked for, ``refused`` those that are told 403; for everybody else the thing is not there: 404.
Nobody logged in: the login page for pages (302), 401 for the API, unless ``anonymous`` says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reports.ledgers import LEDGERS as EVERY_LEDGER
from tests.cast import Cast
from tests.walk_scene import Scene

ALL = " ".join(Cast.ROLES)
# Who sees the household of the scene, which lies in the village of ``cast.village``.
SEES = "village assigned township county city province education water auditor"
OFFICERS = "village assigned township county city province auditor"
LINES = "education water"
KEEPERS = "administrator"


def but(roles, among=ALL):
    """Everybody but these."""
    return " ".join(role for role in among.split() if role not in roles.split())


@dataclass(frozen=True)
class Step:
    name: str  # of the address; the route where it has none
    opens: str = ALL
    refused: str = ""
    args: Callable[[Scene], list] | None = None  # ids in the address
    params: str = ""  # what follows the question mark
    data: Callable[[Scene], dict] | None = None  # of a POST; {} for an empty one
    gives: int = 200  # the status for those in ``opens``
    others: int = 404  # the status for those who are named nowhere
    anonymous: int = 302
    verb: str = ""  # where it is neither GET nor POST
    plain: bool = False  # may hold plain identifiers: it was asked for, with a reason

    @property
    def method(self):
        return self.verb or ("GET" if self.data is None else "POST")

    def expected(self, role):
        if role == "anonymous":
            return self.anonymous
        if role in self.opens.split():
            return self.gives
        return 403 if role in self.refused.split() else self.others


def household(scene):
    return [scene.household.id]


def member(scene):
    return [scene.household.id, scene.member.id]


def because(scene):
    return {"because": "入户核对信息"}


def number(scene):
    return {"q": scene.ID}


def empty(scene):
    return {}


def edits(name, args=household, roles="township county"):
    """A page that corrects: its form, and the form sent empty, which answers with its faults."""
    able = "township next_township county stranger"
    page = {"opens": roles, "refused": but(able), "args": args}
    return [Step(name, **page), Step(name, **page, data=empty)]


def api(prefix, list_opens, opens, args, refused=KEEPERS):
    """A list and one row of the API."""
    return [
        Step(f"api_{prefix}-list", list_opens, but(list_opens), anonymous=401),
        Step(f"api_{prefix}-detail", opens, refused, args, anonymous=401),
    ]


REVEALERS = "village township county city province"
MAY_REVEAL = "village next_village township next_township county stranger city other_city"
MAY_REVEAL += " province other_province"

RECORDERS = "village next_village assigned township next_township"
CARRIERS = "village next_village assigned township next_township county stranger education water"
REPORTERS = "village next_village township next_township county stranger city other_city province"
REPORTERS += " other_province auditor"

HOUSEHOLDS = [
    Step("households", but(KEEPERS), KEEPERS),
    Step("households", but(KEEPERS), KEEPERS, params="q=诸葛"),
    Step("households", but(KEEPERS), KEEPERS, params="q=341524********2619"),
    Step("households", but(KEEPERS), KEEPERS, params="division=341524105207&sort=-visited"),
    Step("household_search", but(KEEPERS), KEEPERS, data=lambda scene: {"q": "诸葛"}, gives=302),
    # A full number brings those to the household who see it; the others hear that nobody has it.
    Step("household_search", OFFICERS, KEEPERS, data=number, gives=302, others=200),
    Step("household", SEES, args=household),
    Step("household_members", f"{OFFICERS} education", "water", household),
    Step("household_income", OFFICERS, LINES, household),
    Step("household_history", OFFICERS, LINES, household),
    Step("household_history", OFFICERS, LINES, household, params="only=changes"),
    *edits("household_correct"),
    *edits("household_move"),
    *edits("household_head"),
    *edits("household_person"),
    *edits("member_correct", member),
    *edits("member_leaves", member),
    Step(
        "household_reveal",
        f"{REVEALERS} assigned",
        but(f"{MAY_REVEAL} assigned"),
        lambda scene: [scene.household.id, "phone"],
    ),
    Step(
        "household_reveal",
        f"{REVEALERS} assigned",
        but(f"{MAY_REVEAL} assigned"),
        lambda scene: [scene.household.id, "phone"],
        data=because,
        plain=True,
    ),
    Step(
        "member_reveal",
        REVEALERS,
        but(MAY_REVEAL),
        lambda scene: [*member(scene), "resident_id"],
    ),
    Step(
        "member_reveal",
        REVEALERS,
        but(MAY_REVEAL),
        lambda scene: [*member(scene), "resident_id"],
        data=because,
        plain=True,
    ),
]

API = [
    Step("api_divisions-list", ALL, anonymous=401),
    Step(
        "api_divisions-detail",
        ALL.replace("stranger ", "").replace("other_city ", "").replace("other_province ", ""),
        args=lambda scene: ["341524000000"],
        anonymous=401,
    ),
    *api("households", but(KEEPERS), SEES, household),
    *api(
        "incomes",
        but(f"{KEEPERS} {LINES}"),
        OFFICERS,
        lambda scene: [scene.income.id],
        f"{KEEPERS} {LINES}",
    ),
    *api(
        "visits",
        but(f"{KEEPERS} {LINES}"),
        OFFICERS,
        lambda scene: [scene.visit.id],
        f"{KEEPERS} {LINES}",
    ),
    Step(
        "api_visits-photos",
        "village",
        but(RECORDERS),
        lambda scene: [scene.visit.client_id, scene.photo.client_id],
        verb="PUT",
        gives=400,
        anonymous=401,
    ),
    Step("api_visits-list", RECORDERS, but(RECORDERS), data=empty, gives=400, anonymous=401),
    *api(
        "measures",
        but(KEEPERS),
        f"{OFFICERS} water",
        lambda scene: [scene.measure.id],
    ),
    Step("api_measures-list", CARRIERS, but(CARRIERS), data=empty, gives=400, anonymous=401),
    *api(
        "red-flag-lines",
        REPORTERS,
        "village township county city province auditor",
        lambda scene: [scene.line.id],
        but(REPORTERS),
    ),
    *api("assessments", but(KEEPERS), SEES, lambda scene: [scene.assessment.id]),
    *api("flags", but(KEEPERS), SEES, lambda scene: [scene.flag.id]),
    *api("clues", but(KEEPERS), SEES, lambda scene: [scene.clue.id]),
    Step("api_clues-list", but(KEEPERS), KEEPERS, data=empty, gives=400, anonymous=401),
    *api("reviews", but(KEEPERS), but(f"{KEEPERS} other_province"), lambda scene: [scene.run.id]),
    Step("api_schema", ALL, anonymous=200),
    Step("api_docs", ALL, anonymous=200),
    Step("api_nothing", "", args=lambda scene: ["nowhere/"], anonymous=404),
]

FRAME = [
    Step("login", anonymous=200, gives=302),
    Step("logout", data=empty, gives=302),
    Step("set_language", data=lambda scene: {"language": "en"}, gives=302),
    Step("change_password"),
    Step("no_post", gives=302),
    Step("switch_post", "", data=empty),
    Step("switch_post", "village", data=lambda s: {"post": s.cast.village.id}, gives=302),
    Step("large_print", data=empty, gives=302),
    Step("me"),
    Step("own_email"),
    Step("own_email", data=lambda scene: {"email": "officer@example.org"}, gives=302),
    Step("own_email", data=lambda scene: {"email": "nobody"}, gives=422),
    Step("new_token"),
    Step("drop_token", "next_village", "", lambda s: [s.token.id], data=empty, gives=302),
    Step("roles"),
    Step("deputies"),
    Step("name_deputy", "village administrator", args=lambda s: [s.cast.village.id]),
    Step(
        "end_deputy",
        "village assigned administrator",
        args=lambda s: [s.deputy.id],
        data=empty,
        gives=302,
    ),
    Step("working_days"),
    Step("working_days", KEEPERS, but(KEEPERS), data=lambda scene: {"year": 2027}),
    Step("working_days_file"),
    Step("officers", KEEPERS, but(KEEPERS)),
    Step("new_officer", KEEPERS, but(KEEPERS)),
    Step("division_options", KEEPERS, but(KEEPERS)),
    Step("officer", KEEPERS, but(KEEPERS), args=lambda scene: [scene.officer.id]),
    Step("new_post", KEEPERS, but(KEEPERS), args=lambda scene: [scene.officer.id]),
    Step("reset_password", KEEPERS, but(KEEPERS), lambda s: [s.officer.id], data=empty),
    Step("set_active", KEEPERS, but(KEEPERS), lambda s: [s.officer.id], data=empty, gives=302),
    Step("close_post", KEEPERS, but(KEEPERS), args=lambda scene: [scene.cast.village.id]),
    Step("reveals", "auditor", but("auditor")),
    Step("account_acts", "auditor", but("auditor")),
    Step("robots.txt", anonymous=200),
    Step("healthz", anonymous=200),
    Step("readyz", anonymous=200),
]

JOBS = [
    Step("jobs"),
    Step("job", "county", args=lambda scene: [scene.job.id]),
    Step("job_progress", "county", args=lambda scene: [scene.job.id]),
    Step("cancel_job", "county", args=lambda scene: [scene.job.id], data=empty, gives=302),
    Step("job_file", "", args=lambda scene: [scene.job.id]),
]

VISITS = [
    Step("visit_new", "village assigned township", but(RECORDERS), household),
    Step("household_visits", OFFICERS, LINES, household),
    Step("visit_sheet", "village assigned township", but(RECORDERS), household),
    Step("visits", but(f"{KEEPERS} {LINES}"), f"{KEEPERS} {LINES}"),
    Step("unsent", RECORDERS, but(RECORDERS)),
    Step("visits_offline", anonymous=200),
    Step("visits_offline_data", RECORDERS, but(RECORDERS)),
    Step("service_worker", anonymous=200),
    Step("visit", OFFICERS, args=lambda scene: [scene.visit.id]),
    Step("visit_photo", OFFICERS, args=lambda scene: [scene.photo.id]),
]

MONITORING = [
    Step("today"),
    Step("visits_due", args=lambda scene: ["due"]),
    Step("household_why", SEES, args=household),
    Step("flags", but(KEEPERS), KEEPERS),
    Step("runs"),  # that a month was reviewed is no secret
    Step("runs", "province other_province", but("province other_province"), data=empty),
    Step("run", but("other_province"), args=lambda scene: [scene.run.id]),
    Step(
        "judged",
        but(f"{KEEPERS} other_province"),
        KEEPERS,
        lambda scene: [scene.run.id],
    ),
    Step("policy"),
    Step("policy_parameter", args=lambda scene: ["line"]),
    Step("policy_parameter", "province other_province", args=lambda s: ["line"], data=empty),
    Step(
        "policy_parameter",
        "county stranger city other_city province other_province",
        args=lambda scene: ["county_edge_line"],
        data=empty,
    ),
]


def carries(name, opens="village assigned township county water"):
    """A page of one act on the measure of the scene: its form, and the form sent empty."""
    page = {"opens": opens, "refused": but(CARRIERS), "args": measure}
    return [Step(name, **page), Step(name, **page, data=empty)]


def measure(scene):
    return [scene.measure.id]


SEES_MEASURE = f"{OFFICERS} water"
MAKERS = "village assigned township county education water"
MEASURES = [
    Step("measures", but(KEEPERS), KEEPERS),
    Step("measures", but(KEEPERS), KEEPERS, params="which=unexplained&division=341524000000"),
    Step("measures", but(KEEPERS), KEEPERS, params="which=ended&kind=water_supply"),
    Step("household_measures", SEES, args=household),
    Step("measure_new", MAKERS, but(CARRIERS), household, params="kind=water_supply"),
    Step("measure_new", MAKERS, but(CARRIERS), household, data=empty),
    Step("measure", SEES_MEASURE, KEEPERS, measure),
    Step("measure_photo", SEES_MEASURE, KEEPERS, lambda scene: [scene.note.id]),
    *carries("measure_change"),
    *carries("measure_progress"),
    *carries("measure_end"),
    *carries("measure_explain"),
    *carries("measure_resume"),
]

PLANNERS = "village next_village assigned township next_township"
APPROVERS = "township next_township"
MINE = "village assigned township"
NO_WHOLE = f"assigned {LINES} {KEEPERS}"


def plan(scene):
    return [scene.plan.id]


def plan_step(name, able):
    """A step of the scene's plan: sent without what was seen it is not there."""
    return Step(name, "", but(able), plan, data=empty)


PLANS = [
    Step("plans", but(f"{LINES} {KEEPERS}"), f"{LINES} {KEEPERS}"),
    Step(
        "plans",
        but(f"{LINES} {KEEPERS}"),
        f"{LINES} {KEEPERS}",
        params="which=missing&division=341524000000",
    ),
    Step("household_plan", OFFICERS, LINES, household),
    Step("handbook", OFFICERS, LINES, household),
    Step("handbook_docx", OFFICERS, LINES, household),
    Step("effects", but(NO_WHOLE), NO_WHOLE),
    Step("effects", but(NO_WHOLE), NO_WHOLE, params="division=341524000000"),
    Step("effects_workbook", but(NO_WHOLE), NO_WHOLE),
    Step("plan_write", "village assigned township", but(PLANNERS), household),
    Step(
        "plan_write", "village assigned township", but(PLANNERS), household, data=empty, gives=422
    ),
    Step("plan", OFFICERS, f"{LINES} {KEEPERS}", plan),
    *api("plans", but(f"{LINES} {KEEPERS}"), OFFICERS, plan, f"{LINES} {KEEPERS}"),
    Step("api_plans-list", PLANNERS, but(PLANNERS), data=empty, gives=400, anonymous=401),
    Step("api_plans-submit", MINE, but(PLANNERS), plan, data=empty, gives=400, anonymous=401),
    *(
        Step(
            f"api_plans-{name}",
            "township",
            but(APPROVERS),
            plan,
            data=empty,
            gives=400,
            anonymous=401,
        )
        for name in ("approve", "send-back")
    ),
    plan_step("plan_submit", PLANNERS),
    plan_step("plan_withdraw", PLANNERS),
    plan_step("plan_approve", APPROVERS),
    Step("plan_return", "township", but(APPROVERS), plan, data=empty, gives=422),
]

SEES_ACTION = "village township county city province auditor"
PICKERS = "village township county"


def action(scene):
    return [scene.action.id]


ACTIONS = [
    Step("actions", but(KEEPERS), KEEPERS),
    Step("action_new", CARRIERS, but(CARRIERS)),
    Step("action_new", CARRIERS, but(CARRIERS), data=empty, gives=422),
    Step("action_template", CARRIERS, but(CARRIERS)),
    Step("action", SEES_ACTION, KEEPERS, action),
    Step("action_pick", PICKERS, but(CARRIERS), action),
    Step("action_pick", PICKERS, but(CARRIERS), action, params="trait=all"),
    Step("action_pick", PICKERS, but(CARRIERS), action, data=empty),
    *(
        Step(name, PICKERS, but(CARRIERS), action, data=empty, gives=302)
        for name in ("action_load", "action_take_out", "action_record", "action_drop")
    ),
    Step("action_end", PICKERS, but(CARRIERS), action),
    Step("action_end", PICKERS, but(CARRIERS), action, data=empty, gives=422),
    Step("action_undo", PICKERS, but(CARRIERS), action),
    Step("action_undo", PICKERS, but(CARRIERS), action, data=empty, gives=422),
]
ASSIGNERS = "township next_township county stranger"
PERSONS = [
    Step("persons", but(f"{LINES} {KEEPERS}"), f"{LINES} {KEEPERS}"),
    Step(
        "persons",
        but(f"{LINES} {KEEPERS}"),
        f"{LINES} {KEEPERS}",
        params="division=341524105000",
    ),
    Step(
        "persons_households",
        but(f"{LINES} {KEEPERS}"),
        f"{LINES} {KEEPERS}",
        params="which=nobody",
    ),
    Step(
        "persons_households",
        but(f"{LINES} {KEEPERS}"),
        f"{LINES} {KEEPERS}",
        params="person=assigned",
    ),
    Step(
        "persons_households",
        ASSIGNERS,
        but(ASSIGNERS),
        params="which=left",
        data=empty,
        gives=422,
    ),
]

DOWNLOADERS = "township next_township county stranger city other_city province"
REPORTS = [
    Step("red_report", REPORTERS, but(REPORTERS)),
    Step("red_report_workbook", DOWNLOADERS, but(DOWNLOADERS), data=empty, gives=302),
]

PROCEDURES = [
    Step("procedures"),
    Step("procedures", params="role=county"),
    Step("procedure", args=lambda scene: ["closing_exited"]),
    Step("procedure", args=lambda scene: ["edge_listing"]),
]

LEDGER = {"refused": f"{LINES} {KEEPERS}", "args": lambda scene: ["three-colour"]}
NO_LINES = but(f"{LINES} {KEEPERS}")
VIEWERS = "village next_village assigned township next_township county city province auditor"


def saved_view(scene):
    return [scene.ledger_view.id]


LEDGERS = [
    Step("ledgers", NO_LINES, f"{LINES} {KEEPERS}"),
    Step("ledger", NO_LINES, **LEDGER),
    Step("ledger", NO_LINES, **LEDGER, params="division=341524105207&on=2020-06-25"),
    Step("ledger_print", NO_LINES, **LEDGER),
    Step("ledger_workbook", NO_LINES, **LEDGER, data=empty, gives=302),
    *(
        Step("ledger", NO_LINES, f"{LINES} {KEEPERS}", args=lambda scene, slug=slug: [slug])
        for slug in EVERY_LEDGER
        if slug != "three-colour"
    ),
    Step("ledger_print", NO_LINES, f"{LINES} {KEEPERS}", args=lambda scene: ["students"]),
    Step("ledger", NO_LINES, f"{LINES} {KEEPERS}", args=lambda scene: ["employment"],
         params="tier=red&part=works&columns=labour,age"),
    Step("ledger_save", NO_LINES, **LEDGER, data=empty, gives=302),
    # Shared by the county: seen above, below and beside it. Only the county shares and deletes it.
    Step("ledger_view", VIEWERS, args=saved_view, gives=302),
    Step("ledger_view_share", "county", args=saved_view, data=empty, gives=302),
    Step("ledger_view_delete", "county", args=saved_view, data=empty, gives=302),
]  # fmt: skip

IMPORTERS = "township next_township county stranger city other_city province other_province"
HOLDERS = "township county city province"
AN_IMPORT = {"refused": but(IMPORTERS), "args": lambda scene: [scene.loaded.id]}
IMPORTS = [
    Step("imports", IMPORTERS, but(IMPORTERS)),
    Step("imports", IMPORTERS, but(IMPORTERS), data=empty),
    Step("import", HOLDERS, **AN_IMPORT),
    Step("import_progress", HOLDERS, **AN_IMPORT),
    Step("load_import", HOLDERS, **AN_IMPORT, data=empty, gives=302),
    Step("import_errors", HOLDERS, **AN_IMPORT),
    Step("undo_import", HOLDERS, **AN_IMPORT),
    Step("undo_import", HOLDERS, **AN_IMPORT, data=empty),
]


def case(scene):
    return [scene.case.id]


def of_case(name, args=case, opens=""):
    """A form for whoever has the desk; without ``opens`` the case is not at a step that has it."""
    return Step(name, opens, but(opens, OFFICERS), args)


# Sent empty, an act is refused with the page of the case; the act itself refuses wrong officers.
EMPTY_ACT = {"args": case, "data": empty, "gives": 422}
CASES = [
    Step("household_cases", OFFICERS, LINES, household),
    Step("case_open", OFFICERS, LINES, household, gives=302),
    Step("case_open", "village", but("village", SEES), household, params="procedure=tier"),
    Step("case_open", "", SEES, household, params="procedure=edge_listing", data=empty),
    Step("case", OFFICERS, args=case),
    Step("case_pass", OFFICERS, **EMPTY_ACT),
    Step("case_return", OFFICERS, **EMPTY_ACT),
    Step("case_refuse", OFFICERS, **EMPTY_ACT),
    Step("case_withdraw", OFFICERS, **EMPTY_ACT),
    Step("case_roll_back", OFFICERS, **EMPTY_ACT),
    Step("case_change", "village", but("village", OFFICERS), case),
    Step("case_change", OFFICERS, **EMPTY_ACT),
    of_case("case_notice"),
    of_case("case_meeting"),
    of_case("case_ask"),
    of_case("case_notice_down", lambda s: [s.notice.case_id, s.notice.id], "village"),
    of_case("case_objection", lambda s: [s.notice.case_id, s.notice.id], "village"),
    of_case("case_objection_answer", lambda s: [s.objection.case_id, s.objection.id], "village"),
    of_case("case_ask_withdraw", lambda s: [s.enquiry.case_id, s.enquiry.id]),
]


ENQUIRED = f"{OFFICERS} water"


def enquiry(scene):
    return [scene.enquiry.id]


def on_case(name):
    """An act of the API on the scene's case; sent empty it is not whole."""
    page = {"args": case, "data": empty, "gives": 400, "anonymous": 401}
    return Step(f"api_cases-{name}", OFFICERS, KEEPERS, **page)


API_CASES = [
    *api("cases", but(KEEPERS), OFFICERS, case),
    Step("api_cases-list", SEES, KEEPERS, data=empty, gives=400, others=400, anonymous=401),
    *(
        Step(f"api_cases-{n}", OFFICERS, KEEPERS, case, anonymous=401)
        for n in ("trail", "findings")
    ),
    *(
        on_case(name)
        for name in (
            *("pass", "return", "withdraw", "refuse", "roll-back", "change", "notice"),
            *("notice-down", "objection", "objection-answer", "meeting", "enquiry"),
        )
    ),
    *api("enquiries", but(KEEPERS), ENQUIRED, enquiry),
    Step("api_enquiries-answer", ENQUIRED, KEEPERS, enquiry, data=empty, gives=400, anonymous=401),
    Step(
        "api_enquiries-withdraw", ENQUIRED, KEEPERS, enquiry, data=empty, gives=400, anonymous=401
    ),
]

ROUND = {"args": lambda scene: [scene.tier_round.id], "refused": f"{KEEPERS} {LINES}"}
IN_COUNTY = "village next_village assigned township next_township county city province auditor"
DIVIDERS = "village next_village township next_township county"
TOGETHER = "township next_township county"

TIERS = [
    Step("tier_rounds", but(f"{KEEPERS} {LINES}"), refused=f"{KEEPERS} {LINES}"),
    Step(
        "tier_open",
        "county stranger province other_province",
        refused=but("county stranger province other_province"),
        data=empty,
        gives=302,
    ),
    Step("tier_round", IN_COUNTY, **ROUND),
    Step("tier_round", IN_COUNTY, **ROUND, params="show=filed"),
    Step(
        "tier_round",
        DIVIDERS,
        refused=f"{but(DIVIDERS, IN_COUNTY)} {KEEPERS} {LINES}",
        args=ROUND["args"],
        data=empty,
        gives=302,
    ),
    Step(
        "tier_together",
        TOGETHER,
        refused=but(f"{TOGETHER} stranger"),
        args=ROUND["args"],
        data=lambda scene: {"show": "rest", "seen": ""},
        gives=302,
    ),
]

DESKS = but(f"{LINES} {KEEPERS}")
NO_DESKS = f"{LINES} {KEEPERS}"
INBOX = [
    Step("cases", DESKS, NO_DESKS),
    Step("cases", DESKS, NO_DESKS, params="tab=all&procedure=tier&step=submit&due=overdue"),
    Step("cases", DESKS, NO_DESKS, params="tab=done&state=any&q=诸葛"),
    Step("cases_search", DESKS, NO_DESKS, data=number, gives=302),
    Step("batch", DESKS, NO_DESKS, gives=302),  # nothing chosen: back to the list
    Step("batch", DESKS, NO_DESKS, data=lambda s: {"take": f"{s.case.id}:9"}, gives=302),
    Step("batch", DESKS, NO_DESKS, data=lambda s: {"act": "return"}, gives=422),
    Step("batch_done", DESKS, NO_DESKS, gives=302),
    Step("enquiries", LINES, but(LINES)),
    Step("enquiries", LINES, but(LINES), params="tab=answered"),
    Step("enquiries", LINES, but(LINES), params="tab=late"),
    Step("enquiry", "water", but(LINES), enquiry),
    Step("enquiry", "water", but(LINES), enquiry, data=empty, gives=422),
]


def paper(scene):
    return [scene.paper.id]


def printed(scene):
    return [scene.case.id, "form"]


LISTERS = "township next_township county stranger city other_city province other_province auditor"
A_LIST = {"opens": "township county city province auditor"}
A_LIST["args"] = lambda scene: [scene.consolidation.id]
DESK = {"opens": "village", "refused": but("village", OFFICERS)}
# Sent empty, what is put to a case is refused by its form; the act itself refuses wrong officers.
PAPERS = [
    Step("case_paper", OFFICERS, args=paper),
    Step("case_papers_add", **DESK, args=case),
    Step("case_papers_add", OFFICERS, args=case, data=empty, gives=422),
    Step("case_paper_take_out", **DESK, args=paper),
    Step("case_paper_take_out", OFFICERS, args=paper, data=empty, gives=422),
    Step("case_print", OFFICERS, args=printed),
    Step("case_docx", OFFICERS, args=printed),
    Step("consolidations", LISTERS, but(LISTERS)),
    Step("consolidation", **A_LIST),
    Step("consolidation", **A_LIST, data=empty, gives=422),
    Step("consolidation_print", **A_LIST),
    Step("consolidation_docx", **A_LIST),
]

OFFICERS_ALL = but(f"{KEEPERS} {LINES}")
NO_WAIVER = f"village next_village assigned auditor {KEEPERS} {LINES}"


def fault(scene):
    return [scene.fault.id]


OUTGOING = [
    Step("outgoing", OFFICERS_ALL, f"{KEEPERS} {LINES}"),
    Step("outgoing", OFFICERS_ALL, f"{KEEPERS} {LINES}", params="state=entered&source=visit"),
    Step("outgoing", OFFICERS_ALL, f"{KEEPERS} {LINES}", params="division=341524105207&source=x"),
    Step("outgoing_workbook", IMPORTERS, but(IMPORTERS), data=empty, gives=302),
]

QUALITY = [
    Step("faults", OFFICERS_ALL, f"{KEEPERS} {LINES}"),
    Step("faults", OFFICERS_ALL, f"{KEEPERS} {LINES}", params="severity=error&check=401"),
    Step("faults", OFFICERS_ALL, f"{KEEPERS} {LINES}", params="division=341524105207&check=x"),
    Step("checks", OFFICERS_ALL, f"{KEEPERS} {LINES}"),
    Step("check_quality", "province other_province", but("province other_province"), data=empty,
         gives=302),
    Step("fault", OFFICERS, f"{KEEPERS} {LINES}", args=fault),
    Step("next_fault", OFFICERS, f"{KEEPERS} {LINES}", args=fault, gives=302),
    Step("next_fault", OFFICERS, f"{KEEPERS} {LINES}", args=fault, gives=302,
         params="check=x"),
    Step("household_correct", "township county", but("township next_township county stranger"),
         args=household, params="fault=1"),
    Step("waive_fault", "township county city province", NO_WAIVER, args=fault),
    Step("waive_fault", "township county city province", NO_WAIVER, args=fault,
         data=lambda scene: {"because": "已核对户口本", "until": "2999-01-01"}),
]  # fmt: skip

WALK = HOUSEHOLDS + API + FRAME + JOBS + VISITS + MONITORING + MEASURES + REPORTS + LEDGERS
WALK += PROCEDURES + API_CASES
WALK += IMPORTS + CASES + TIERS + PAPERS + INBOX + PLANS + ACTIONS + PERSONS

# Left out, and why.
WITHOUT_WALK = {
    "admin/": "Django's own pages; a test of its own says that only staff enter",
}
WALK += QUALITY + OUTGOING

WORKERS = but(f"auditor {KEEPERS}")
ASKERS = "township next_township county stranger city other_city province other_province"
AT_TASK = "village assigned township county city province auditor"


def task(scene):
    return [scene.task.id]


DUTIES = [
    Step("tasks", but(KEEPERS), KEEPERS),
    Step("tasks", but(KEEPERS), KEEPERS, params="tab=ended&kind=request&q=诸葛"),
    Step("tasks", but(KEEPERS), KEEPERS, params="tab=all&due=overdue&division=341524105207"),
    Step("task_ask", ASKERS, but(ASKERS)),
    Step("task_ask", ASKERS, but(ASKERS), data=empty, gives=422),
    Step("task", AT_TASK, args=task),
    *(
        Step(name, "village assigned", but("village assigned", among=AT_TASK), args=task)
        for name in ("task_note", "task_end", "task_hand_over")
    ),
    *(
        Step(
            name,
            "village assigned",
            but("village assigned", among=AT_TASK),
            args=task,
            data=empty,
            gives=422,
        )
        for name in ("task_note", "task_end", "task_hand_over")
    ),
]
WALK += DUTIES


def finding(scene):
    return [scene.finding.id]


AT_FINDING = "village assigned township county city province auditor"
FINDINGS = [
    Step("findings", but(KEEPERS), KEEPERS),
    Step("findings", but(KEEPERS), KEEPERS, params="show=ended&kind=survey&late=yes&followed=x"),
    Step("findings", but(KEEPERS), KEEPERS, params="division=341524105207"),
    Step("finding_new", ASKERS, but(ASKERS)),
    Step("finding_new", ASKERS, but(ASKERS), params="division=341524105207"),
    Step("finding_new", ASKERS, but(ASKERS), data=empty, gives=422),
    Step("finding", AT_FINDING, args=finding),
    Step("finding_file", AT_FINDING, args=lambda scene: [scene.finding_file.id]),
    Step("finding_answer", "village assigned", but("village assigned", among=AT_FINDING),
         args=finding),
    Step("finding_answer", "village assigned", but("village assigned", among=AT_FINDING),
         args=finding, data=empty, gives=422),
    *(
        Step(name, "", AT_FINDING, args=finding, data=data)
        for name in ("finding_accept", "finding_return")
        for data in (None, empty)
    ),
    Step("finding_withdraw", "county", but("county", among=AT_FINDING), args=finding),
    Step("finding_withdraw", "county", but("county", among=AT_FINDING), args=finding, data=empty,
         gives=422),
    Step("finding_follow_up", "county city province",
         but("county city province", among=AT_FINDING), args=finding),
    Step("finding_follow_up", "county city province",
         but("county city province", among=AT_FINDING), args=finding, data=empty, gives=422),
]  # fmt: skip
WALK += FINDINGS

WHOLE = but(f"assigned {LINES} {KEEPERS}")  # who sees a division whole
FIGURED = "village township county city province auditor"


def flagged(scene):
    return [scene.rolled]


WALK += [
    Step("figures", WHOLE, but(WHOLE)),
    Step("figures", WHOLE, but(WHOLE), params="group=tiers&span=quarter&order=-tier_red"),
    Step("figure", FIGURED, f"assigned {LINES} {KEEPERS}", args=flagged, params="month=2020-06"),
    Step(
        "figure_workbook",
        FIGURED,
        f"assigned {LINES} {KEEPERS}",
        args=flagged,
        data=empty,
        gives=302,
    ),
]

ASSURANCES = [
    Step("assurances", OFFICERS_ALL, f"{KEEPERS} {LINES}"),
    Step("assurances", OFFICERS_ALL, f"{KEEPERS} {LINES}", params="division=341524105207&days=30"),
    Step("assurance_rows", OFFICERS_ALL, f"{KEEPERS} {LINES}"),
    Step("assurance_rows", OFFICERS_ALL, f"{KEEPERS} {LINES}", params="state=open&problem=water"),
]
WALK += ASSURANCES

TRIERS = "county stranger city other_city province other_province"


def trial(scene):
    return [scene.trial.id]


WALK += [
    Step("trials", f"{TRIERS} auditor", but(f"{TRIERS} auditor")),
    Step("trial_new", TRIERS, but(TRIERS)),
    Step("trial_new", TRIERS.replace(" other_province", ""), but(TRIERS), data=empty, gives=422,
         others=200),
    Step("trial", "province", but(f"{TRIERS} auditor"), args=trial),
    Step("trial_share", "province", args=trial, data=empty, gives=302),
    Step("trial_adopt", "province", but("province other_province"), args=trial),
    Step("trial_adopt", "province", but("province other_province"), args=trial, data=empty,
         gives=422),
]  # fmt: skip


TELLERS = but("education water auditor administrator")


def clue(scene):
    return [scene.clue.id]


def stray(scene):
    return [scene.stray_clue.id]


# Nobody but the desk works on a clue; whoever sees it is told so.
HELD = {"refused": but("village assigned", SEES) + f" {KEEPERS}", "args": clue}
# Of somebody in no household departments and responsible persons see nothing.
STRAY_SEES = "village township county city province auditor"
STRAY_HELD = {"refused": but("village", STRAY_SEES) + f" {KEEPERS}", "args": stray}
REVEALING = "village township county city province"

WALK += [
    Step("clues", but(KEEPERS), KEEPERS),
    Step("clues", but(KEEPERS), KEEPERS, params="state=check&channel=department&late=yes"),
    Step("clues", but(KEEPERS), KEEPERS, params="state=ended&division=341524105207"),
    Step("clue", SEES, KEEPERS, clue),
    Step("clue", STRAY_SEES, KEEPERS, stray),
    Step("clue_new", TELLERS, but(TELLERS)),
    Step("clue_new", TELLERS, but(TELLERS), data=lambda scene: {"q": "诸葛"}),
    Step("clue_new", but("assigned", TELLERS), but(but("assigned", TELLERS)), params="person=1"),
    Step("clue_check", "village assigned", **HELD),
    Step("clue_check", "village assigned", data=empty, gives=422, **HELD),
    Step("clue_check", "village", **STRAY_HELD),
    Step("clue_place", "village", **STRAY_HELD),
    Step("clue_place", "village", data=lambda scene: {"household": "987654321"}, gives=404,
         **STRAY_HELD),
    Step("clue_register", "village", **STRAY_HELD),
    Step("clue_register", "village", data=empty, gives=422, **STRAY_HELD),
    Step("clue_confirm", "", f"{SEES} {KEEPERS}", clue),
    Step("clue_confirm", "", f"{SEES} {KEEPERS}", clue, data=empty),
    Step("clue_send_back", "", f"{SEES} {KEEPERS}", clue),
    Step("clue_send_back", "", f"{SEES} {KEEPERS}", clue, data=empty),
    Step("clue_case", "", f"{SEES} {KEEPERS}", clue),
    Step("clue_case", "", f"{SEES} {KEEPERS}", clue, data=empty),
    Step("clue_show", REVEALING, "education water auditor administrator",
         lambda scene: [scene.stray_clue.id, "phone"]),
    Step("apply", anonymous=200),
    Step("apply", params="county=341524000000&township=341524105000&village=341524105207",
         data=empty, gives=422, anonymous=422),
    Step("apply_done", gives=302),
    Step("apply_state", anonymous=200),
    Step("apply_state", data=empty, gives=422, anonymous=422),
]  # fmt: skip

# Money: who reads books, keeps funds, sets limits, applies, signs.
BOOKS = but("assigned education water administrator")
COUNTY_BOOKS = "county city province auditor"
BOOKKEEPERS = "township next_township county stranger"
SETTERS = "county stranger city other_city province other_province"
PROPOSERS = "village next_village assigned township next_township"
SIGNERS = "village next_village township next_township county stranger"
OWN_KEEPER = {"opens": "county", "refused": but(BOOKKEEPERS)}
NOT_KEPT = but("county next_township stranger")


def of_fund(scene):
    return [scene.fund.id]


def grant(scene):
    return [scene.grant.id]


def money_act(name, opens, refused, args=grant):
    """The page of an act: its form, and the form sent empty."""
    page = {"opens": opens, "refused": refused, "args": args}
    return [Step(name, **page), Step(name, **page, data=empty, gives=422)]


def grant_call(name, opens):
    """An act over the API, sent empty."""
    told = f"{but(opens, among=OFFICERS)} {KEEPERS}"
    return Step(f"api_grants-{name}", opens, told, grant, data=empty, gives=400, anonymous=401)


FUNDS = [
    Step("funds", BOOKS, but(BOOKS)),
    Step("funds", BOOKS, but(BOOKS), params="division=341524000000"),
    *money_act("fund_new", BOOKKEEPERS, but(BOOKKEEPERS), None),
    Step("fund", COUNTY_BOOKS, but(BOOKS), of_fund),
    *money_act("fund_deposit", args=of_fund, **OWN_KEEPER),
    *money_act("fund_book_back", args=lambda s: [s.fund.id, s.deposited.id], **OWN_KEEPER),
    Step("fund_pay", args=of_fund, **OWN_KEEPER),
    Step("fund_pay", args=of_fund, data=empty, **OWN_KEEPER),
    Step("fund_public", COUNTY_BOOKS, but(BOOKS), of_fund),
    Step("fund_public_file", COUNTY_BOOKS, but(BOOKS), of_fund),
    Step("budgets", BOOKS, but(BOOKS)),
    Step("budgets", BOOKS, but(BOOKS), params="year=2020&division=341524105000"),
    *money_act("budget_new", SETTERS, but(SETTERS), None),
    Step("fund_limits", but(KEEPERS), KEEPERS),
    *money_act("fund_limit_new", SETTERS, but(SETTERS), None),
    Step("grants", but(KEEPERS), KEEPERS),
    Step("grants", but(KEEPERS), KEEPERS, params="state=unfiled&division=341524105207"),
    Step("grants", but(KEEPERS), KEEPERS, params="state=applied&need=illness&fund=1"),
    Step("grant", OFFICERS, KEEPERS, grant),
    Step("grant", OFFICERS, KEEPERS, lambda scene: [scene.relief.id]),
    Step("grant_account", REVEALERS, f"assigned auditor {KEEPERS}", grant),
    Step("grant_account", REVEALERS, f"assigned auditor {KEEPERS}", grant, data=because,
         plain=True),
    *money_act("grant_new", "village assigned township", but(PROPOSERS), household),
    *money_act("grant_urgent", "township county", but(BOOKKEEPERS), household),
    *money_act("grant_sign", "village township county", but(SIGNERS)),
    *money_act("grant_refuse", "village township county", but(SIGNERS)),
    *money_act("grant_withdraw", "village assigned township", but(PROPOSERS)),
    *money_act("grant_pay", "county", NOT_KEPT),
    *money_act("grant_book_back", "county", NOT_KEPT),
    *money_act("grant_file", "county", NOT_KEPT, lambda scene: [scene.relief.id]),
    *api("funds", BOOKS, COUNTY_BOOKS, of_fund, but(BOOKS)),
    Step("api_funds-entries", COUNTY_BOOKS, but(BOOKS), of_fund, anonymous=401),
    Step("api_funds-deposits", "county", f"city province auditor {but(BOOKS)}", of_fund,
         data=empty, gives=400, anonymous=401),
    *api("grants", but(KEEPERS), OFFICERS, grant),
    Step("api_grants-list", PROPOSERS, but(PROPOSERS), data=empty, gives=400, anonymous=401),
    Step("api_grants-urgent", BOOKKEEPERS, but(BOOKKEEPERS), data=empty, gives=400,
         anonymous=401),
    grant_call("sign", "village township county"),
    grant_call("refuse", "village township county"),
    grant_call("withdraw", "village assigned township"),
    grant_call("pay", "township county"),
    grant_call("reverse", "township county"),
    grant_call("file", "township county"),
]  # fmt: skip
WALK += FUNDS


def campaign(scene):
    return [scene.campaign.id]


OPENERS = "county stranger province other_province"
TAKE_PART = but(f"{LINES} {KEEPERS}")
IN_JINZHAI = "village next_village assigned township next_township county city province auditor"
OUT = f"{KEEPERS} {LINES}"
CAMPAIGNS = [
    Step("campaigns", TAKE_PART, OUT),
    *(
        Step("campaign_new", OPENERS, but(OPENERS), args=lambda scene, kind=kind: [kind])
        for kind in ("lookback", "edge", "classes", "screening")
    ),
    Step("campaign_new", OPENERS, but(OPENERS), args=lambda scene: ["edge"], data=empty, gives=422),
    Step("campaign", IN_JINZHAI, OUT, args=campaign),
    Step("campaign", IN_JINZHAI, OUT, args=campaign, params="division=341524105207"),
    Step("campaign_lines", IN_JINZHAI, OUT, args=campaign),
    Step("campaign_lines", IN_JINZHAI, OUT, args=campaign, params="show=done"),
    Step("campaign_lines", "village next_village township next_township county",
         f"{OUT} assigned city province auditor", args=campaign, data=empty, gives=302),
    Step("campaign_candidates", "county", but("county stranger"), args=campaign),
    Step("campaign_person", "", but("county stranger"), args=campaign, params="row=987654321"),
    Step("campaign_end", "county", but("county stranger other_province"), args=campaign),
    Step("campaign_end", "county", but("county stranger other_province"), args=campaign,
         data=empty, gives=422),
    *(
        Step(name, "county", but("county stranger"), args=campaign, data=data, gives=gives)
        for name in ("campaign_add", "campaign_person")
        for data, gives in ((None, 200), (empty, 422))
    ),
]  # fmt: skip
WALK += CAMPAIGNS

FEED_READERS = "county stranger city other_city province other_province education water auditor"
SEE_FEED = "county city province water auditor"
A_FEED = {"refused": but(FEED_READERS), "args": lambda scene: [scene.feed.id]}
OWN_FEED = A_FEED | {"refused": f"{but(FEED_READERS)} county city province auditor"}
FEEDS = [
    Step("feeds", FEED_READERS, but(FEED_READERS)),
    Step("feeds", LINES, but(LINES), data=empty),
    Step("feed", SEE_FEED, **A_FEED),
    Step("feed", SEE_FEED, **A_FEED, params="group=no_hit"),
    Step("feed_progress", SEE_FEED, **A_FEED),
    Step("load_feed", "water", **OWN_FEED, data=empty, gives=302),
    Step("feed_troubles", "water", **OWN_FEED, plain=True),
    Step("api_feeds-list", FEED_READERS, but(FEED_READERS), anonymous=401),
    Step("api_feeds-list", LINES, but(LINES), data=empty, gives=400, anonymous=401),
    Step("api_feeds-detail", SEE_FEED, **A_FEED, anonymous=401),
    Step("api_feeds-rows-to-check", "water", **OWN_FEED, anonymous=401),
]
WALK += FEEDS


def in_charge(scene):
    return [scene.household.in_charge_id]


COVERAGE = [
    Step("coverage", TAKE_PART, OUT),
    Step("coverage", TAKE_PART, OUT, params="division=341524105207"),
    Step("coverage_rows", TAKE_PART, OUT, args=lambda scene: ["wanted"]),
    Step("coverage_rows", TAKE_PART, OUT, args=lambda scene: ["overdue"], params="person=nobody"),
    Step("coverage_person", OFFICERS, OUT, args=in_charge),
]
WALK += COVERAGE


def compared(scene):
    return [scene.compared.id]


HISTORY = but("education water", SEES)
KEPT_AT = {"refused": f"{but('village assigned', SEES)} {KEEPERS}", "args": compared}
WALK += [
    Step("comparison", but("education water administrator"), "education water administrator"),
    Step("comparison", but("education water administrator"), "education water administrator",
         params="division=341524105207"),
    Step("difference", HISTORY, f"{LINES} {KEEPERS}", compared),
    Step("difference_keep", "village assigned", **KEPT_AT),
    Step("difference_keep", "village assigned", data=empty, gives=422, **KEPT_AT),
]  # fmt: skip

BURDEN = [
    Step("burden", TAKE_PART, OUT),
    Step("burden", TAKE_PART, OUT, params="division=341524105207"),
]
WALK += BURDEN


def bulletin(scene):
    return [scene.bulletin.id]


def named(scene):
    return [scene.bulletin.id, scene.named.id]


def objection_of_county(scene):
    return [scene.bulletin.id, scene.bulletin_objection.id]


# The bulletin of the scene is shown to the counties; the household's county is named.
SHOWN_TO = "county stranger city other_city province auditor"
BELOW = "village next_village township next_township other_province"
OTHERS = f"assigned {LINES} {KEEPERS}"
NOT_PROVINCE = but("province other_province")
WALK += [
    Step("bulletins", WHOLE, but(WHOLE)),
    Step("bulletin_compose", "province other_province", NOT_PROVINCE, data=empty, gives=302),
    Step("bulletin", SHOWN_TO, OTHERS, args=bulletin),
    Step("bulletin_word", SHOWN_TO, OTHERS, args=bulletin),
    Step("bulletin_workbook", SHOWN_TO, OTHERS, args=bulletin),
    Step("bulletin_pdf", SHOWN_TO, OTHERS, args=bulletin, data=empty, gives=302),
    *(
        Step(name, "province", NOT_PROVINCE, args=bulletin, data=data, gives=gives)
        for name, data, gives in (
            ("bulletin_edit", None, 200),
            ("bulletin_edit", empty, 422),
            ("bulletin_show", empty, 302),
            ("bulletin_issue", empty, 302),
        )
    ),
    Step("bulletin_object", "county", f"city province auditor {OTHERS}", args=named),
    Step("bulletin_object", "county", f"city province auditor {OTHERS}", args=named, data=empty,
         gives=422),
    Step("bulletin_answer", "province", NOT_PROVINCE, args=objection_of_county),
    Step("bulletin_answer", "province", NOT_PROVINCE, args=objection_of_county, data=empty,
         gives=422),
    Step("bulletin_proof", "county city province auditor", OTHERS, args=objection_of_county),
]  # fmt: skip

LOOKERS = f"{TRIERS} auditor"
WALK += [
    Step("compare_months", WHOLE, but(WHOLE)),
    Step("compare_months", WHOLE, but(WHOLE), params="from=2020-05&to=x&kind=worse&division=34"),
    Step("look_back", LOOKERS, but(LOOKERS)),
    Step("ask_back", "", NOT_PROVINCE, data=empty),
]
