import tempfile

from celery import shared_task
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division
from accounts.models.divisions import Level
from jobs.registry import kind
from jobs.running import Refused, ask, report_progress
from monitoring.models import Change, Run
from monitoring.policy.rules import BY_CODE
from reports import ledger_job, outgoing  # noqa: F401  register their kinds of jobs
from reports.bulletin import acts
from reports.bulletin import jobs as bulletin_jobs  # noqa: F401  registers its kind of job
from reports.comparing import jobs as comparing_jobs  # noqa: F401  registers its kind of job
from reports.figures import workbooks  # noqa: F401  registers its kind of job
from reports.figures.jobs import ask_for_figures
from reports.figures.rolling import without_rollup
from reports.models import Rollup
from reports.red_flags import GROUPS, filtered, lines_of
from reports.workbook import write_report

YES = {"1"}
# Filters of the report and the values they may have: nothing else that was sent reaches the job.
WANTED = {
    "change": set(Change.values),
    "late": YES,
    "again": YES,
    "no_person": YES,
    "group": set(GROUPS),
    "rule": set(BY_CODE),
}


def may_open(job, post):
    """Only the post that asked, and only while it still sees the division of the file."""
    place = Division.objects.filter(code=job.arguments["division"]).first()
    own = job.asked_by_id == post.id and post.may("download_report")
    return own and place is not None and post.division.contains(place)


@kind("red_flag_report", title=gettext_lazy("red-flag report"), may_open=may_open)
def red_flag_report(job):
    """``arguments``: run_id, division (code), wanted (filters). Rows as seen now."""
    post = job.asked_by
    run = Run.objects.visible_to(post).frozen().filter(id=job.arguments["run_id"]).first()
    if run is None:
        raise Refused(_("This month is not reviewed yet."))
    place = Division.objects.get(code=job.arguments["division"])
    lines = filtered(lines_of(run, post), job.arguments.get("wanted", {}), place)
    total = lines.count()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        rows = write_report(
            file.name,
            lines=lines,
            run=run,
            place=place.full_name,
            progress=lambda done: report_progress(
                job, done=done, total=total, stage=_("writing rows")
            ),
        )
        name = _("red-flag-report") + f"_{place.name}_{run.month:%Y-%m}.xlsx"
        with open(file.name, "rb") as finished:
            job.file.save(f"red-flags-{job.id}.xlsx", File(finished), save=False)
    job.file_name = name
    return {"rows": rows}


def ask_for_report(*, run, division, wanted, by, at):
    """The workbook of what ``by`` sees of a run now, as a job; asked twice at once, it is one."""
    wanted = {key: wanted[key] for key, known in WANTED.items() if wanted.get(key) in known}
    words = " ".join(f"{key}={value}" for key, value in sorted(wanted.items()))
    return ask(
        "red_flag_report",
        key=f"{by.id} {run.id} {division.code} {words}".strip(),
        arguments={"run_id": run.id, "division": division.code, "wanted": wanted},
        by=by,
        at=at,
    )


@shared_task
def roll_up_frozen_months():
    """By the calendar: figures of every month that was frozen since it last looked."""
    now = timezone.now()
    for run in without_rollup():
        ask_for_figures(run, by=None, at=now)


@shared_task
def compose_bulletins():
    """By the calendar, daily: the draft of last quarter, once its three months have figures."""
    now = timezone.now()
    quarter = acts.quarter_before(timezone.localdate(now))
    ids = Rollup.objects.filter(division__level=Level.PROVINCE, month__gte=quarter)
    for province in Division.objects.filter(id__in=ids.values("division")):
        try:
            acts.compose(province=province, quarter=quarter, by=None, at=now)
        except Refused:
            continue  # a month is not counted yet; it is asked for again tomorrow
