"""The walk: assistance."""

from tests.walk.steps import (
    CARRIERS,
    KEEPERS,
    LINES,
    OFFICERS,
    SEES,
    Step,
    api,
    but,
    empty,
    household,
)


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
    *carries("measure_source"),
    Step("household_sources", MAKERS, but(CARRIERS), household, gives=302),
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


def excepted(scene):
    return [scene.excepted.id]


def proof(scene):
    return [scene.proof.id]


CARRY_HERE = "village assigned township county water"
READ_ONLY = f"city province auditor {KEEPERS}"
# The scene's plan and action have no exception to prove: nobody puts a proof to them.
PROOFS = [
    Step("plan_proof_add", "", f"{OFFICERS} {LINES} {KEEPERS}", plan),
    Step("plan_proof_add", "", f"{OFFICERS} {LINES} {KEEPERS}", plan, data=empty),
    Step("action_proof_add", "", f"{SEES_ACTION} {KEEPERS}", action),
    Step("action_proof_add", "", f"{SEES_ACTION} {KEEPERS}", action, data=empty),
    Step("measure_proof_add", CARRY_HERE, READ_ONLY, excepted),
    Step("measure_proof_add", CARRY_HERE, READ_ONLY, excepted, data=empty, gives=422),
    Step("exception_proof", SEES_MEASURE, KEEPERS, proof),
    Step(
        "exception_proof_take_out",
        "village assigned",
        f"township county water {READ_ONLY}",
        proof,
    ),
    Step(
        "exception_proof_take_out",
        "village assigned",
        f"township county water {READ_ONLY}",
        proof,
        data=empty,
        gives=422,
    ),
    *api("exception-proofs", but(KEEPERS), SEES_MEASURE, proof),
    Step("api_exception-proofs-list", CARRIERS, but(CARRIERS), data=empty, gives=400,
         anonymous=401),
    Step("api_exception-proofs-file", SEES_MEASURE, KEEPERS, proof, anonymous=401),
]  # fmt: skip
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
