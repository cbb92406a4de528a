"""The list of tasks and the page of one (清单管理、闭环调度)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.deadlines import DEADLINES, figures_of
from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen
from accounts.refusals import Refused
from duties import asking, doing
from duties.forms import AskForm, EndForm, HandOverForm, NoteForm
from duties.lists import Filters, on_desk, tabs_of
from duties.models import Task
from households.lists import places_for


@post_required()
def tasks(request):
    post, today = request.post, timezone.localdate()
    if not tabs_of(post):
        raise PermissionDenied
    filters = Filters(request.GET, post, today)
    rows = filters.rows().select_related("at", "household__village", "ended_by__officer")
    context = {
        "page": page_of(rows, request.GET, order=filters.order),
        "filters": filters,
        "tabs": tabs_of(post),
        "chips": filters.chips(),
        "figures": figures_of(on_desk(post), today),
        "places": places_for(post, filters.division),
        "deadlines": DEADLINES,
        "may_ask": asking.may_ask(post),
        "today": today,
    }
    return render(request, "duties/tasks.html", context)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _visible(request, pk):
    rows = Task.objects.visible_to(request.post).select_related("at", "household__village")
    return get_object_or_404(rows, pk=pk)


@post_required()
def task(request, pk):
    found = _visible(request, pk)
    context = {
        "task": found,
        "today": timezone.localdate(),
        "mine": doing.at_desk(found, request.post),
        "acts": found.acts.select_related("by__officer", "by__division", "by__deputy_of__officer"),
    }
    return render(request, "duties/task.html", context)


@post_required()
def ask(request):
    post = request.post
    if not asking.may_ask(post):
        raise PermissionDenied
    form = AskForm(_posted(request), post=post)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        within = chosen(post, data["division"]) or post.division
        try:
            made = asking.ask_below(
                divisions=asking.desks_in(within, data["level"]), words=data["words"],
                due_on=data["due_on"], client_id=data["client_id"], by=post, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            sentence = ngettext("%(n)d desk was asked.", "%(n)d desks were asked.", len(made))
            messages.success(request, sentence % {"n": len(made)})
            return redirect(f"{reverse('tasks')}?tab=all&kind=request")
    context = {"title": _("Ask desks below"), "act": _("Ask them"), "form": form}
    context["text"] = _("Each desk gets a task with your words and the deadline.")
    context["warning"] = asking.told_before_asking(post)
    context["back"] = reverse("tasks")
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


@post_required()
def note(request, pk):
    found = _visible(request, pk)
    form = NoteForm(_posted(request), initial={"version": found.version})
    words = {"title": _("Add a note"), "act": _("Save the note")}
    return _act(request, found, form, words, lambda data: doing.note_task(
        found, words=data["words"], seen_version=data["version"],
        by=request.post, at=timezone.now(),
    ))  # fmt: skip


@post_required()
def end(request, pk):
    found = _visible(request, pk)
    form = EndForm(_posted(request), task=found, initial={"version": found.version})
    words = {"title": _("End the task"), "act": _("End the task")}
    return _act(request, found, form, words, lambda data: doing.end_task(
        found, outcome=data["outcome"], result=data["result"], seen_version=data["version"],
        by=request.post, at=timezone.now(),
    ))  # fmt: skip


@post_required()
def hand_over(request, pk):
    found = _visible(request, pk)
    form = HandOverForm(_posted(request), task=found, initial={"version": found.version})
    words = {"title": _("Hand over the task"), "act": _("Hand over")}

    def act(data):
        desk = form.desks[data["desk"]]
        doing.hand_over(
            found, to_division=desk.division, role=desk.role, department=desk.department,
            because=data["because"], seen_version=data["version"],
            by=request.post, at=timezone.now(),
        )  # fmt: skip

    return _act(request, found, form, words, act, back="tasks")


def _act(request, task, form, words, act, back="task"):
    """Asks, then does it; a refusal stands on the form, with what was typed."""
    if not doing.at_desk(task, request.post):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
            return redirect("tasks") if back == "tasks" else redirect("task", task.pk)
    context = {**words, "text": task.told, "form": form, "back": reverse("task", args=[task.pk])}
    return render(request, "confirm.html", context, status=422 if form.errors else 200)
