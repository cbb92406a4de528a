"""Background work of the register."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division
from accounts.models.divisions import Level
from households import importing
from households.models import Household, NationalImport
from households.old_uploads import remove_old_uploads
from households.outgoing.finding import find_differences
from households.quality.asking import KIND, ask_for_run
from households.quality.running import check_province
from jobs.registry import kind
from jobs.running import Refused, report_progress


def may_open(job, post):
    return NationalImport.objects.visible_to(post).filter(pk=job.key).exists()


@kind(importing.KIND, title=gettext_lazy("Import of the national export"), may_open=may_open)
def national_import(job):
    """Checks the file, or loads it. Repeatable: what is loaded is not loaded again."""
    imported = NationalImport.objects.select_related("division", "asked_by").get(pk=job.key)

    def progress(share, rows, stage):
        total = max(rows, round(rows / share)) if share else 0
        report_progress(job, done=rows, total=total, stage=stage)

    at = timezone.now()
    if job.arguments["load"]:
        officer = job.asked_by.officer if job.asked_by else None
        importing.load_import(imported, progress=progress, by=officer, at=at)
        if not imported.problem:
            find_differences(imported.division, at=at)
    else:
        importing.check_import(imported, progress=progress, at=at)
    if imported.problem:
        raise Refused(imported.problem)
    return {"url": reverse("import", args=[imported.pk])}


@kind(KIND, title=gettext_lazy("Check of data quality"))
def data_quality(job):
    """``arguments``: province_id. Repeatable: what stands already stays as it is."""
    province = Division.objects.get(id=job.arguments["province_id"])
    find_differences(province, at=timezone.now())
    run = check_province(province, at=timezone.now())
    words = _("%(standing)d faults stand: %(opened)d new, %(fixed)d fixed since the last check.")
    counts = {"standing": run.standing, "opened": run.opened, "fixed": run.fixed}
    return counts | {"sentence": words % counts}


@shared_task
def check_data_quality():
    """By the calendar, every night, for every province with households."""
    now = timezone.now()
    provinces = Household.objects.values("province").distinct()
    for province in Division.objects.filter(level=Level.PROVINCE, id__in=provinces):
        ask_for_run(province=province, by=None, at=now)


@shared_task
def remove_uploads():
    remove_old_uploads(at=timezone.now())
