"""Acts on a case: each view takes one form, calls one act, and says what happened and who is next.

A refused act shows the case's page again, with the sentence and the words that were typed: 409 when
somebody else was first, 422 for what must be mended.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.refusals import Refused
from monitoring.cases import casework, forms, moving
from monitoring.cases.deciding import done_words
from monitoring.cases.neighbours import neighbours
from monitoring.cases.words import address, told_after
from monitoring.views.cases import case_response, visible_case


@require_POST
@post_required()
def pass_on(request, pk):
    def act(case, form, **who):
        return casework.pass_on(case, proposal=form.proposal, **who)

    return _act(request, pk, forms.PassForm, act)


@require_POST
@post_required()
def return_case(request, pk):
    def act(case, form, **who):
        return casework.return_case(case, to_start=form.to_start, **who)

    return _act(request, pk, forms.ReturnForm, act)


@require_POST
@post_required()
def refuse(request, pk):
    return _act(
        request, pk, forms.RefuseForm, lambda case, form, **who: casework.refuse(case, **who)
    )


@require_POST
@post_required()
def withdraw(request, pk):
    def act(case, form, **who):
        return casework.withdraw(case, **who)

    return _act(request, pk, forms.WithdrawForm, act, stay=True)


@require_POST
@post_required()
def roll_back(request, pk):
    def act(case, form, **who):
        return casework.roll_back(case, **who)

    return _act(request, pk, forms.RollBackForm, act, stay=True)


def _act(request, pk, kind, act, stay=False):
    """Calls the act with the version that the officer saw; then the next case of the inbox."""
    case = visible_case(request, pk)
    form = kind(case, request.POST)
    if not form.is_valid():
        return _again(request, pk, kind, " ".join(sum(form.errors.values(), [])), 422)
    beside = neighbours(case, request.post, request.GET, timezone.localdate())
    done = done_words(kind.code, case)
    try:
        case = act(
            case,
            form,
            seen_version=form.cleaned_data["version"],
            because=form.cleaned_data["because"],
            by=request.post,
            at=timezone.now(),
        )
    except moving.TakenFirst as first:
        return _again(request, pk, kind, str(first), 409)
    except casework.NotYet as not_yet:
        return _again(request, pk, kind, "", 422, not_yet.failures)
    except Refused as refused:
        return _again(request, pk, kind, str(refused), 422)
    messages.success(request, told_after(case, done))
    return redirect(_onward(request, case, None if stay else beside))


def _again(request, pk, kind, sentence, status, failures=()):
    typed = (kind.code, request.POST.dict())
    return case_response(
        request,
        visible_case(request, pk),
        typed=typed,
        refusal=sentence,
        failures=failures,
        status=status,
    )


def _onward(request, case, beside):
    """The next case of the inbox, else the one before, else the inbox itself."""
    query = request.GET.urlencode()
    query = f"?{query}" if query else ""
    if beside is None:
        return reverse("case", args=[case.pk]) + query
    if follower := beside.after or beside.before:
        return reverse("case", args=[follower]) + query
    inbox = address("cases")
    return inbox + query if inbox else reverse("case", args=[case.pk])


@post_required()
def change(request, pk):
    """The request changed at the step where it is written, without passing it on."""
    case = visible_case(request, pk)
    initial = {**case.proposal, "because": case.because, "version": case.version}
    form = forms.ChangeForm(case, request.POST or None, initial=initial)
    context = {"case": case, "household": case.household, "form": form}
    status = 422 if request.method == "POST" else 200
    if request.method != "POST" and not (case.step == 0 and moving.at_desk(case, request.post)):
        sentence = _("The request is changed where it was written, at the first step.")
        context |= {"form": None, "refusal": sentence, "nothing_typed": True}
        status = 403
    if request.method == "POST" and form.is_valid():
        try:
            casework.change_request(
                case,
                seen_version=form.cleaned_data["version"],
                because=form.cleaned_data["because"],
                proposal=form.proposal,
                by=request.post,
                at=timezone.now(),
            )
        except Refused as refused:
            status = 409 if isinstance(refused, moving.TakenFirst) else 422
            context["refusal"] = refused
            typed = {**form.cleaned_data, "version": visible_case(request, pk).version}
            context["form"] = forms.ChangeForm(case, initial=typed)
        else:
            messages.success(request, told_after(case, done_words("change", case)))
            return redirect("case", pk)
    return render(request, "monitoring/cases/change.html", context, status=status)
