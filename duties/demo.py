"""Tasks of the demo: faults of its made-up data, and what the township asks of its villages."""

from datetime import timedelta

from accounts.demo import DEMO_VILLAGE
from accounts.models import Division
from accounts.workdays import add_workdays
from duties.chasing import chase_tasks
from duties.doing import note_task, open_task
from duties.faults import follow_faults
from duties.models import Task
from households.quality.running import check_province

# Words, working days that its deadline lies ahead (behind: late).
REQUESTS = (
    ("汛期前逐户排查危旧房和地质灾害隐患点，结果报镇应急办。", 6),
    ("核对本村脱贫户联系电话，换号的在档案中更正。", 1),
    ("上报公益性岗位到岗情况。", -2),
)


def make_tasks(*, today, by, cadre, at):
    """``by`` is the township's post, ``cadre`` the village's."""
    if Task.objects.filter(kind="request").exists():
        return
    check_province(by.division.province, at=at)
    follow_faults(today=today, at=at)
    village = Division.objects.get(code=DEMO_VILLAGE)
    for number, (words, days) in enumerate(REQUESTS):
        due = add_workdays(today, days) if days > 0 else today - timedelta(days=-days)
        task, _new = open_task(
            "request", key=f"demo-{number}", at_division=village, words=words,
            due_on=due, by=by, at=at - timedelta(days=9),
        )  # fmt: skip
    note_task(task, words="两人外出未归，已联系。", seen_version=1, by=cadre, at=at)
    chase_tasks(at=at)
