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
from households.papers.answering import answer_with
from households.papers.files import checked_paper
from monitoring.cases.moving import TakenFirst, at_desk
from monitoring.cases.records import add_paper, remove_paper
from monitoring.papers.forms import PapersForm, TakeOutForm
from monitoring.papers.prepared import PREPARED, papers_for, prepared_for, sheet_of
from monitoring.papers.word_documents import docx_of
from monitoring.views.cases import visible_case

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@post_required()
def add(request, pk):
    case = visible_case(request, pk)
    words = {"title": _("Add papers"), "act": _("Add the files")}
    if request.method != "POST":
        form = PapersForm(initial={"kind": request.GET.get("kind", "")})
        return _form_page(request, case, form, words)
    form, status = PapersForm(request.POST, request.FILES), 422
    if form.is_valid():
        status = _add_all(request, case, form)
    if form.errors:
        return _form_page(request, case, form, words, status)
    return _to_papers(case)


def _add_all(request, case, form):
    """Adds what may be kept and says of each other file why not. Returns the status of the page."""
    added, known, status = 0, 0, 422
    kind = form.cleaned_data["kind"]
    for upload in form.cleaned_data["files"]:
        try:
            file, name, digest = checked_paper(upload)
            now = timezone.now()
            paper = add_paper(
                case, kind=kind, file=file, name=name, digest=digest, by=request.post, at=now
            )
            added, known = added + (paper.added_at == now), known + (paper.added_at != now)
        except TakenFirst as refusal:
            form.add_error(None, str(refusal))
            status = 409
            break
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if added:
        words = ngettext("%(count)d paper is added.", "%(count)d papers are added.", added)
        messages.success(request, words % {"count": added})
    if known:
        words = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
        messages.info(request, words % {"count": known})
    return status


def _form_page(request, case, form, words, status=200):
    """The form; who has not the case on the desk reads why, and gets none."""
    context = words | {"case": case, "form": form}
    if request.method != "POST" and not at_desk(case, request.post):
        words = _("The case is not on your desk; you may read it, and add nothing.")
        context, status = context | {"form": None, "refusal": words}, 403
    return render(request, "monitoring/papers/act.html", context, status=status)


def _to_papers(case):
    return redirect(reverse("case", args=[case.pk]) + "#papers")


@post_required()
def paper(request, pk):
    found = get_object_or_404(papers_for(request.post), pk=pk)
    return answer_with(found)


@never_cache
@post_required()
def take_out(request, pk):
    found = get_object_or_404(
        papers_for(request.post).filter(removed_at=None).select_related("case"), pk=pk
    )
    case = visible_case(request, found.case_id)
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _take_out(request, found, form)
        if status == 302:
            return _to_papers(case)
    text = _("“%(name)s” stays on record, and nobody but auditors can open it any more.")
    words = {
        "title": _("Take out a paper"),
        "text": text % {"name": found.name},
        "act": _("Take out the paper"),
    }
    return _form_page(request, case, form, words, status)


def _take_out(request, found, form):
    """Returns the status of the answer; what was refused stands in the form."""
    if not form.is_valid():
        return 422
    try:
        because = form.cleaned_data["because"]
        remove_paper(found, because=because, by=request.post, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 409 if isinstance(refusal, TakenFirst) else 422
    messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
    return 302


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
