"""The roll-up as a job, asked for by the calendar as soon as a month is frozen."""

from django.utils.translation import gettext_lazy as _

from jobs.registry import kind
from jobs.running import ask
from monitoring.models import Run
from reports.figures.rolling import roll_up


@kind("figures", title=_("figures of a month"))
def figures(job):
    """``arguments``: run_id."""
    run = Run.objects.select_related("province").get(id=job.arguments["run_id"])
    return {"divisions": roll_up(run)}


def ask_for_figures(run, *, by, at):
    """The job of this month's figures; asked twice, it is one."""
    key = f"{run.province.code} {run.month:%Y-%m}"
    return ask("figures", key=key, arguments={"run_id": run.id}, by=by, at=at)
