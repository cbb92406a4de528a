"""The walk: supervision."""

from tests.walk.steps import ASKERS, KEEPERS, Step, but, empty


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
