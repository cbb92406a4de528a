"""The walk: cases."""

from tests.walk.steps import (
    KEEPERS,
    LINES,
    OFFICERS,
    SEES,
    Step,
    api,
    but,
    empty,
    household,
    number,
)


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
