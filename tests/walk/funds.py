"""The walk: funds."""

from tests.walk.steps import KEEPERS, OFFICERS, REVEALERS, Step, api, because, but, empty, household

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
    *money_act("fund_close", args=of_fund, **OWN_KEEPER),
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
    Step("api_funds-close", "county", f"city province auditor {but(BOOKS)}", of_fund, data=empty,
         gives=400, anonymous=401),
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
