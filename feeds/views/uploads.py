"""Pages of the departments' files: the first rows are looked at before anything is taken in."""

import tempfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.refusals import Refused
from feeds import undoing, uploading, wording
from feeds.coverage import coverage
from feeds.forms import ColumnsForm, UndoForm, UploadForm
from feeds.kinds import kinds_of
from feeds.models import FeedUpload, UploadState
from feeds.models.uploads import OVERSEERS
from feeds.troubles import write_workbook
from households.views.imports import XLSX
from jobs.models import Job

WHO = ("division", "asked_by__officer", "same_as", "undone_by__officer")
READERS = ("department", *OVERSEERS)


def reads_feeds(view):
    """Departments, and those who oversee them."""

    @post_required()
    def enter(request, *args, **kwargs):
        if request.post.role not in READERS:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return enter


def _visible(request, pk):
    rows = FeedUpload.objects.visible_to(request.post)
    return get_object_or_404(rows.select_related(*WHO), pk=pk)


def _job(upload):
    """The work that is under way, or that ended last."""
    return Job.objects.filter(kind__in=[uploading.KIND, undoing.KIND], key=str(upload.pk)).first()


@reads_feeds
def feeds(request):
    kinds = kinds_of(request.post)
    form = None
    if kinds:
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(kinds, *posted, today=timezone.localdate())
    if request.method == "POST":
        if not kinds:
            raise PermissionDenied
        if form.is_valid() and (upload := _upload(request, form)):
            return redirect("feed", upload.pk)
    rows = FeedUpload.objects.visible_to(request.post)
    rows = rows.select_related("division", "asked_by__officer")
    context = {
        "form": form,
        "page": page_of(rows, request.GET, order=("-asked_at", "-id"), size=20),
        "coverage": coverage(request.post),
        "own": request.post.role_row.sees == "line",
        "layout": "base_aside.html" if form else "base.html",
    }
    return render(request, "feeds/feeds.html", context)


def _upload(request, form):
    now = timezone.now()
    given = form.cleaned_data
    try:
        upload, new = uploading.keep_upload(
            file=given["file"],
            name=given["file"].name,
            kind=given["kind"],
            as_of=given["as_of"],
            begins=given["begins"],
            by=request.post,
            at=now,
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None
    if new:
        uploading.ask_look(upload, by=request.post, at=now)
    else:
        messages.info(
            request, _("This file was taken in before; here is what came of it. Nothing is new.")
        )
    return upload


@never_cache
@reads_feeds
def feed(request, pk):
    return _page(request, _visible(request, pk))


def _page(request, upload, form=None, status=200):
    own = upload.asked_by_id == request.post.id
    group = request.GET.get("group", "")
    context = {
        "upload": upload,
        "job": _job(upload),
        "own": own,
        "steps": wording.steps(upload),
        "purpose": wording.purpose(upload.row),
        "columns": wording.columns(upload),
        "may_undo": upload.may_undo(request.post),
        "may_open": upload.may_open_troubles(request.post) and upload.troubles.exists(),
    }
    if upload.state == UploadState.READY and own:
        context["form"] = form or ColumnsForm(upload)
        context["preview"] = _preview(upload)
    if upload.state == UploadState.LOADED:
        context |= {
            "figures": wording.figures(upload.counts),
            "said": wording.said(upload),
            "groups": wording.groups(upload.counts),
            "group": group,
        }
        if request.post.role_row.sees == "line":
            context["troubles"] = page_of(
                _troubles(upload, group), request.GET, order=("row", "id")
            )
    return render(request, "feeds/feed.html", context, status=status)


def _preview(upload):
    """The names of the columns, what each is taken for, and the masked first rows."""
    names = upload.preview["names"]
    meant = {name: field for field, name in upload.columns.items()}
    titles = {column.field: column.title for column in upload.row.all_columns}
    return {
        "heads": [{"name": name, "meant": titles.get(meant.get(name), "")} for name in names],
        "rows": [list(zip(names, row, strict=False)) for row in upload.preview["examples"]],
    }


def _troubles(upload, group):
    rows, wanted = upload.troubles.all(), wording.of_group(group)
    if "reason" in wanted:
        return rows.filter(reason=wanted["reason"])
    return rows.exclude(reason__in=wanted["without"]) if wanted else rows


@never_cache
@reads_feeds
def feed_progress(request, pk):
    """Asked every two seconds; when the work has ended the page is loaded anew."""
    upload = _visible(request, pk)
    job = _job(upload)
    if job is None or job.ended:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "feeds/progress.html", {"upload": upload, "job": job})


def _own(request, pk):
    """The upload for who brought it; for others who see it, refused."""
    upload = _visible(request, pk)
    if upload.asked_by_id != request.post.id:
        raise PermissionDenied
    return upload


@require_POST
@reads_feeds
def load_feed(request, pk):
    upload = _own(request, pk)
    form = ColumnsForm(upload, request.POST)
    if upload.state == UploadState.READY and form.is_valid():
        try:
            uploading.ask_load(
                upload,
                columns=form.columns(),
                as_of=form.cleaned_data["as_of"],
                by=request.post,
                at=timezone.now(),
            )
            return redirect("feed", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if upload.state != UploadState.READY:
        messages.error(request, _("Only a file that has been read can be taken in."))
        return redirect("feed", pk)
    return _page(request, upload, form, status=422)


@reads_feeds
def undo_feed(request, pk):
    upload = _visible(request, pk)
    if not upload.may_undo(request.post):
        raise PermissionDenied
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undoing.ask_undo(
                upload,
                because=form.cleaned_data["because"],
                by=request.post,
                at=timezone.now(),
            )
            return redirect("feed", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "title": _("Take back %(name)s") % {"name": upload.file_name},
        "text": _(
            "What it said goes, and where it was the fact the source before it holds again. That "
            "is possible only while nothing stands on it: no younger file of the kind, no later "
            "change, no checked clue, no case."
        ),
        "warning": undoing.why_not(upload),
        "form": form,
        "act": _("Take the file back"),
        "back": reverse("feed", args=[pk]),
    }
    return render(request, "confirm.html", context)


@never_cache
@reads_feeds
def feed_troubles(request, pk):
    """The rows to check as a workbook with full numbers, for who brought them."""
    upload = _own(request, pk)
    if not upload.may_open_troubles(request.post) or not upload.troubles.exists():
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    write_workbook(upload, file)
    file.seek(0)
    name = _("rows_to_check_%(name)s.xlsx") % {"name": upload.file_name.rsplit(".", 1)[0]}
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
