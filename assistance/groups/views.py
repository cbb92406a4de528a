"""Pages of actions for many: the list, a new one, picking, the preview, its end, undoing it."""

import tempfile

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from assistance.checks import MeasureRefusal, Outdated
from assistance.exceptions.forms import looked_at
from assistance.exceptions.papers import add_paper, proofs_for
from assistance.groups import acts
from assistance.groups.checks import having_it_already, refusals_of
from assistance.groups.forms import ActionForm, EndForm, FileForm, UndoForm
from assistance.groups.picking import GROUPS, TRAITS, Picking
from assistance.groups.template import template_file
from assistance.groups.workbook import lines_of
from assistance.models import GroupAction, GroupState
from assistance.views.measures import need_measures, refuse
from households.lists import places_for

PAGE = 100
MOST_BYTES = 10 * 1024**2


def sent(request):
    """What a form is bound to: also a POST without a field."""
    return request.POST if request.method == "POST" else None


def visible_action(request, pk):
    need_measures(request.post)
    return get_object_or_404(GroupAction.objects.visible_to(request.post), pk=pk)


@post_required()
def actions(request):
    need_measures(request.post)
    rows = GroupAction.objects.visible_to(request.post).select_related("at", "recorded_by__officer")
    page = page_of(rows, request.GET, order=("-id",))
    return render(request, "assistance/groups/actions.html", {"page": page})


