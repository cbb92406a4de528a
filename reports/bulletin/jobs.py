"""The PDF of a bulletin takes seconds: it is made in the background. And the draft of a quarter."""

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.registry import kind
from jobs.running import Refused, ask
from reports.bulletin.documents import pdf_of
from reports.models import Bulletin


def may_open(job, post):
    own = job.asked_by_id == post.id
    return own and Bulletin.objects.visible_to(post).filter(pk=job.arguments["bulletin"]).exists()


@kind("bulletin_pdf", title=gettext_lazy("bulletin as PDF"), may_open=may_open)
def bulletin_pdf(job):
    """``arguments``: bulletin (id), version: as it stood when it was asked for, or later."""
    rows = Bulletin.objects.visible_to(job.asked_by)
    found = rows.select_related("province").filter(pk=job.arguments["bulletin"]).first()
    if found is None:
        raise Refused(_("This bulletin is not there."))
    job.file.save(f"bulletin-{job.id}.pdf", ContentFile(pdf_of(found)), save=False)
    job.file_name = f"{found.title}.pdf"
    return {}


def ask_for_pdf(bulletin, *, by, at):
    return ask(
        "bulletin_pdf",
        key=f"{by.id} {bulletin.pk} {bulletin.version}",
        arguments={"bulletin": bulletin.pk, "version": bulletin.version},
        by=by,
        at=at,
    )
