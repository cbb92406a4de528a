"""Pages of the import: what the file would do comes before what it does."""

import tempfile

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from households import importing, wording_imports
from households.models import ImportState, NationalImport
from households.national import errors_workbook
from households.national.reasons import of_group
from jobs.models import Job

ABILITY = "import_register"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Export of the national system"),
        help_text=gettext_lazy(".xlsx or .csv, as it was exported; columns in any order."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    exported_on = forms.DateField(
        label=gettext_lazy("Exported on"),
        required=False,
        help_text=gettext_lazy("Only if neither the file's title rows nor its name say so."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class UndoForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why is it taken back?"), max_length=200, widget=forms.Textarea
    )


def _visible(request, pk):
    rows = NationalImport.objects.visible_to(request.post)
    return get_object_or_404(rows.select_related("division", "asked_by__officer"), pk=pk)


def _job(imported):
    """The work that is under way, or that ended last."""
    return Job.objects.filter(kind=importing.KIND, key=str(imported.pk)).first()


@post_required(ABILITY)
def imports(request):
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("import", _upload(request, form.cleaned_data).pk)
    rows = NationalImport.objects.visible_to(request.post).select_related(
        "division", "asked_by__officer"
    )
    page = page_of(rows, request.GET, order=("-asked_at", "-id"))
    return render(request, "households/imports/imports.html", {"page": page, "form": form})


def _upload(request, given):
    at = timezone.now()
    imported = importing.keep_file(
        file=given["file"],
        name=given["file"].name,
        division=request.post.division,
        exported_on=given["exported_on"],
        by=request.post,
        at=at,
    )
    importing.ask_check(imported, by=request.post, at=at)
    return imported


@never_cache
@post_required(ABILITY)
def import_(request, pk):
    imported = _visible(request, pk)
    group = request.GET.get("group", "")
    refused = imported.refusals.all()
    if group:
        refused = refused.filter(reason__in=of_group(group))
    context = {
        "imported": imported,
        "job": _job(imported),
        "refused": page_of(refused, request.GET, order=("row", "id")),
        "group": group,
        "loaded_before": _loaded_before(imported),
        **wording_imports.page(imported),
    }
    return render(request, "households/imports/import.html", context)


def _loaded_before(imported):
    return (
        NationalImport.objects.filter(digest=imported.digest, state=ImportState.LOADED)
        .exclude(pk=imported.pk)
        .filter(division=imported.division)
        .first()
    )


@never_cache
@post_required(ABILITY)
def import_progress(request, pk):
    """Asked every two seconds; when the work has ended the page is loaded anew."""
    imported = _visible(request, pk)
    job = _job(imported)
    if job is None or job.ended:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"imported": imported, "job": job}
    return render(request, "households/imports/progress.html", context)


@require_POST
@post_required(ABILITY)
def load_import(request, pk):
    imported = _visible(request, pk)
    try:
        importing.ask_load(imported, by=request.post, at=timezone.now())
    except importing.ImportRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("import", pk)


@never_cache
@post_required(ABILITY)
def import_errors(request, pk):
    imported = _visible(request, pk)
    if not imported.file or not imported.refusals.exists():
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    errors_workbook.write(imported, file)
    file.seek(0)
    name = _("not_taken_%(name)s.xlsx") % {"name": imported.file_name.rsplit(".", 1)[0]}
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


@post_required(ABILITY)
def undo_import(request, pk):
    imported = _visible(request, pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            importing.undo_import(
                imported, because=form.cleaned_data["because"], by=request.post, at=timezone.now()
            )
        except importing.ImportRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The import has been taken back."))
            return redirect("import", pk)
    context = {
        "title": _("Take back the import of %(name)s") % {"name": imported.file_name},
        "text": _(
            "What it changed is again as it was before; what it added goes. That is possible only "
            "while nothing stands on it: no visit, no later change, no assessment."
        ),
        "form": form,
        "act": _("Take the import back"),
        "back": imported.pk and request.path.removesuffix("undo/"),
    }
    return render(request, "confirm.html", context)
