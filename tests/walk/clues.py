"""The walk: clues and the comparison that makes them."""

from tests.walk.steps import KEEPERS, LINES, SEES, Step, but, empty

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

CLUES = [
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


def compared(scene):
    return [scene.compared.id]


HISTORY = but("education water", SEES)
KEPT_AT = {"refused": f"{but('village assigned', SEES)} {KEEPERS}", "args": compared}
COMPARISON = [
    Step("comparison", but("education water administrator"), "education water administrator"),
    Step("comparison", but("education water administrator"), "education water administrator",
         params="division=341524105207"),
    Step("difference", HISTORY, f"{LINES} {KEEPERS}", compared),
    Step("difference_keep", "village assigned", **KEPT_AT),
    Step("difference_keep", "village assigned", data=empty, gives=422, **KEPT_AT),
]  # fmt: skip
