"""Pages of measures: those of a household, one of them, a new one, one changed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from assistance.catalogue import MEASURE_TYPES
from assistance.checks import MeasureRefusal, Outdated
from assistance.exceptions.papers import proofs_for
from assistance.forms import ChangeForm, MeasureForm, opening
from assistance.models import Grant, InsuranceClaim, Measure, MeasureNote, SocialNeed
from assistance.planning import add_measure, change_measure
from assistance.projects.telling import projects_of
from assistance.risks import effects_of, risks_of
from assistance.telling import changes_of, rule_words
from households.dossier import living_members
from households.views.household import visible_household

NOTES = Prefetch("notes", MeasureNote.objects.select_related("recorded_by__officer"))


def need_measures(post):
    if not post.sees_section(Measure.section):
        raise PermissionDenied


def visible_measure(request, pk):
    need_measures(request.post)
    rows = Measure.objects.visible_to(request.post).select_related(
        "member", "household__village", "plan", "action"
    )
    found = get_object_or_404(rows.prefetch_related(NOTES), pk=pk)
    return with_words([found], timezone.localdate())[0]


def with_words(rows, on):
    """Gives each row what its cells say besides its columns."""
    for row in rows:
        row.answers_words = [rule_words(code) for code in row.answers]
        row.unexplained = row.wants_reason(on)
    return rows


@post_required()
def of_household(request, pk):
    """What stands against the household, what answers it, and what was done."""
    household = visible_household(request, pk)
    need_measures(request.post)
    rows = Measure.objects.visible_to(request.post).filter(household=household)
    rows = list(rows.select_related("member").prefetch_related(NOTES))
    today = timezone.localdate()
    with_words(rows, today)
    answered = [(risk, _answering(rows, risk, today)) for risk in risks_of(household, request.post)]
    context = {
        "household": household,
        "tab": "household_measures",
        "open": [row for row in rows if row.is_open],
        "ended": [row for row in rows if not row.is_open],
        "risks": answered,
        "left": sum(1 for _risk, measures in answered if not measures),
        "today": today,
        "grants": Grant.objects.visible_to(request.post)
        .filter(household=household)
        .select_related("fund"),
        **projects_of(household, request.post),
        "claims": InsuranceClaim.objects.visible_to(request.post).filter(household=household),
        "needs": SocialNeed.objects.visible_to(request.post).filter(household=household),
    }
    return render(request, "assistance/household.html", context)


def _answering(rows, risk, on):
    return [row for row in rows if row.answers_rule(risk.code, risk.kinds, risk.since, on)]


@post_required()
def measure(request, pk):
    found = visible_measure(request, pk)
    context = {"measure": found, "household": found.household, "changes": changes_of(found)}
    context["effects"] = effects_of([found], request.post).get(found.pk, ())
    if found.exception:
        context |= proofs_for(found, request.post)
    return render(request, "assistance/measure.html", context)


@post_required("carry_measures")
def new(request, pk):
    household = visible_household(request, pk)
    need_measures(request.post)
    risks = risks_of(household, request.post)
    wanted = _wanted(request.GET, risks)
    form = MeasureForm(
        request.POST or None,
        post=request.post,
        risks=risks,
        members=_members(household, request.post),
        initial=opening(household, request.post, **wanted),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made, _new = add_measure(
                household,
                client_id=form.cleaned_data["client_id"],
                by=request.post,
                at=timezone.now(),
                **form.facts(),
            )
        except MeasureRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The measure is on record."))
            return redirect("household_measures", made.household_id)
    context = {"household": household, "form": form, "risks": [r for r in risks if r.types]}
    return render(request, "assistance/new.html", context)


def _wanted(asked, risks):
    """What a link proposes: a kind with the risks that it answers, or a risk."""
    kind = asked.get("kind", "")
    answers = [risk.code for risk in risks if risk.code == asked.get("answers")]
    if kind in MEASURE_TYPES and not answers:
        answers = [risk.code for risk in risks if kind in risk.kinds]
    return {"kind": kind if kind in MEASURE_TYPES else "", "answers": answers}


def _members(household, post):
    return living_members(household) if post.sees_section("members") else []


@post_required("carry_measures")
def change(request, pk):
    found = visible_measure(request, pk)
    members = _members(found.household, request.post)
    if members and found.member and found.member not in members:
        members.append(found.member)
    given = {
        "post": request.post,
        "risks": risks_of(found.household, request.post),
        "members": members,
        "measure": found,
    }
    initial = {name: getattr(found, name) for name in KNOWN} | {"member": found.member_id}
    initial["seen_version"] = found.version
    form = ChangeForm(request.POST or None, initial=initial, **given)
    context = {"measure": found, "household": found.household}
    if request.method == "POST" and form.is_valid():
        said = {"because": form.cleaned_data["because"], "by": request.post, "at": timezone.now()}
        seen = form.cleaned_data["seen_version"]
        try:
            change_measure(found, seen_version=seen, **said, **form.facts())
        except Outdated as outdated:
            context["outdated"] = outdated
            typed = {**form.cleaned_data, "seen_version": found.version}
            form = ChangeForm(initial=typed, **given)
        except MeasureRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The measure was changed; what it was is kept."))
            return redirect("measure", found.pk)
    return render(request, "assistance/change.html", {**context, "form": form})


KNOWN = (
    *("kind", "answers", "words", "responsible", "department", "started_on", "due_on", "amount"),
    *("source", "exception", "exception_problem", "exception_words"),
)


def refuse(form, refusal):
    """A refusal beside its field, or on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


@post_required()
def photo(request, pk):
    need_measures(request.post)
    found = get_object_or_404(MeasureNote.objects.visible_to(request.post).exclude(photo=""), pk=pk)
    answer = FileResponse(found.photo.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer
