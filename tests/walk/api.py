"""The walk: api."""

from tests.walk.rounds import IN_JINZHAI, OPENERS, campaign
from tests.walk.steps import (
    ALL,
    ASKERS,
    CARRIERS,
    KEEPERS,
    LINES,
    OFFICERS,
    OUT,
    RECORDERS,
    REPORTERS,
    SEES,
    TAKE_PART,
    Step,
    api,
    but,
    empty,
    household,
)
from tests.walk.supervision import AT_FINDING, finding


def acts(prefix, names, opens, args, refused=KEEPERS, **given):
    """Acts on one row, sent empty: whoever sees it is told what is missing."""
    return [
        Step(f"api_{prefix}-{name}", opens, refused, args, data=empty, gives=400, anonymous=401,
             **given)
        for name in names.split()
    ]  # fmt: skip


def campaign_line(scene):
    return [scene.campaign.lines.get(household=scene.household).id]


def difference(scene):
    return [scene.compared.id]


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
    *acts("clues", "check confirm send-back open-case place", SEES, lambda scene: [scene.clue.id]),
    *api("findings", but(KEEPERS), AT_FINDING, finding),
    Step("api_findings-list", ASKERS, but(ASKERS), data=empty, gives=400, anonymous=401),
    *acts("findings", "answer accept send-back withdraw follow-up", AT_FINDING, finding),
    *api("differences", but(f"{KEEPERS} {LINES}"), OFFICERS, difference, f"{KEEPERS} {LINES}"),
    *acts("differences", "keep", OFFICERS, difference, f"{KEEPERS} {LINES}"),
    *api("campaigns", TAKE_PART, IN_JINZHAI, campaign, OUT),
    Step("api_campaigns-list", OPENERS, but(OPENERS), data=empty, gives=400, anonymous=401),
    *acts("campaigns", "end add add-person add-candidate", IN_JINZHAI, campaign, OUT),
    Step(
        "api_campaigns-candidates",
        "county",
        but("county stranger"),
        campaign,
        anonymous=401,
    ),
    *api("campaign-lines", TAKE_PART, OFFICERS, campaign_line, OUT),
    *acts("campaign-lines", "answer look confirm", OFFICERS, campaign_line, OUT),
    *api("reviews", but(KEEPERS), but(f"{KEEPERS} other_province"), lambda scene: [scene.run.id]),
    Step("api_schema", ALL, anonymous=200),
    Step("api_docs", ALL, anonymous=200),
    Step("api_nothing", "", args=lambda scene: ["nowhere/"], anonymous=404),
]
