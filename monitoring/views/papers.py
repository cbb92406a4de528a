"""Papers of a case: add files, open one, take one out, print what is prepared, get it as Word."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from accounts.refusals import Refused
from monitoring.case_records import add_paper, remove_paper
from monitoring.casework import TakenFirst, at_desk
from monitoring.paper_files import checked_paper, content_type_of
from monitoring.paper_forms import PapersForm, TakeOutForm
from monitoring.papers import PREPARED, papers_for, prepared_for, sheet_of
from monitoring.views.cases import visible_case
from monitoring.word_documents import docx_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@post_required()
def add(request, pk):
    case = visible_case(request, pk)
    if request.method != "POST":
        form = PapersForm(initial={"kind": request.GET.get("kind", "")})
        return _elsewhere(request, case) or _add_page(request, case, form)
    form, status = PapersForm(request.POST, request.FILES), 422
    if form.is_valid():
        status = _add_all(request, case, form)
    if form.errors:
        return _add_page(request, case, form, status)
    return _to_papers(case)


def _add_all(request, case, form):
    """Adds what may be kept and says of each other file why not. Returns the status of the page."""
    added, status = 0, 422
    kind = form.cleaned_data["kind"]
    for upload in form.cleaned_data["files"]:
        try:
            file, name, digest = checked_paper(upload)
            now = timezone.now()
            add_paper(case, kind=kind, file=file, name=name, digest=digest, by=request.post, at=now)
            added += 1
        except TakenFirst as refusal:
            form.add_error(None, str(refusal))
            status = 409
            break
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if added:
        words = ngettext("%(count)d paper is added.", "%(count)d papers are added.", added)
        messages.success(request, words % {"count": added})
    return status


def _add_page(request, case, form, status=200):
    context = {"case": case, "household": case.household, "form": form}
    return render(request, "monitoring/papers/add.html", context, status=status)


def _elsewhere(request, case):
    """Back to the case, with the sentence, when it is not on the desk of the post."""
    if at_desk(case, request.post):
        return None
    messages.error(request, _("The case is not on your desk; you may read it, and add nothing."))
    return _to_papers(case)


def _to_papers(case):
    return redirect(reverse("case", args=[case.pk]) + "#papers")


@post_required()
def paper(request, pk):
    """The file itself, by a type that was checked and never guessed."""
    found = get_object_or_404(papers_for(request.post), pk=pk)
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, content_type=content_type_of(found), filename=found.name)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@never_cache
@post_required()
def take_out(request, pk):
    found = get_object_or_404(
        papers_for(request.post).filter(removed_at=None).select_related("case"), pk=pk
    )
    case = visible_case(request, found.case_id)
    form, status = TakeOutForm(request.POST or None), 200
    if request.method != "POST":
        if elsewhere := _elsewhere(request, case):
            return elsewhere
    elif form.is_valid():
        try:
            because = form.cleaned_data["because"]
            remove_paper(found, because=because, by=request.post, at=timezone.now())
            messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
            return _to_papers(case)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409 if isinstance(refusal, TakenFirst) else 422
    else:
        status = 422
    context = {
        "title": _("Take out a paper of %(case)s") % {"case": case.number},
        "text": _("“%(name)s” stays on record, and nobody but auditors can open it any more.")
        % {"name": found.name},
        "form": form,
        "act": _("Take out the paper"),
        "back": reverse("case", args=[case.pk]),
    }
    return render(request, "confirm.html", context, status=status)


def _sheet(request, pk, code):
    case = visible_case(request, pk)
    if code not in PREPARED or PREPARED[code] not in prepared_for(case):
        raise Http404
    return case, sheet_of(case, code, timezone.now())


@never_cache
@post_required()
def print_page(request, pk, code):
    case, sheet = _sheet(request, pk, code)
    context = {
        "sheet": sheet,
        "back": reverse("case", args=[pk]),
        "word": reverse("case_docx", args=[pk, code]),
    }
    return render(request, "monitoring/papers/print.html", context)


@never_cache
@post_required()
def word(request, pk, code):
    _case, sheet = _sheet(request, pk, code)
    return word_answer(sheet)


def word_answer(sheet):
    file = BytesIO(docx_of(sheet, timezone.now()))
    return FileResponse(file, content_type=DOCX, as_attachment=True, filename=sheet.file_name)
