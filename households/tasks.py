"""Background work of the register."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from households import importing
from households.models import NationalImport
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
    else:
        importing.check_import(imported, progress=progress, at=at)
    if imported.problem:
        raise Refused(imported.problem)
    return {"url": reverse("import", args=[imported.pk])}
