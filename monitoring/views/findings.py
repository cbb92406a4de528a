"""Findings of supervisors: the list, the page of one, entering and moving it on (AH 6.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen
from accounts.refusals import Refused
from duties.models import Task, TaskAct
from duties.models import What as TaskWhat
from households.lists import places_for
from households.models import Household
from households.papers.answering import answer_with
from households.papers.files import checked_paper
from monitoring.burden.before import told_before
from monitoring.models import Consequence, Finding, FindingFile, FindingKind
from monitoring.supervision import acts, forms
from monitoring.supervision.duties import ANSWER, LOOK
from monitoring.supervision.lists import Filters, by_division

TOLD = (TaskWhat.REMINDED, TaskWhat.ESCALATED, TaskWhat.HANDED_OVER, TaskWhat.MOVED)


@post_required()
def findings(request):
    post, today = request.post, timezone.localdate()
    if post.role_row.sees == "accounts":
        raise PermissionDenied
    filters = Filters(request.GET, post, today)
    rows = filters.rows().select_related("at__township", "household", "task__at")
    ended = filters.show == "ended"
    context = {
        "page": page_of(rows, request.GET, order=("-id",) if ended else ("due_on", "id")),
        "filters": filters,
        "chips": filters.chips(),
        "kinds": FindingKind.choices,
        "consequences": Consequence.choices,
        "places": places_for(post, filters.division),
        "rows": by_division(post, filters.division or post.division, today),
        "may_enter": acts.may_enter(post),
        "today": today,
    }
    return render(request, "monitoring/supervision/findings.html", context)


def _visible(request, pk):
    rows = Finding.objects.visible_to(request.post)
    rows = rows.select_related(
        "at__township", "household", "task__at", "entered_by__division", "entered_by__officer"
    )
    return get_object_or_404(rows, pk=pk)


@never_cache
@post_required()
def finding(request, pk):
    found, post = _visible(request, pk), request.post
    homes = Household.objects.visible_to(post)
    context = {
        "finding": found,
        "today": timezone.localdate(),
        "trail": _trail(found),
        "household": homes.filter(pk=found.household_id).first() if found.household_id else None,
        "may_answer": acts.may_answer(found, post),
        "may_look": acts.may_look(found, post),
        "may_withdraw": acts.may_withdraw(found, post),
        "may_follow_up": acts.may_follow_up(found, post),
    }
    return render(request, "monitoring/supervision/finding.html", context)


def _trail(finding):
    """What people did, and what the system told whom, in one line of time."""
    rows = finding.acts.select_related("by__officer", "by__division", "by__deputy_of__officer")
    rows = [(act.at, act, None) for act in rows.prefetch_related("files")]
    tasks = Task.objects.filter(kind__in=[ANSWER, LOOK], key=str(finding.pk))
    told = TaskAct.objects.filter(task__in=tasks, what__in=TOLD)
    rows += [(act.at, None, act) for act in told.select_related("by__officer", "by__division")]
    return sorted(rows, key=lambda row: row[0])


@never_cache
@post_required()
def finding_new(request):
    post = request.post
    if not acts.may_enter(post):
        raise PermissionDenied
    place = chosen(post, request.POST.get("division") or request.GET.get("division"))
    form = forms.EnterForm(*_sent(request), initial={"division": place.code if place else ""})
    if request.method == "POST" and form.is_valid() and (made := _enter(request, form, place)):
        messages.success(request, _("The finding lies on the desk of the locality."))
        return redirect("finding", made.pk)
    context = {"form": form, "place": place, "places": places_for(post, place)}
    context["below"] = place and place.level > post.division.level
    context["told"] = told_before(place) if context["below"] else ""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "monitoring/supervision/new.html", context, status=status)


def _sent(request):
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _enter(request, form, place):
    said = dict(form.cleaned_data)
    number, said["household"] = said["household"], None
    if place is None:
        form.add_error(None, _("Choose the locality."))
        return None
    if number:
        homes = Household.objects.visible_to(request.post).within(place)
        said["household"] = homes.filter(number=number).first()
        if said["household"] is None:
            form.add_error("household", _("There is no household of this number here."))
            return None
    said["division"] = place
    return _done(request, form, said, acts.enter_finding)


def _done(request, form, said, act):
    """Calls the act with checked files; a refusal stands on the form, with what was typed."""
    try:
        if "files" in said:
            said["files"] = [checked_paper(upload) for upload in said["files"] if upload]
        return act(**said, by=request.post, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@dataclass(frozen=True)
class Asked:
    """A page that asks before an act, and says what was done."""

    form: type
    may: Callable
    act: Callable
    title: object
    done: object
    button: object = ""

    @property
    def words(self):
        return {"title": self.title, "act": self.button or self.title}


def _asks(row):
    """The view of an act: asks, then does it; who may not, is told so."""

    @never_cache
    @post_required()
    def view(request, pk):
        found = _visible(request, pk)
        if not row.may(found, request.post):
            raise PermissionDenied
        form = row.form(*_sent(request), initial={"version": found.version})
        if request.method == "POST" and form.is_valid():
            said = dict(form.cleaned_data)
            said["seen_version"] = said.pop("version")
            if _done(request, form, said, partial(row.act, found)):
                messages.success(request, row.done)
                return redirect("finding", found.pk)
        status = 422 if form.is_bound and form.errors else 200
        context = {**row.words, "finding": found, "form": form}
        return render(request, "monitoring/supervision/act.html", context, status=status)

    return view


finding_answer = _asks(Asked(
    forms.AnswerForm, acts.may_answer, acts.answer_finding,
    gettext_lazy("Answer the finding"),
    gettext_lazy("The answer is sent; who found it looks it through."),
    button=gettext_lazy("Send the answer"),
))  # fmt: skip
finding_accept = _asks(Asked(
    forms.AcceptForm, acts.may_look, acts.accept_finding,
    gettext_lazy("Accept the answer"), gettext_lazy("The finding is mended and has ended."),
))  # fmt: skip
finding_return = _asks(Asked(
    forms.ReturnForm, acts.may_look, acts.return_finding,
    gettext_lazy("Return the answer"),
    gettext_lazy("The answer is returned; the limit begins anew."),
))  # fmt: skip
finding_withdraw = _asks(Asked(
    forms.WithdrawForm, acts.may_withdraw, acts.withdraw_finding,
    gettext_lazy("Withdraw the finding"),
    gettext_lazy("The finding is withdrawn; it stays on record."),
))  # fmt: skip
finding_follow_up = _asks(Asked(
    forms.FollowUpForm, acts.may_follow_up, acts.follow_up_finding,
    gettext_lazy("Record what followed"), gettext_lazy("It is on record."),
))  # fmt: skip


@post_required()
def finding_file(request, pk):
    seen = Finding.objects.visible_to(request.post)
    found = get_object_or_404(FindingFile.objects.filter(act__finding__in=seen), pk=pk)
    return answer_with(found)
