"""Pages of the proofs of an exception: put to a plan, an action or a measure, opened, taken out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from assistance.checks import MeasureRefusal
from assistance.exceptions import papers
from assistance.exceptions.forms import ProofForm, TakeOutForm, looked_at
from assistance.groups.views import sent, visible_action
from assistance.models import ExceptionPaper
from assistance.plans.views import visible_plan
from assistance.views.measures import need_measures, refuse, visible_measure
from households.papers.answering import answer_with

VISIBLE = {"plan": visible_plan, "action": visible_action, "measure": visible_measure}


@post_required()
def add(request, pk, of):
    subject = VISIBLE[of](request, pk)
    if not papers.may_add(subject, request.post):
        raise PermissionDenied
    form = ProofForm(sent(request), request.FILES or None, standing=papers.grounds_of(subject))

    def act(file, grounds=""):
        given = looked_at(file)
        at = timezone.now()
        _paper, new = papers.add_paper(subject, grounds=grounds, **given, by=request.post, at=at)
        messages.success(request, _("The proof is added.") if new else _("It was there already."))

    words = {"title": _("Add a proof of the exception"), "act": _("Add the proof")}
    words["text"] = _("%(what)s. Who sees the exception sees its proof (AH 4.1.2).") % {
        "what": _named(subject)
    }
    return _asked(request, form, act, words, page_of(subject))


def _named(subject):
    home = getattr(subject, "household", None)
    said = {"what": str(subject), "head": home and (home.head_name or home.number)}
    return _("%(head)s, %(what)s") % said if home else said["what"]


def page_of(subject):
    return reverse(papers.name_of(subject), args=[subject.pk]) + "#proofs"


def _visible(request, pk):
    need_measures(request.post)
    rows = ExceptionPaper.objects.visible_to(request.post)
    if request.post.role != "auditor":
        rows = rows.kept()
    return get_object_or_404(rows.select_related("plan", "action", "measure", "added_by"), pk=pk)


@post_required()
def paper(request, pk):
    found = _visible(request, pk)
    return answer_with(found)


@post_required()
def take_out(request, pk):
    found = _visible(request, pk)
    if not papers.may_take_out(found, request.post):
        raise PermissionDenied

    def act(because):
        papers.take_out_paper(found, because=because, by=request.post, at=timezone.now())
        messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})

    words = {"title": _("Take out a proof"), "act": _("Take out the proof")}
    text = _("“%(name)s” stays on record, and nobody but auditors can open it any more.")
    words["text"] = text % {"name": found.name}
    return _asked(request, TakeOutForm(sent(request)), act, words, page_of(found.subject))


def _asked(request, form, act, words, back):
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except MeasureRefusal as refusal:
            refuse(form, refusal)
        else:
            return redirect(back)
    context = {**words, "form": form, "back": back}
    return render(request, "confirm.html", context, status=422 if form.errors else 200)
