"""The quarterly bulletins: composed, edited, shown, objected to, issued, and read."""

from datetime import date
from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.refusals import Refused
from duties.models import Task
from households.papers.files import content_type_of
from reports.bulletin import acts, documents, tables
from reports.bulletin.composing import said
from reports.bulletin.forms import AnswerForm, EditForm, ObjectionForm
from reports.bulletin.jobs import ask_for_pdf
from reports.bulletin.naming import LIMITS
from reports.figures.table import BY_CODE
from reports.models import Bulletin, BulletinObjection, BulletinState, NamedCounty

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def need_bulletins(post):
    if post.role_row.sees != "division":
        raise PermissionDenied


@post_required()
def bulletins(request):
    need_bulletins(request.post)
    rows = Bulletin.objects.visible_to(request.post)
    last = acts.quarter_before(timezone.localdate())
    context = {
        "page": page_of(rows, request.GET, order=("-quarter", "-id")),
        "may_compose": request.post.role == "province",
        "last": last,
        "missing": not rows.filter(quarter=last).exists(),
    }
    return render(request, "reports/bulletin/bulletins.html", context)


@require_POST
@post_required()
def compose(request):
    need_province(request.post)
    try:
        quarter = date.fromisoformat(request.POST.get("quarter", ""))
        if quarter > acts.quarter_before(timezone.localdate()):
            raise Refused(_("This quarter has not ended."))
        made = acts.compose(
            province=request.post.division, quarter=quarter, by=request.post, at=timezone.now()
        )
    except ValueError:
        messages.error(request, _("Choose a quarter."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        return redirect("bulletin", made.pk)
    return redirect("bulletins")


def need_province(post):
    if post.role != "province":
        raise PermissionDenied


def _visible(request, pk):
    need_bulletins(request.post)
    rows = Bulletin.objects.visible_to(request.post)
    return get_object_or_404(rows.select_related("province", "edited_by__officer"), pk=pk)


@post_required()
def bulletin(request, pk):
    found, post = _visible(request, pk), request.post
    named = NamedCounty.objects.visible_to(post).filter(bulletin=found).select_related("county")
    context = {
        "bulletin": found,
        "paper": documents.words_of(found),
        "annexes": tables.on_screen(found.figures, post),
        "named": [_named_row(found, row) for row in named.prefetch_related("objections")],
        "limits": [(BY_CODE[code].words, limit.words) for code, limit in LIMITS.items()],
        "province": post.role == "province",
        "may_issue": post.role == "province" and found.state == BulletinState.SHOWN,
        "may_object": _may_object(found, post),
        "urged": _urged(found, post),
        "month": max(found.figures["months"])[:7],
    }
    return render(request, "reports/bulletin/bulletin.html", context)


def _named_row(bulletin, named):
    places = {place["id"]: place for place in bulletin.figures["places"]}
    place = places[named.county_id]
    objections = {one.figure: one for one in named.objections.all()}
    codes = [*named.figures, *(code for code in objections if code not in named.figures)]
    figures = [
        {
            "figure": BY_CODE[code],
            "said": said(place, code),
            "objection": objections.get(code),
            "counts": code in named.figures,
        }
        for code in codes
    ]
    return {"named": named, "figures": figures}


def _may_object(bulletin, post):
    in_time = bulletin.objections_until and timezone.localdate() <= bulletin.objections_until
    return post.role == "county" and bulletin.state == BulletinState.SHOWN and in_time


def _urged(bulletin, post):
    """The urging notices and their answers, of the counties that the post sees."""
    if bulletin.state != BulletinState.ISSUED:
        return []
    tasks = Task.objects.visible_to(post).filter(kind="urging", key__startswith=f"{bulletin.pk}-")
    return tasks.select_related("at", "ended_by__officer").order_by("at__code")


@post_required()
def edit(request, pk):
    need_province(request.post)
    found = _visible(request, pk)
    if found.state == BulletinState.ISSUED:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = EditForm(posted, bulletin=found)
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        if _done(
            form, acts.edit, found, title=data["title"], texts=form.texts,
            seen_version=data["version"], by=request.post, at=timezone.now(),
        ):  # fmt: skip
            messages.success(request, _("The words are saved."))
            return redirect("bulletin", pk)
    context = {"form": form, "bulletin": found}
    return render(
        request, "reports/bulletin/edit.html", context, status=422 if form.errors else 200
    )


def _done(form, act, *args, **kwargs):
    """Whether the act was done; a refusal stands on the form, with what was typed."""
    try:
        act(*args, **kwargs)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_POST
@post_required()
def show(request, pk):
    return _step(request, pk, acts.show, _("The named counties can see the bulletin now."))


@require_POST
@post_required()
def issue(request, pk):
    return _step(request, pk, acts.issue, _("The bulletin is issued and delivered."))


def _step(request, pk, act, sentence):
    need_province(request.post)
    found = _visible(request, pk)
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else 0
    try:
        act(found, seen_version=seen, by=request.post, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("bulletin", pk)


@post_required()
def object_to(request, pk, named_id):
    found = _visible(request, pk)
    rows = NamedCounty.objects.visible_to(request.post).filter(bulletin=found)
    named = get_object_or_404(rows.select_related("county"), pk=named_id)
    if request.post.role != "county":
        raise PermissionDenied
    choices = [(code, BY_CODE[code].words) for code in named.figures]
    post = request.method == "POST"
    form = ObjectionForm(
        request.POST if post else None, request.FILES if post else None, choices=choices
    )
    if post and form.is_valid():
        data = form.cleaned_data
        file, name = data["proof"]
        if _done(
            form, acts.object_to, named, figure=data["figure"], words=data["words"],
            proof=file, proof_name=name, by=request.post, at=timezone.now(),
        ):  # fmt: skip
            messages.success(request, _("The objection has been sent to the province."))
            return redirect("bulletin", pk)
    context = {"form": form, "bulletin": found, "named": named}
    return render(
        request, "reports/bulletin/object.html", context, status=422 if form.errors else 200
    )


@post_required()
def answer(request, pk, objection_id):
    need_province(request.post)
    found = _visible(request, pk)
    rows = BulletinObjection.objects.visible_to(request.post).filter(named__bulletin=found)
    objection = get_object_or_404(rows.select_related("named__county"), pk=objection_id)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted)
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        if _done(
            form, acts.answer_objection, objection, accepted=data["accepted"],
            answer=data["answer"], by=request.post, at=timezone.now(),
        ):  # fmt: skip
            messages.success(request, _("The county sees the answer."))
            return redirect("bulletin", pk)
    context = {
        "title": _("Answer the objection of %(county)s") % {"county": objection.named.county.name},
        "text": f"{BY_CODE[objection.figure].words}: {objection.words}",
        "form": form,
        "act": _("Send the answer"),
        "back": request.path.split("objections/")[0],
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


@post_required()
def proof(request, pk, objection_id):
    found = _visible(request, pk)
    rows = BulletinObjection.objects.visible_to(request.post).filter(named__bulletin=found)
    objection = get_object_or_404(rows.exclude(proof=""), pk=objection_id)
    kind = content_type_of(objection.proof)
    return FileResponse(objection.proof.open(), content_type=kind, filename=objection.proof_name)


@post_required()
def word(request, pk):
    found = _visible(request, pk)
    return _file(documents.docx_of(found), f"{found.title}.docx", WORD)


@post_required()
def workbook(request, pk):
    found = _visible(request, pk)
    return _file(documents.xlsx_of(found), f"{found.title}.xlsx", EXCEL)


def _file(content, name, kind):
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=kind)


@require_POST
@post_required()
def pdf(request, pk):
    found = _visible(request, pk)
    job = ask_for_pdf(found, by=request.post, at=timezone.now())
    return redirect("job", job.id)
