"""The walk: project assets, the collectives' books, the project store."""

from tests.walk.steps import OFFICERS, Step, api, but, empty

READ = but("assigned education water administrator")
# Water is in charge of irrigation and drinking water: it reads those, nothing else of the scene.
LINE_READ = but("assigned education administrator")
LINE_OUT = "assigned education administrator"
HERE = "village township county city province auditor"
OUT = "assigned education water administrator"
KEEP = "village next_village township next_township county stranger"
ABOVE = "township next_township county stranger"
PLACED = "village next_village township next_township"


def asset(scene):
    return [scene.asset.id]


def project(scene):
    return [scene.project.id]


def village(scene):
    return [scene.cast.village.division_id]


def page(name, opens, refused, args=None, params=""):
    """The page of an act: its form, and the form sent empty."""
    said = {"opens": opens, "refused": refused, "args": args, "params": params}
    return [Step(name, **said), Step(name, **said, data=empty, gives=422)]


def asset_page(act, opens="village township county", made=asset):
    """Who keeps here and may not do this is told so; who keeps elsewhere finds nothing."""
    told = f"{but(opens, among='village township county')} {but(KEEP)}"
    return page("asset_act", opens, told, lambda scene: [*made(scene), act])


def project_page(act, opens, made=project):
    told = f"{but(opens, among='village township county')} {but(KEEP)}"
    return page("project_act", opens, told, lambda scene: [*made(scene), act])


def asked_off(scene):
    return [scene.asset_asked.id]


def in_store(scene):
    return [scene.project_stored.id]


KEPT_HERE = {"opens": "village township county", "refused": but(KEEP)}
PROJECTS = [
    Step("assets", LINE_READ, LINE_OUT),
    Step("assets", LINE_READ, LINE_OUT,
         params="which=unseen&kind=workshop&division=341524105207"),
    Step("asset", HERE, LINE_OUT, asset),
    Step("asset", f"{HERE} water", LINE_OUT, lambda scene: [scene.asset_of_water.id]),
    Step("asset_photo", HERE, LINE_OUT, lambda scene: [scene.asset_seen.id]),
    *page("asset_new", ABOVE, but(ABOVE)),
    *asset_page("change"),
    *asset_page("inspect"),
    *asset_page("upkeep"),
    *asset_page("repaired"),
    *asset_page("lease"),
    *asset_page("ask-write-off"),
    *asset_page("transfer", "township county"),
    *asset_page("ask-repair", "county"),
    *asset_page("write-off", "county", asked_off),
    *asset_page("keep", "county", asked_off),
    *page("lease_end", args=lambda scene: [scene.lease.id], **KEPT_HERE),
    Step("collectives", READ, OUT),
    Step("collectives", READ, OUT, params="which=low&year=2019&division=341524105000"),
    Step("collective", HERE, OUT, village),
    *page("collective_income", args=village, **KEPT_HERE),
    *page("collective_use", args=village, **KEPT_HERE),
    *page("collective_book_back", args=lambda s: [*village(s), s.earned.id], **KEPT_HERE),
    Step("projects", LINE_READ, LINE_OUT),
    Step("projects", LINE_READ, LINE_OUT,
         params="which=store&year=2020&priority=income&kind=industry"),
    Step("project", HERE, LINE_OUT, project),
    Step("project", f"{HERE} water", LINE_OUT, lambda scene: [scene.project_of_water.id]),
    *page("project_new", PLACED, but(PLACED)),
    *page("project_households", args=project, **KEPT_HERE),
    *page("project_household_out", args=lambda s: [s.project.id, s.helped.id], **KEPT_HERE),
    Step("project_act", "township", f"village county {but(KEEP)}",
         lambda s: [s.project.id, "pass"]),
    *project_page("return", "township"),
    *project_page("adjust", "county", in_store),
    *project_page("out", "county", in_store),
    *project_page("start", "township county", in_store),
    *api("assets", LINE_READ, HERE, asset, LINE_OUT),
    Step("api_assets-list", ABOVE, but(ABOVE), data=empty, gives=400, anonymous=401),
    Step("api_assets-acts", HERE, LINE_OUT, asset, anonymous=401),
    Step("api_assets-inspections", "village township county",
         f"{but('village township county', among=OFFICERS)} administrator education",
         asset, data=empty, gives=400, anonymous=401),
    *api("projects", LINE_READ, HERE, project, LINE_OUT),
    Step("api_projects-list", PLACED, but(PLACED), data=empty, gives=400, anonymous=401),
    Step("api_projects-households", HERE, LINE_OUT, project, anonymous=401),
    Step("api_projects-households", "village township county",
         f"{but('village township county', among=OFFICERS)} administrator education",
         project, data=empty, gives=400, anonymous=401),
    *api("collectives", READ, HERE, village, OUT),
    Step("api_collectives-entries", HERE, OUT, village, anonymous=401),
    Step("api_collectives-income", "village township county",
         f"{but('village township county', among=OFFICERS)} administrator education water",
         village, data=empty, gives=400, anonymous=401),
    Step("api_collectives-uses", "village township county",
         f"{but('village township county', among=OFFICERS)} administrator education water",
         village, data=empty, gives=400, anonymous=401),
]  # fmt: skip
