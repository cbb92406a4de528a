"""The walk: rounds."""

from tests.walk.steps import KEEPERS, LINES, OUT, TAKE_PART, Step, but, empty

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


def campaign(scene):
    return [scene.campaign.id]


OPENERS = "county stranger province other_province"
IN_JINZHAI = "village next_village assigned township next_township county city province auditor"
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
