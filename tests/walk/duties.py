"""The walk: duties."""

from tests.walk.steps import ASKERS, KEEPERS, Step, but, empty

WORKERS = but(f"auditor {KEEPERS}")
AT_TASK = "village assigned township county city province auditor"


def task(scene):
    return [scene.task.id]


DUTIES = [
    Step("tasks", but(KEEPERS), KEEPERS),
    Step("tasks", but(KEEPERS), KEEPERS, params="tab=ended&kind=request&q=诸葛"),
    Step("tasks", but(KEEPERS), KEEPERS, params="tab=all&due=overdue&division=341524105207"),
    Step("task_ask", ASKERS, but(ASKERS)),
    Step("task_ask", ASKERS, but(ASKERS), data=empty, gives=422),
    Step("task", AT_TASK, args=task),
    *(
        Step(name, "village assigned", but("village assigned", among=AT_TASK), args=task)
        for name in ("task_note", "task_end", "task_hand_over")
    ),
    *(
        Step(
            name,
            "village assigned",
            but("village assigned", among=AT_TASK),
            args=task,
            data=empty,
            gives=422,
        )
        for name in ("task_note", "task_end", "task_hand_over")
    ),
]
