"""The walk: households."""

from tests.walk.steps import (
    KEEPERS,
    LINES,
    OFFICERS,
    OFFICERS_ALL,
    RECORDERS,
    REVEALERS,
    SEES,
    Step,
    because,
    but,
    edits,
    empty,
    household,
    member,
    number,
)

MAY_REVEAL = "village next_village township next_township county stranger city other_city"
MAY_REVEAL += " province other_province"

STATERS = "village assigned township county"
MAY_STATE = "village next_village assigned township next_township county stranger"

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
    Step("household_income_state", STATERS, but(MAY_STATE), household),
    Step("household_income_state", STATERS, but(MAY_STATE), household, data=empty, gives=422),
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
