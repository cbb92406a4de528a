"""The walk: reports."""

from reports.ledgers import LEDGERS as EVERY_LEDGER
from tests.walk.steps import KEEPERS, LINES, REPORTERS, Step, but, empty

DOWNLOADERS = "township next_township county stranger city other_city province"
REPORTS = [
    Step("red_report", REPORTERS, but(REPORTERS)),
    Step("red_report_workbook", DOWNLOADERS, but(DOWNLOADERS), data=empty, gives=302),
]

LEDGER = {"refused": f"{LINES} {KEEPERS}", "args": lambda scene: ["three-colour"]}
NO_LINES = but(f"{LINES} {KEEPERS}")
VIEWERS = "village next_village assigned township next_township county city province auditor"


def saved_view(scene):
    return [scene.ledger_view.id]


LEDGERS = [
    Step("ledgers", NO_LINES, f"{LINES} {KEEPERS}"),
    Step("ledger", NO_LINES, **LEDGER),
    Step("ledger", NO_LINES, **LEDGER, params="division=341524105207&on=2020-06-25"),
    Step("ledger_counts", NO_LINES, **LEDGER),
    Step("ledger", NO_LINES, **LEDGER, params="counted=1"),
    Step("ledger_print", NO_LINES, **LEDGER),
    Step("ledger_workbook", NO_LINES, **LEDGER, data=empty, gives=302),
    *(
        Step("ledger", NO_LINES, f"{LINES} {KEEPERS}", args=lambda scene, slug=slug: [slug])
        for slug in EVERY_LEDGER
        if slug != "three-colour"
    ),
    Step("ledger_print", NO_LINES, f"{LINES} {KEEPERS}", args=lambda scene: ["students"]),
    Step("ledger", NO_LINES, f"{LINES} {KEEPERS}", args=lambda scene: ["employment"],
         params="tier=red&part=works&columns=labour,age"),
    Step("ledger_save", NO_LINES, **LEDGER, data=empty, gives=302),
    # Shared by the county: seen above, below and beside it. Only the county shares and deletes it.
    Step("ledger_view", VIEWERS, args=saved_view, gives=302),
    Step("ledger_view_share", "county", args=saved_view, data=empty, gives=302),
    Step("ledger_view_delete", "county", args=saved_view, data=empty, gives=302),
]  # fmt: skip

WHOLE = but(f"assigned {LINES} {KEEPERS}")  # who sees a division whole
FIGURED = but("other_province", among=WHOLE)  # whose province has figures of the scene's month


def flagged(scene):
    return [scene.rolled]


FIGURING = but(f"assigned {KEEPERS}")  # whoever sees a division whole, and departments
NO_FIGURES = f"assigned {KEEPERS}"
FIGURE = {"refused": NO_FIGURES, "args": flagged}  # departments have figures of their own
FIGURES = [
    Step("figures", FIGURING, NO_FIGURES),
    Step("figures", FIGURING, NO_FIGURES, params="group=tiers&span=quarter&order=-tier_red"),
    Step("figures", FIGURING, NO_FIGURES, params="group=steps&figure=step_township_review"),
    Step("figures", FIGURING, NO_FIGURES, params="group=burden"),
    Step("figures", FIGURING, NO_FIGURES, params="group=departments&figure=late_health"),
    Step("figures", FIGURING, NO_FIGURES, params="group=data"),
    Step("figure", FIGURED, **FIGURE, params="month=2020-06"),
    Step("figure", FIGURED, **FIGURE, params="month=2020-06&span=quarter"),
    Step("figure_workbook", FIGURED, **FIGURE, data=empty, gives=302),
    Step("api_figures-list", FIGURING, NO_FIGURES, anonymous=401),
    Step("api_figures-detail", WHOLE, **FIGURE, anonymous=401),
    Step("api_figures-values", FIGURED, **FIGURE, params="month=2020-06&below=1", anonymous=401),
    Step("api_figures-rows", FIGURED, **FIGURE, params="month=2020-06", anonymous=401),
]

TRIERS = "county stranger city other_city province other_province"


def trial(scene):
    return [scene.trial.id]


TRIALS = [
    Step("trials", f"{TRIERS} auditor", but(f"{TRIERS} auditor")),
    Step("trial_new", TRIERS, but(TRIERS)),
    Step("trial_new", TRIERS.replace(" other_province", ""), but(TRIERS), data=empty, gives=422,
         others=200),
    Step("trial", "province", but(f"{TRIERS} auditor"), args=trial),
    Step("trial_share", "province", args=trial, data=empty, gives=302),
    Step("trial_adopt", "province", but("province other_province"), args=trial),
    Step("trial_adopt", "province", but("province other_province"), args=trial, data=empty,
         gives=422),
]  # fmt: skip


def bulletin(scene):
    return [scene.bulletin.id]


def named(scene):
    return [scene.bulletin.id, scene.named.id]


def objection_of_county(scene):
    return [scene.bulletin.id, scene.bulletin_objection.id]


# The bulletin of the scene is shown to the counties; the household's county is named.
SHOWN_TO = "county stranger city other_city province auditor"
BELOW = "village next_village township next_township other_province"
OTHERS = f"assigned {LINES} {KEEPERS}"
NOT_PROVINCE = but("province other_province")
BULLETINS = [
    Step("bulletins", WHOLE, but(WHOLE)),
    Step("bulletin_compose", "province other_province", NOT_PROVINCE, data=empty, gives=302),
    Step("bulletin", SHOWN_TO, OTHERS, args=bulletin),
    Step("bulletin_word", SHOWN_TO, OTHERS, args=bulletin),
    Step("bulletin_workbook", SHOWN_TO, OTHERS, args=bulletin),
    Step("bulletin_pdf", SHOWN_TO, OTHERS, args=bulletin, data=empty, gives=302),
    *(
        Step(name, "province", NOT_PROVINCE, args=bulletin, data=data, gives=gives)
        for name, data, gives in (
            ("bulletin_edit", None, 200),
            ("bulletin_edit", empty, 422),
            ("bulletin_show", empty, 302),
            ("bulletin_issue", empty, 302),
        )
    ),
    Step("bulletin_object", "county", f"city province auditor {OTHERS}", args=named),
    Step("bulletin_object", "county", f"city province auditor {OTHERS}", args=named, data=empty,
         gives=422),
    Step("bulletin_answer", "province", NOT_PROVINCE, args=objection_of_county),
    Step("bulletin_answer", "province", NOT_PROVINCE, args=objection_of_county, data=empty,
         gives=422),
    Step("bulletin_proof", "county city province auditor", OTHERS, args=objection_of_county),
]  # fmt: skip

LOOKERS = f"{TRIERS} auditor"
COMPARED = [
    Step("compare_months", WHOLE, but(WHOLE)),
    Step("compare_months", WHOLE, but(WHOLE), params="from=2020-05&to=x&kind=worse&division=34"),
    Step("compare_counts", WHOLE, but(WHOLE)),
    Step("look_back", LOOKERS, but(LOOKERS)),
    Step("ask_back", "", NOT_PROVINCE, data=empty),
]
