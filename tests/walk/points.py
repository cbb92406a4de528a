"""The walk: points of the charity shop."""

from tests.walk.steps import LINES, OFFICERS, OUT, Step, api, but, empty, household

KEEP = "village next_village township next_township"
KEPT = "village township"
# The rules of a township are its villages' too; this one is the village's own.
SEE_LIST = "village assigned township county city province auditor"


def entry(scene):
    return [scene.entry.id]


def rule(scene):
    return [scene.point_rule.id]


def good(scene):
    return [scene.good.id]


def posted(scene):
    return [scene.point_list.id]


def act(name, args, opens=KEPT, refused=but(KEEP)):
    """The page of an act: its form, and the form sent empty."""
    page = {"opens": opens, "refused": refused, "args": args}
    return [Step(name, **page), Step(name, **page, data=empty, gives=422)]


POINTS = [
    Step("household_points", OFFICERS, LINES, household),
    Step("points", but(OUT), OUT),
    Step("points", but(OUT), OUT, params="division=341524105207"),
    *act("points_earn", household),
    *act("points_spend", household),
    *act("points_back", entry),
    Step("points_shop", but(OUT), OUT),
    Step("points_shop", but(OUT), OUT, params="division=341524105207"),
    *act("point_rule_new", None, KEEP),
    *act("point_rule_end", rule),
    *act("shop_good_new", None, KEEP),
    *act("shop_good_put_in", good),
    Step("shop_good_close", KEPT, but(KEEP), good),
    Step("shop_good_close", KEPT, but(KEEP), good, data=empty, gives=302),
    Step("points_list", SEE_LIST, OUT, posted),
    Step("points_list_file", SEE_LIST, OUT, posted),
    Step("points_lists", but(OUT), OUT),
    Step("points_lists", but(OUT), OUT, params="division=341524105207"),
    *act("points_publish", None, KEEP),
    *api("points", but(OUT), OFFICERS, entry, OUT),
    Step("api_points-earn", KEEP, but(KEEP), data=empty, gives=400, anonymous=401),
    Step("api_points-spend", KEEP, but(KEEP), data=empty, gives=400, anonymous=401),
]
