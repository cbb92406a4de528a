"""Pages of the project store: the list, one entry, a new one, its steps, whom it helps."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.entry import post_required
from accounts.models.divisions import Level
from accounts.paging import page_of
from accounts.places import narrowed
from assistance.models import (
    Priority,
    Project,
    ProjectHousehold,
    ProjectKind,
    ProjectState,
    ProjectWhat,
)
from assistance.projects import forms, store
from assistance.projects.checks import reads, reads_projects, registers
from assistance.projects.helping import OPEN, names
from assistance.projects.in_charge import PROJECTS
from assistance.projects.lists import (
    STORE_CHOICES,
    Views,
    first_comes_first,
    store_views,
)
from assistance.projects.views.asking import asked, given, need_reading
from assistance.projects.views.assets import own_kinds
from duties.models import Task
from households.lists import places_for


@post_required()
def projects(request):
    need_reading(request.post, reads_projects)
    post = request.post
    rows, place = narrowed(Project.objects.visible_to(post), post, request.GET.get("division"))
    views = Views(request.GET, rows, store_views(post), STORE_CHOICES, "year")
    shown = first_comes_first(views.rows()).select_related("at__township")
    this_year = timezone.localdate().year
    context = {
        "page": page_of(shown, request.GET, order=("rank", "id")),
        "views": views,
        "chips": views.chips(),
        "places": places_for(post, place),
        "kinds": ProjectKind.choices,
        "priorities": Priority.choices,
        "years": range(this_year + 1, this_year - 6, -1),
        "own_kinds": own_kinds(post, PROJECTS, ProjectKind),
        "may_propose": post.may("plan_projects") and post.division.level >= Level.TOWNSHIP,
    }
    return render(request, "assistance/projects/projects.html", context)


def visible_project(request, pk):
    need_reading(request.post, reads_projects)
    rows = Project.objects.visible_to(request.post)
    return get_object_or_404(rows.select_related("at__township", "at__county"), pk=pk)


@post_required()
def project(request, pk):
    found = visible_project(request, pk)
    post = request.post
    acts = found.acts.select_related("by__officer", "by__division", "by__deputy_of__officer")
    whole = reads(post)  # a department reads the project, not who is named in it
    rows = ProjectHousehold.objects.visible_to(post if whole else None)
    rows = rows.filter(project=found).standing()
    level = found.waiting_level
    context = {
        "project": found,
        "money": found.money.select_related("line__division"),
        "acts": acts,
        "steps": _steps(found, list(acts)),
        "helped": page_of(rows.select_related("household__village"), request.GET, order=("id",)),
        "count": (rows if whole else found.helped.standing()).count(),
        "whole": whole,
        "assets": found.assets.visible_to(post),
        "task": Task.objects.open().filter(kind=store.STEP, key=f"{pk}-{level}").first(),
        "names": names(post, found) and found.state in OPEN,
        "may_register": found.state == ProjectState.FINISHED and registers(post),
        "offered": [
            (reverse("project_act", args=[pk, name]), row.title)
            for name, row in ACTS.items()
            if row.may(post, found)
        ],
    }
    return render(request, "assistance/projects/project.html", context)


def _steps(found, acts):
    """Proposed, reviewed, in the store, begun, finished; what was left out shows as not done."""
    told = {act.what: act for act in reversed(acts)}
    at = {
        ProjectState.PROPOSED: 1 if found.waiting_level == Level.TOWNSHIP else 2,
        ProjectState.RETURNED: 0,
        ProjectState.IN_STORE: 3,
        ProjectState.STARTED: 4,
        ProjectState.FINISHED: 5,
        ProjectState.OUT: -1,
    }[found.state]
    rows = (
        (ProjectWhat.PROPOSED, _("proposed")),
        (ProjectWhat.REVIEWED, _("township reviews")),
        (ProjectWhat.APPROVED, _("county takes it in")),
        (ProjectWhat.STARTED, _("begun")),
        (ProjectWhat.FINISHED, _("finished")),
    )
    steps = []
    for n, (what, words) in enumerate(rows):
        act = told.get(what)
        state = "now" if n == at else "done" if act and (n < at or at < 0) else ""
        if what == ProjectWhat.REVIEWED and not act and at > 1:
            continue
        steps.append({"name": words, "state": state, "note": act.by.signature if act else ""})
    return steps


@post_required("plan_projects")
def new(request):
    need_reading(request.post, reads_projects)
    if request.post.division.level < Level.TOWNSHIP:
        raise PermissionDenied
    initial = {"at_division": request.post.division, "year": timezone.localdate().year}
    form = forms.ProjectForm(post=request.post, initial=initial, **given(request))

    def act(**facts):
        made, _new = store.propose(**facts, by=request.post, at=timezone.now())
        messages.success(request, _("Project %(n)s is proposed.") % {"n": made.number})
        return redirect("project", made.pk)

    words = {"title": _("Propose a project"), "act": _("Propose the project")}
    words |= {"back": reverse("projects"), "money_title": _("Planned money by source, yuan")}
    return asked(request, form, act, words, "assistance/projects/project_new.html")


def _turn(post, found):
    return not store.turn_refusal(found, post)


def _mending(post, found):
    low = post.division.level >= Level.TOWNSHIP
    return low and store.plans(post, found.at) and found.state == ProjectState.RETURNED


def _adjusting(post, found):
    standing = found.state in (ProjectState.IN_STORE, ProjectState.STARTED)
    return standing and store.plans(post, found.at) and post.division.level == Level.COUNTY


def _carrying(state):
    def may(post, found):
        able = store.plans(post, found.at) and post.division.level != Level.VILLAGE
        return able and found.state == state

    return may


@dataclass(frozen=True)
class Act:
    title: str
    form: type
    does: Callable
    may: Callable
    text: str = ""


ACTS = {
    "out": Act(
        gettext_lazy("Adjust it out of the store"),
        forms.ReasonForm,
        store.adjust_out,
        _adjusting,
        gettext_lazy("It stays on record; the money planned for it is free again."),
    ),
    "adjust": Act(
        gettext_lazy("Adjust the project"), forms.ProjectForm, store.adjust, _adjusting
    ),
    "change": Act(
        gettext_lazy("Change and propose again"), forms.ProjectForm, store.change_proposal, _mending
    ),
    "return": Act(
        gettext_lazy("Return the project"), forms.ReasonForm, store.send_back, _turn
    ),
    "pass": Act(
        gettext_lazy("Pass the project on"),
        forms.RemarkForm,
        store.pass_on,
        _turn,
        gettext_lazy("From the township to the county, from the county into the store."),
    ),
    "start": Act(
        gettext_lazy("Record that it has begun"),
        forms.DayForm,
        store.start,
        _carrying(ProjectState.IN_STORE),
    ),
    "finish": Act(
        gettext_lazy("Record that it is finished"),
        forms.DayForm,
        store.finish,
        _carrying(ProjectState.STARTED),
    ),
}  # fmt: skip


@post_required("plan_projects")
def project_act(request, pk, act):
    if act not in ACTS:
        raise Http404
    row, found = ACTS[act], visible_project(request, pk)
    if not row.may(request.post, found):
        raise PermissionDenied
    whole = row.form is forms.ProjectForm
    more = {"post": request.post, "project": found} if whole else {}
    form = row.form(initial=_known(found), **given(request), **more)

    def done(**facts):
        row.does(found, **facts, by=request.post, at=timezone.now())
        messages.success(request, _("Done: %(act)s.") % {"act": row.title})
        return redirect("project", found.pk)

    words = {"title": row.title, "act": row.title, "text": row.text, "about": found}
    words |= {"back": reverse("project", args=[pk])}
    words["money_title"] = _("Planned money by source, yuan")
    template = "assistance/projects/project_new.html" if whole else "assistance/projects/act.html"
    return asked(request, form, done, words, template)


def _known(found):
    known = {name: getattr(found, name) for name in store.FACTS}
    for row in found.money.all():
        known[f"money_{row.source}"] = row.amount
        known[f"line_{row.source}"] = row.line_id
    return known | {"version": found.version, "on": timezone.localdate()}
