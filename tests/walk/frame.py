"""The walk: frame."""

from tests.walk.steps import KEEPERS, Step, but, empty


def wanted(scene):
    return {
        "path": "/me/deputies/",
        "name": "代理",
        "rhythm": "monthly",
        "day_of_month": 1,
        "weekday": 1,
    }


FRAME = [
    Step("login", anonymous=200, gives=302),
    Step("logout", data=empty, gives=302),
    Step("set_language", data=lambda scene: {"language": "en"}, gives=302),
    Step("change_password"),
    Step("no_post", gives=302),
    Step("switch_post", "", data=empty),
    Step("switch_post", "village", data=lambda s: {"post": s.cast.village.id}, gives=302),
    Step("large_print", data=empty, gives=302),
    Step("me"),
    Step("own_email"),
    Step("own_email", data=lambda scene: {"email": "officer@example.org"}, gives=302),
    Step("own_email", data=lambda scene: {"email": "nobody"}, gives=422),
    Step("new_token"),
    Step("drop_token", "next_village", "", lambda s: [s.token.id], data=empty, gives=302),
    Step("roles"),
    Step("deputies"),
    Step("name_deputy", "village administrator", args=lambda s: [s.cast.village.id]),
    Step(
        "end_deputy",
        "village assigned administrator",
        args=lambda s: [s.deputy.id],
        data=empty,
        gives=302,
    ),
    Step("working_days"),
    Step("working_days", KEEPERS, but(KEEPERS), data=lambda scene: {"year": 2027}),
    Step("working_days_file"),
    Step("officers", KEEPERS, but(KEEPERS)),
    Step("new_officer", KEEPERS, but(KEEPERS)),
    Step("division_options", KEEPERS, but(KEEPERS)),
    Step("officer", KEEPERS, but(KEEPERS), args=lambda scene: [scene.officer.id]),
    Step("new_post", KEEPERS, but(KEEPERS), args=lambda scene: [scene.officer.id]),
    Step("reset_password", KEEPERS, but(KEEPERS), lambda s: [s.officer.id], data=empty),
    Step("set_active", KEEPERS, but(KEEPERS), lambda s: [s.officer.id], data=empty, gives=302),
    Step("close_post", KEEPERS, but(KEEPERS), args=lambda scene: [scene.cast.village.id]),
    Step("reveals", "auditor", but("auditor")),
    Step("account_acts", "auditor", but("auditor")),
    Step("robots.txt", anonymous=200),
    Step("healthz", anonymous=200),
    Step("readyz", anonymous=200),
]

JOBS = [
    Step("jobs"),
    Step("job", "county", args=lambda scene: [scene.job.id]),
    Step("job_progress", "county", args=lambda scene: [scene.job.id]),
    Step("cancel_job", "county", args=lambda scene: [scene.job.id], data=empty, gives=302),
    Step("job_file", "", args=lambda scene: [scene.job.id]),
    Step("ended_jobs", params="jobs=1,2"),
    Step("ask_table", data=lambda scene: {"path": "/me/deputies/"}, gives=302),
    Step("ask_table", KEEPERS, but(KEEPERS), data=lambda s: {"path": "/officers/"}, gives=302),
    Step("ask_table", "", data=lambda scene: {"path": "/me/"}),
    Step("schedules"),
    Step("new_schedule", params="path=/me/deputies/"),
    Step("new_schedule", "", params="path=/me/"),
    Step("new_schedule", data=wanted, gives=302),
    Step("new_schedule", data=lambda s: wanted(s) | {"name": ""}, gives=422),
    *[
        Step(name, "county", args=lambda scene: [scene.schedule.id], data=empty, gives=302)
        for name in ("pause_schedule", "resume_schedule", "delete_schedule")
    ],
]
