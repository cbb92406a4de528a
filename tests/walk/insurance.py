"""The walk: insurance against poverty."""

from tests.walk.steps import KEEPERS, LINES, OFFICERS, Step, api, but, empty, household

# Departments but insurance see nothing of it; the county keeps its policy, the city its part.
OUT = f"{LINES} {KEEPERS}"
KEEPS = "county stranger city other_city"
COUNTIES = "county stranger"
OPENERS = "village next_village assigned township next_township"
OWN_OPENERS = "village assigned township"
REVIEWERS = "township next_township county stranger"
DECIDERS = "county stranger education water"
# Whoever lies in the county sees its policy.
IN_COUNTY = "village next_village assigned township next_township county city province auditor"


def policy(scene):
    return [scene.policy.id]


def claim(scene):
    return [scene.claim.id]


def payment(scene):
    return [scene.policy.id, scene.premium.id]


def form(name, opens, refused, args=None, gives=422):
    """The page of an act: its form, and the form sent empty."""
    page = {"opens": opens, "refused": refused, "args": args}
    return [Step(name, **page), Step(name, **page, data=empty, gives=gives)]


def claim_call(name, opens, able):
    """An act over the API, sent empty."""
    told = f"{but(able, among=OFFICERS)} {OUT}"
    return Step(f"api_claims-{name}", opens, told, claim, data=empty, gives=400, anonymous=401)


INSURANCE = [
    Step("insurance", but(OUT), OUT),
    Step("insurance", but(OUT), OUT, params="year=2020&division=341524000000"),
    *form("insurance_policy_new", COUNTIES, but(COUNTIES)),
    Step("insurance_policy", IN_COUNTY, OUT, policy),
    *form("insurance_policy_change", "county", f"{but(KEEPS)} city", policy),
    *form("premium_new", "county city", but(KEEPS), policy),
    *form("premium_take_back", "county", f"{but(KEEPS)} city", payment),
    Step("claims", but(OUT), OUT),
    Step("claims", but(OUT), OUT, params="state=prepared&division=341524105207"),
    Step("claims", but(OUT), OUT, params="state=prepared&peril=illness&policy=1"),
    Step("claim", OFFICERS, OUT, claim),
    *form("claim_new", OWN_OPENERS, but(OPENERS), household),
    *form("claim_change", OWN_OPENERS, but(OPENERS), claim),
    *form("claim_paper_add", OWN_OPENERS, f"county city province auditor {OUT}", claim),
    Step("claim_paper", OFFICERS, OUT, lambda scene: [scene.claim_paper.id]),
    *form("claim_paper_take_out", OWN_OPENERS, f"county city province auditor {OUT}",
          lambda scene: [scene.claim_paper.id]),
    *form("claim_check", OWN_OPENERS, but(OPENERS), claim),
    *form("claim_submit", OWN_OPENERS, but(OPENERS), claim),
    *form("claim_withdraw", OWN_OPENERS, but(OPENERS), claim),
    *form("claim_pass_on", "township county", but(REVIEWERS), claim),
    *form("claim_return", "township county",
          f"{but(f'{REVIEWERS} {DECIDERS}')} {LINES}", claim),
    *form("claim_refuse", "county", f"{but(DECIDERS)} {LINES}", claim),
    *form("claim_accept", "county", f"{but(DECIDERS)} {LINES}", claim),
    *form("claim_pay", "county", f"{but(DECIDERS)} {LINES}", claim),
    *form("claim_take_back", "county", f"{but(DECIDERS)} {LINES}", claim),
    *api("policies", but(OUT), IN_COUNTY, policy, OUT),
    Step("api_policies-list", KEEPS, but(KEEPS), data=empty, gives=400, anonymous=401),
    Step("api_policies-premium", "county city", but(KEEPS), policy, data=empty, gives=400,
         anonymous=401),
    *api("claims", but(OUT), OFFICERS, claim, OUT),
    Step("api_claims-list", OPENERS, but(OPENERS), data=empty, gives=400, anonymous=401),
    Step("api_claims-papers", OWN_OPENERS, f"county city province auditor {OUT}", claim,
         data=empty, gives=400, anonymous=401),
    claim_call("check", OWN_OPENERS, OWN_OPENERS),
    claim_call("submit", OWN_OPENERS, OWN_OPENERS),
    claim_call("withdraw", OWN_OPENERS, OWN_OPENERS),
    claim_call("pass-on", "township county", "township county"),
    claim_call("send-back", "township county", "township county"),
    claim_call("refuse", "county", "county"),
    claim_call("accept", "county", "county"),
    claim_call("pay", "county", "county"),
    claim_call("take-back", "county", "county"),
]  # fmt: skip
