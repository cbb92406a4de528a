"""Pages of plans: the household's, the form in which it is made, one with its decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.deputies import persons_behind
from accounts.entry import post_required
from assistance.checks import MeasureRefusal, Outdated
from assistance.exceptions.papers import add_paper, proofs_for
from assistance.models import AssistancePlan, PlanState
from assistance.models.excepted import EXCEPTION
from assistance.plans import acts
from assistance.plans.checks import PlanRefusal, guards_of, may_withdraw, writers_of
from assistance.plans.forms import BLANK, LineFormSet, PlanForm, ReturnForm, Step
from assistance.plans.proposals import known_of, proposals_for
from assistance.risks import effects_of, risks_of
from assistance.views.measures import refuse, with_words
from households.dossier import living_members
from households.views.household import visible_household


def need_plans(post):
    if not post.sees_section("history"):
        raise PermissionDenied


def visible_plan(request, pk):
    need_plans(request.post)
    rows = AssistancePlan.objects.visible_to(request.post)
    rows = rows.select_related("household__village", "household__township")
    return get_object_or_404(rows, pk=pk)


@post_required()
def of_household(request, pk):
    """The plan in force, the one in hand, and those before."""
    household = visible_household(request, pk)
    need_plans(request.post)
    plans = list(household.plans.all())
    shown = next((plan for plan in plans if plan.is_in_hand), plans[0] if plans else None)
    context = {"household": household, "tab": "household_plan", "plans": plans, "plan": shown}
    context["risks"] = risks_of(household, request.post)
    if shown:
        context |= _contents(shown, request.post)
    return render(request, "assistance/plans/household.html", context)


@post_required()
def plan(request, pk):
    found = visible_plan(request, pk)
    return _plan_page(request, found, ReturnForm(initial={"seen_version": found.version}))


def _plan_page(request, found, form):
    post, home = request.post, found.household
    context = {"plan": found, "household": home, "form": form, **_contents(found, post)}
    context["may_decide"] = found.state == PlanState.SUBMITTED and post.may("approve_plan")
    context["may_withdraw"] = found.state == PlanState.SUBMITTED and may_withdraw(found, post)
    context["wrote_it"] = bool(writers_of(found) & persons_behind(post))
    context["others"] = home.plans.exclude(pk=found.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "assistance/plans/plan.html", context, status=status)


def _contents(found, post):
    """What the plan says and what became of it."""
    today = timezone.localdate()
    measures = list(found.measures.select_related("member").prefetch_related("notes"))
    effects = effects_of(measures, post)
    for row in with_words(measures, today):
        row.effects = effects.get(row.pk, ())
    return {
        "lines": found.lines.filter(measure=None).select_related("member"),
        "measures": measures,
        "guards": guards_of(found, post, today) if found.is_in_hand else [],
        "acts": found.acts.select_related("by__officer", "by__deputy_of__officer", "by__division"),
        "today": today,
        **proofs_for(found, post),
    }


@post_required("make_plan")
def write(request, pk):
    household, today = visible_household(request, pk), timezone.localdate()
    plans = household.plans.all()
    in_hand = next((plan for plan in plans if plan.is_in_hand), None)
    if in_hand and not in_hand.may_be_written:
        messages.info(request, _("It waits for the township. Withdraw it first."))
        return redirect("plan", in_hand.pk)
    members = living_members(household)
    given = {"post": request.post, "members": members}
    if request.method == "POST":
        form = PlanForm(request.POST)
        lines = LineFormSet(request.POST, request.FILES, prefix="line", form_kwargs=given)
    else:
        source = in_hand or next((p for p in plans if p.state == PlanState.APPROVED), None)
        form = PlanForm(initial=_facts_of(source, in_hand, household, request.post, today))
        rows = _rows(source if in_hand else None, household, request.post, today)
        lines = LineFormSet(prefix="line", initial=rows, form_kwargs=given)
    context = {"household": household, "form": form, "lines": lines, "plan": in_hand}
    context["risks"] = risks_of(household, request.post)
    context["going_on"] = household.measures.open().select_related("member")
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        done = _written(request, household, form, lines, context)
        if done:
            return done
    faults = form.errors or (lines.is_bound and any(lines.errors))
    context["more"] = sum(1 for line in lines if line.shown and not line["use"].value())
    context["ticked"] = any(line["use"].value() for line in lines)
    context["line_faults"] = lines.is_bound and any(lines.errors)
    context["files_lost"] = bool(faults and request.FILES)
    return render(request, "assistance/plans/write.html", context, status=422 if faults else 200)


def _written(request, household, form, lines, context):
    given = {"by": request.post, "at": timezone.now()}
    proofs = lines.proofs()
    if proofs is None:
        return None
    try:
        with transaction.atomic():
            plan = acts.write_plan(
                household, facts=form.facts(), lines=lines.facts(),
                seen_version=form.cleaned_data["seen_version"], **given,
            )  # fmt: skip
            for grounds, kept in proofs:
                add_paper(plan, grounds=grounds, **kept, **given)
    except Outdated as outdated:
        context["outdated"] = outdated
        form.add_error(None, str(outdated))
        return None
    except MeasureRefusal as refusal:
        refuse(form, refusal)
        context["asks_exception"] = "AH 4.1.2" in str(refusal)
        return None
    if request.POST.get("act") != "submit":
        messages.success(request, _("The plan is saved; the township does not see it yet."))
        return redirect("household_plan", household.pk)
    try:
        acts.submit_plan(plan, seen_version=plan.version, **given)
    except MeasureRefusal as refusal:
        # What was typed is kept as a draft; the form goes on from it.
        form.data = form.data.copy()
        form.data["seen_version"] = plan.version
        refuse(form, refusal)
        return None
    messages.success(request, _("The plan lies with the township."))
    return redirect("household_plan", household.pk)


def _facts_of(source, in_hand, household, post, today):
    known = known_of(household, post, today)
    if source is None:
        return known
    kept = {name: getattr(source, name) for name in AssistancePlan.FACTS}
    if in_hand is None:  # a new plan after the one in force
        return {**kept, "valid_from": known["valid_from"], "valid_until": known["valid_until"]}
    return {**kept, "seen_version": in_hand.version}


def _rows(in_hand, household, post, today):
    """The lines of the plan in hand, then what else answers the risks, then blank rows."""
    responsible = household.responsible_name or household.contact_name or post.officer.name
    rows = [_row(line) for line in in_hand.lines.all()] if in_hand else []
    there = {(row["kind"], row["member"]) for row in rows}
    for proposal in proposals_for(household, post, today):
        row = proposal.initial(responsible=responsible, today=today)
        if (row["kind"], row["member"]) not in there:
            rows.append(row | ({"use": False} if in_hand else {}))
    return [*rows, *({"responsible": responsible, "started_on": today} for _n in range(BLANK))]


PLAIN = ("kind", "words", "responsible", "amount", "source", *EXCEPTION)


def _row(line):
    return {
        **{name: getattr(line, name) for name in PLAIN},
        "started_on": line.started_on,
        "due_on": line.due_on,
        "member": line.member_id,
        "answers": ",".join(line.answers),
        "use": True,
    }


@require_POST
@post_required("make_plan")
def submit(request, pk):
    return _step(request, pk, acts.submit_plan, _("The plan lies with the township."))


@require_POST
@post_required("make_plan")
def withdraw(request, pk):
    return _step(request, pk, acts.withdraw_plan, _("The plan is withdrawn; change it as needed."))


@require_POST
@post_required("approve_plan")
def approve(request, pk):
    words = _("The plan is approved; its measures are on record.")
    return _step(request, pk, acts.approve_plan, words)


@require_POST
@post_required("approve_plan")
def send_back(request, pk):
    found, form = visible_plan(request, pk), ReturnForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, found, form)
    try:
        acts.return_plan(found, **form.cleaned_data, by=request.post, at=timezone.now())
    except PlanRefusal as refusal:
        refuse(form, refusal)
        return _plan_page(request, found, form)
    except Outdated as outdated:
        messages.error(request, str(outdated))
    else:
        messages.success(request, _("The plan goes back to the village with your reason."))
    return redirect("plan", found.pk)


def _step(request, pk, act, done):
    found, form = visible_plan(request, pk), Step(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        act(found, **form.cleaned_data, by=request.post, at=timezone.now())
    except MeasureRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("plan", found.pk)
