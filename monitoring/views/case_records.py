"""Pages that record what belongs to a case: notices, objections, votes, questions to departments.

Each shows a form and calls one act of ``case_records.py``.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from accounts.refusals import Refused
from monitoring.cases import record_forms as forms
from monitoring.cases import records as records
from monitoring.cases.moving import TakenFirst, at_desk
from monitoring.models import Enquiry, Notice, Objection
from monitoring.policy.parameters import figures_on
from monitoring.procedures import StepAct
from monitoring.views.cases import visible_case


@dataclass
class Record:
    """A page: its words, the anchor of the case page where the record then stands."""

    title: str
    act: str
    done: str
    anchor: str
    text: str = ""


@never_cache
@post_required()
def notice(request, pk):
    case = visible_case(request, pk)
    today = timezone.localdate()
    figures = figures_on(today, [case.household.county])[case.household.county_id]
    days = int(figures["notice_days"])
    initial = {"up_on": today, "until": today + timedelta(days=days)}
    words = Record(
        _("Public notice"),
        _("Record that the notice hangs"),
        _("The notice is recorded; put the photo of it to the papers."),
        "notice",
        _("It hangs for at least %(days)d days.") % {"days": days},
    )

    act = records.put_up_notice
    return _page(request, case, forms.NoticeForm, act, words, initial, StepAct.NOTICE)


@never_cache
@post_required()
def notice_down(request, pk, notice):
    case = visible_case(request, pk)
    row = get_object_or_404(Notice.objects.visible_to(request.post).filter(case=case), pk=notice)
    words = Record(
        _("Take the notice down"),
        _("Record that it is taken down"),
        _("The notice is taken down."),
        "notice",
        row.place,
    )

    def act(case, **said):
        row.case = case
        records.take_down_notice(row, **said)

    initial = {"down_on": timezone.localdate()}
    return _page(request, case, forms.NoticeDownForm, act, words, initial)


@never_cache
@post_required()
def objection(request, pk, notice):
    case = visible_case(request, pk)
    row = get_object_or_404(Notice.objects.visible_to(request.post).filter(case=case), pk=notice)
    words = Record(
        _("An objection"),
        _("Write down the objection"),
        _("The objection is on record; it must be answered before the case goes on."),
        "notice",
        _("As the person said it; no name is needed."),
    )

    def act(case, **said):
        row.case = case
        records.raise_objection(row, **said)

    return _page(
        request, case, forms.ObjectionForm, act, words, {"raised_on": timezone.localdate()}
    )


@never_cache
@post_required()
def objection_answer(request, pk, objection):
    case = visible_case(request, pk)
    rows = Objection.objects.visible_to(request.post).filter(case=case)
    row = get_object_or_404(rows, pk=objection)
    words = Record(
        _("Answer an objection"),
        _("Record the answer"),
        _("The objection is answered."),
        "notice",
        row.words,
    )

    def act(case, **said):
        row.case = case
        records.answer_objection(row, **said)

    return _page(request, case, forms.ObjectionAnswerForm, act, words)


@never_cache
@post_required()
def meeting(request, pk):
    case = visible_case(request, pk)
    words = Record(
        _("Democratic review"),
        _("Record the votes"),
        _("The votes are on record; put the signed minutes to the papers."),
        "meeting",
        _("It passes with more than half of those present."),
    )
    initial = {"held_on": timezone.localdate()}
    act = records.hold_democratic_review
    step = StepAct.DEMOCRATIC_REVIEW
    return _page(request, case, forms.MeetingForm, act, words, initial, step)


@never_cache
@post_required()
def ask(request, pk):
    case = visible_case(request, pk)
    words = Record(
        _("Ask a department"),
        _("Ask the department"),
        _("The department is asked; it has %(days)d working days.") % {"days": records.ANSWER_DAYS},
        "departments",
    )
    act = records.ask_department
    return _page(request, case, forms.AskForm, act, words, may=records.may_ask)


@never_cache
@post_required()
def ask_withdraw(request, pk, enquiry):
    case = visible_case(request, pk)
    row = get_object_or_404(Enquiry.objects.visible_to(request.post).filter(case=case), pk=enquiry)
    words = Record(
        _("Withdraw the question"),
        _("Withdraw the question"),
        _("The question is withdrawn."),
        "departments",
        f"{row.get_department_display()}: {row.question}",
    )

    def act(case, **said):
        records.withdraw_enquiry(row, **said)

    return _page(request, case, forms.AskWithdrawForm, act, words, may=records.may_ask)


def _page(request, case, kind, act, words, initial=None, step=None, may=at_desk):
    """The form; sent, its act. Who may not record here reads why, and gets no form."""
    form = kind(request.POST or None, initial={**(initial or {}), "version": case.version})
    context = {"case": case, "household": case.household, "words": words, "form": form}
    if request.method != "POST":
        allowed = may(case, request.post) and (step is None or case.at_step.act == step)
        if not allowed:
            context |= {"form": None, "refusal": _not_here(), "nothing_typed": True}
        return _render(request, context, 200 if allowed else 403)
    if not form.is_valid():
        return _render(request, context, 422)
    case.version = form.cleaned_data["version"]
    try:
        act(case, **form.said, by=request.post, at=timezone.now())
    except Refused as refused:
        fresh = visible_case(request, case.pk).version
        context["refusal"] = refused
        context["form"] = kind(initial={**form.cleaned_data, "version": fresh})
        return _render(request, context, 409 if isinstance(refused, TakenFirst) else 422)
    messages.success(request, words.done)
    return redirect(f"{reverse('case', args=[case.pk])}#{words.anchor}")


def _not_here():
    return _("The case is not on your desk, or at another step; you may read it, and add nothing.")


def _render(request, context, status):
    return render(request, "monitoring/cases/record.html", context, status=status)
