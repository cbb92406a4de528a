"""What is done with a clue: told, placed in the register, checked, confirmed, sent back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.entry import post_required
from accounts.refusals import Refused
from accounts.views.revealing import reveal_page
from households.models import Household
from households.search import found_by_number, found_by_words, is_personal, plain_words
from monitoring.clues import checking, placing
from monitoring.clues.forms import (
    CheckForm,
    HouseholdClueForm,
    PersonClueForm,
    RegisterForm,
    WordsForm,
)
from monitoring.clues.moving import on_desk
from monitoring.clues.receiving import CHANNEL_OF, Person, report_clue
from monitoring.models import ClueState
from monitoring.views.clues import visible_clue

FOUND = 20


def _found(post, typed):
    """Households of the post by words or by a full number, which is kept nowhere."""
    rows = Household.objects.visible_to(post)
    if is_personal(typed):
        rows = found_by_number(post, typed)
    elif plain_words(typed):
        rows = found_by_words(rows, typed, post)
    else:
        rows = rows.none()
    return list(rows.select_related("village", "township")[:FOUND])


@never_cache
@sensitive_post_parameters()
@post_required()
def new(request):
    """``?household=`` or ``?person=1``; without either, the household is looked for."""
    post = request.post
    if post.role not in CHANNEL_OF:
        raise PermissionDenied
    if number := request.GET.get("household"):
        return _new_of_household(request, number)
    if request.GET.get("person"):
        return _new_of_person(request)
    typed = request.POST.get("q", "")
    context = {"found": _found(post, typed), "typed": "" if is_personal(typed) else typed}
    context["looked"] = request.method == "POST" and bool(typed.strip())
    return render(request, "monitoring/clues/find.html", context)


def _new_of_household(request, number):
    rows = Household.objects.visible_to(request.post).select_related("village__county")
    household = get_object_or_404(rows, pk=number if number.isdecimal() else 0)
    form = HouseholdClueForm(request.POST if request.method == "POST" else None)

    def act(data):
        return report_clue(
            village=household.village, household=household, words=data["words"],
            by=request.post, at=timezone.now(),
        )  # fmt: skip

    title = _("Clue about the household of %(head)s") % {
        "head": household.head_name or household.number
    }
    return _told(request, form, title, act)


def _new_of_person(request):
    if request.post.role == "assigned":
        raise PermissionDenied
    form = PersonClueForm(
        request.POST if request.method == "POST" else None,
        post=request.post,
        today=timezone.localdate(),
    )

    def act(data):
        person = Person(data["name"], data["resident_id"], data["phone"])
        return report_clue(
            village=data["village"], person=person, words=data["words"],
            by=request.post, at=timezone.now(),
        )  # fmt: skip

    return _told(request, form, _("Clue about somebody who is not in the register"), act)


def _told(request, form, title, act):
    if request.method == "POST" and form.is_valid():
        try:
            clue, is_new = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("The clue lies on the village's desk.")
            messages.success(request, words if is_new else _("Added to the clue that is open."))
            return redirect("clue", clue.pk)
    context = {"title": title, "form": form, "act": _("Send the clue"), "back": reverse("clue_new")}
    context["text"] = _("The village checks it at home within the days that hold here.")
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


def _desk_clue(request, pk, *states):
    clue = visible_clue(request, pk)
    if not clue.is_open or clue.state not in states or not on_desk(clue, request.post):
        raise PermissionDenied
    return clue


@never_cache
@post_required()
def check(request, pk):
    clue = _desk_clue(request, pk, ClueState.CHECK)
    visit = checking.latest_visit(clue)
    day = visit.visited_on if visit else timezone.localdate()
    initial = {"version": clue.version, "checked_on": day}
    form = CheckForm(request.POST if request.method == "POST" else None, clue=clue, initial=initial)
    context = {"clue": clue, "form": form, "visit": visit}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            done = checking.check_clue(
                clue, finding=data["finding"], words=data["words"],
                checked_on=data["checked_on"], procedure=data.get("procedure", ""),
                seen_version=data["version"], by=request.post, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The check is recorded. %(state)s.") % {
                "state": done.get_answer_display() or done.get_state_display()
            })  # fmt: skip
            case = done.cases.filter(state="open").first()
            return redirect("case", case.pk) if case else redirect("clue", pk)
    status = 422 if form.errors else 200
    return render(request, "monitoring/clues/check.html", context, status=status)


@never_cache
@sensitive_post_parameters()
@post_required()
def place(request, pk):
    """Whose household: one found by its number, one looked for, or registered."""
    clue = _desk_clue(request, pk, ClueState.CHECK)
    if clue.household_id:
        raise Http404
    typed, chosen = request.POST.get("q", ""), request.POST.get("household", "")
    refusal = ""
    if chosen.isdecimal():
        rows = Household.objects.visible_to(request.post).select_related("village__county")
        household = get_object_or_404(rows, pk=chosen)
        try:
            kept = placing.place_clue(
                clue, household=household, seen_version=_version(request), by=request.post,
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The household is found."))
            return redirect("clue", kept.pk)
    found = _found(request.post, typed) if typed else placing.candidates(clue, request.post)
    context = {"clue": clue, "found": found, "looked": bool(typed.strip()), "refusal": refusal}
    context["typed"] = "" if is_personal(typed) else typed
    status = 422 if refusal else 200
    return render(request, "monitoring/clues/place.html", context, status=status)


def _version(request):
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


@never_cache
@sensitive_post_parameters()
@post_required()
def register(request, pk):
    clue = _desk_clue(request, pk, ClueState.CHECK)
    if clue.household_id:
        raise Http404
    initial = {"head_name": clue.name, "version": clue.version}
    today = timezone.localdate()
    form = RegisterForm(
        request.POST if request.method == "POST" else None, clue=clue, today=today, initial=initial
    )

    def act(data):
        return placing.register_for(
            clue, head_name=data["head_name"], group_name=data["group_name"],
            resident_id=data["resident_id"] or clue.resident_id.open(),
            phone=data["phone"] or clue.phone.open(),
            seen_version=data["version"], by=request.post, at=timezone.now(),
        )  # fmt: skip

    words = {"title": _("Register a general household"), "act": _("Register the household")}
    words["text"] = _("Only the head; other members are found on visits or come by the export.")
    return _decided(request, clue, form, words, act, back="clue_place")


@never_cache
@post_required()
def confirm(request, pk):
    clue = _desk_clue(request, pk, ClueState.CONFIRM)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        needed=False,
        initial={"version": clue.version},
    )
    words = {"title": _("Confirm that there is no risk"), "act": _("Confirm and end the clue")}
    words["text"] = clue.words
    return _decided(request, clue, form, words, lambda data: checking.confirm_clue(
        clue, because=data["because"], seen_version=data["version"], by=request.post,
        at=timezone.now(),
    ))  # fmt: skip


@never_cache
@post_required()
def send_back(request, pk):
    clue = _desk_clue(request, pk, ClueState.CONFIRM, ClueState.TO_OPEN)
    form = WordsForm(
        request.POST if request.method == "POST" else None, initial={"version": clue.version}
    )
    words = {"title": _("Send the clue back"), "act": _("Send back to be checked again")}
    words["text"] = clue.words
    return _decided(request, clue, form, words, lambda data: checking.return_clue(
        clue, because=data["because"], seen_version=data["version"], by=request.post,
        at=timezone.now(),
    ))  # fmt: skip


@never_cache
@post_required()
def open_case(request, pk):
    clue = _desk_clue(request, pk, ClueState.TO_OPEN)
    initial = {"version": clue.version, "because": clue.words}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    words = {"title": _("Open the case"), "act": _("Open the case")}
    words["text"] = clue.words
    return _decided(request, clue, form, words, lambda data: checking.open_case_of(
        clue, because=data["because"], seen_version=data["version"], by=request.post,
        at=timezone.now(),
    ))  # fmt: skip


def _decided(request, clue, form, words, act, back="clue"):
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
            is_case = made._meta.model_name == "case"
            return redirect("case" if is_case else "clue", made.pk)
    context = {**words, "form": form, "back": reverse(back, args=[clue.pk])}
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


@post_required("reveal_phone")
def show(request, pk, field):
    clue = visible_clue(request, pk)
    if field not in ("resident_id", "phone") or not request.post.sees_section("identifiers"):
        raise Http404
    back = reverse("clue", args=[pk])
    return reveal_page(request, clue, field, subject_words=str(clue), back=back)
