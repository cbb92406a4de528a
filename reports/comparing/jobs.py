from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.registry import kind
from jobs.running import ask
from monitoring.models import Run
from reports.comparing.looking_back import look_back


@kind("look_back", title=_("looking back at a month"))
def look_back_job(job):
    """``arguments``: run_id."""
    run = Run.objects.select_related("province").get(id=job.arguments["run_id"])
    kept = look_back(run, at=timezone.now())
    return {"months": kept.months}


def ask_to_look_back(run, *, by, at):
    """Asked twice at once, it is one."""
    key = f"{run.province.code} {run.month:%Y-%m}"
    return ask("look_back", key=key, arguments={"run_id": run.id}, by=by, at=at)