@post_required("carry_measures")
def new(request):
    need_measures(request.post)
    form = ActionForm(
        sent(request),
        request.FILES or None,
        post=request.post,
        initial=ActionForm.opening(request.post),
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = {"by": request.post, "at": timezone.now()}
            file, proof = form.cleaned_data["file"], form.cleaned_data["proof"]
            proof = looked_at(proof, "proof") if proof else None
            lines = _lines_in(file, request.post) if file else []
            action, _begun = acts.begin_action(**form.facts(), **given)
            if proof:
                add_paper(action, **proof, **given)
            if lines and action.state == GroupState.PREVIEW:
                acts.pick(action, whom=lines, by=request.post)
        except MeasureRefusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("action" if lines else "action_pick", action.pk)
    status = 422 if form.errors else 200
    return render(request, "assistance/groups/new.html", {"form": form}, status=status)


def _lines_in(file, post):
    if file.size > MOST_BYTES:
        raise MeasureRefusal(_("The file is too large for one action."), "file")
    with tempfile.NamedTemporaryFile() as kept:
        for block in file.chunks():
            kept.write(block)
        kept.flush()
        return lines_of(kept.name, file.name, by=post)


@post_required("carry_measures")
def pick(request, pk):
    action = visible_action(request, pk)
    if action.state != GroupState.PREVIEW:
        return redirect("action", pk)
    picking = Picking(action, request.GET, request.post)
    if request.method == "POST":
        done = _picked(request, action, picking)
        if done:
            return done
    context = {
        "action": action,
        "picking": picking,
        "page": page_of(picking.rows(), request.GET, order=("id",), size=PAGE),
        "groups": GROUPS,
        "traits": {code: words for code, (words, _condition) in TRAITS.items()},
        "places": places_for(request.post, picking.place),
        "count": action.lines.count(),
    }
    return render(request, "assistance/groups/pick.html", context)


def _picked(request, action, picking):
    ids = [int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 18]
    rows = picking.rows().filter(pk__in=ids)
    whom = [(row.household_id, row.pk) if picking.people else (row.pk, None) for row in rows]
    try:
        number = acts.pick(action, whom=whom, by=request.post)
    except MeasureRefusal as refusal:
        messages.error(request, str(refusal))
        return None
    if not number:
        messages.error(request, _("Nobody is ticked."))
        return None
    words = ngettext("%(n)d is in the list.", "%(n)d are in the list.", number)
    messages.success(request, words % {"n": number})
    return redirect("action", action.pk)


@post_required()
def action(request, pk):
    """The preview until it is recorded; then who is in it and what came of it."""
    found = visible_action(request, pk)
    lines = list(found.lines.select_related("household__village", "member"))
    context = {"action": found, "mine": found.at_id == request.post.division_id}
    context |= proofs_for(found, request.post)
    if found.state == GroupState.PREVIEW:
        refused = refusals_of(found, lines, request.post, timezone.now())
        again = having_it_already(found, lines)
        for line in lines:
            line.why, line.again = refused.get(line.pk, ""), line.pk in again
        context["form"] = FileForm()
    else:
        for line in lines:
            line.why = line.refusal
        rows = found.measures.visible_to(request.post)
        context["measures"] = rows.select_related("member", "household__village")
    context["taken"] = [line for line in lines if not line.why]
    context["refused"] = [line for line in lines if line.why]
    context["numbered"] = any(line.row for line in context["refused"])
    return render(request, "assistance/groups/action.html", context)


@require_POST
@post_required("carry_measures")
def load(request, pk):
    """Further people from a workbook."""
    found, form = visible_action(request, pk), FileForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise MeasureRefusal(_("Choose a file first."))
        lines = _lines_in(form.cleaned_data["file"], request.post)
        acts.pick(found, whom=lines, by=request.post)
    except MeasureRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("action", found.pk)


@require_POST
@post_required("carry_measures")
def take_out(request, pk):
    found = visible_action(request, pk)
    ids = [int(pk) for pk in request.POST.getlist("line") if pk.isdecimal() and len(pk) < 18]
    _try(request, lambda: acts.take_out(found, lines=ids, by=request.post), _("Taken out."))
    return redirect("action", found.pk)


@require_POST
@post_required("carry_measures")
def record(request, pk):
    found = visible_action(request, pk)
    try:
        number, refused = acts.record_action(found, by=request.post, at=timezone.now())
    except MeasureRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("action", found.pk)
    words = ngettext("%(n)d measure is on record.", "%(n)d measures are on record.", number)
    messages.success(request, words % {"n": number})
    if refused:
        words = ngettext("%(n)d was not taken.", "%(n)d were not taken.", refused)
        messages.info(request, words % {"n": refused})
    return redirect("action", found.pk)


@require_POST
@post_required("carry_measures")
def drop(request, pk):
    found = visible_action(request, pk)
    if _try(request, lambda: acts.drop_action(found, by=request.post), _("It is put away.")):
        return redirect("actions")
    return redirect("action", found.pk)


def _try(request, act, done):
    try:
        act()
    except MeasureRefusal as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


@post_required("carry_measures")
def end(request, pk):
    found = visible_action(request, pk)
    rows = found.measures.visible_to(request.post).open().select_related("member", "household")
    form = EndForm(
        sent(request),
        measures=list(rows),
        initial={"on": timezone.localdate(), "seen_version": found.version},
    )

    def act(at):
        acts.end_action(
            found, on=form.cleaned_data["on"], results=form.results(),
            source=form.cleaned_data.get("source", ""),
            seen_version=form.cleaned_data["seen_version"], by=request.post, at=at,
        )  # fmt: skip

    return _form(request, found, form, act, "assistance/groups/end.html", _("It has ended."))


@post_required("carry_measures")
def undo(request, pk):
    found = visible_action(request, pk)
    form = UndoForm(sent(request), initial={"seen_version": found.version})

    def act(at):
        acts.undo_action(found, **form.cleaned_data, by=request.post, at=at)

    words = _("It is undone; its measures stand in the history as entered by mistake.")
    return _form(request, found, form, act, "assistance/groups/undo.html", words)


def _form(request, found, form, act, template, done):
    if request.method == "POST" and form.is_valid():
        try:
            act(timezone.now())
        except Outdated as outdated:
            messages.error(request, str(outdated))
            return redirect("action", found.pk)
        except MeasureRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, done)
            return redirect("action", found.pk)
    status = 422 if form.errors else 200
    return render(request, template, {"action": found, "form": form}, status=status)


@post_required("carry_measures")
def template(request):
    """An empty workbook with the columns that are understood."""
    answer = HttpResponse(
        template_file(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = 'attachment; filename="list.xlsx"'
    return answer
