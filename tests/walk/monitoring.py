"""The walk: monitoring."""

from tests.walk.steps import (
    KEEPERS,
    LINES,
    OFFICERS,
    OFFICERS_ALL,
    OUT,
    SEES,
    TAKE_PART,
    Step,
    but,
    empty,
    household,
)

MONITORING = [
    Step("today"),
    Step("today_below", but(f"assigned village next_village {LINES} {KEEPERS}")),
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

PROCEDURES = [
    Step("procedures"),
    Step("procedures", params="role=county"),
    Step("procedure", args=lambda scene: ["closing_exited"]),
    Step("procedure", args=lambda scene: ["edge_listing"]),
]

ASSURANCES = [
    Step("assurances", OFFICERS_ALL, f"{KEEPERS} {LINES}"),
    Step("assurances", OFFICERS_ALL, f"{KEEPERS} {LINES}", params="division=341524105207&days=30"),
    Step("assurance_rows", OFFICERS_ALL, f"{KEEPERS} {LINES}"),
    Step("assurance_rows", OFFICERS_ALL, f"{KEEPERS} {LINES}", params="state=open&problem=water"),
]


def in_charge(scene):
    return [scene.household.in_charge_id]


COVERAGE = [
    Step("coverage", TAKE_PART, OUT),
    Step("coverage", TAKE_PART, OUT, params="division=341524105207"),
    Step("coverage_rows", TAKE_PART, OUT, args=lambda scene: ["wanted"]),
    Step("coverage_rows", TAKE_PART, OUT, args=lambda scene: ["overdue"], params="person=nobody"),
    Step("coverage_person", OFFICERS, OUT, args=in_charge),
]

BURDEN = [
    Step("burden", TAKE_PART, OUT),
    Step("burden", TAKE_PART, OUT, params="division=341524105207"),
]
