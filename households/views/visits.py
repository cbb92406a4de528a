"""Pages of visits: record one, look at one, at a household's, at all; the sheet on paper."""

from uuid import uuid5

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from accounts.paging import page_of
from households.models import Household, Member, Photo, Visit
from households.photos import checked_photo
from households.views.mending import on_to_the_next
from households.visit_changes import changes_of, fact_words
from households.visit_form import VisitForm
from households.visit_questions import questions_first
from households.visit_words import MONEY, NEEDS
from households.visiting import (
    HouseholdMoved,
    VisitRefusal,
    add_photo,
    household_to_visit,
    record_visit,
    stored_visit,
)


@never_cache
@post_required("record_visit")
def record(request, pk):
    now = timezone.now()
    try:
        household = household_to_visit(pk, by=request.post)
    except HouseholdMoved as moved:
        return render(request, "households/visits/moved.html", {"sentence": moved}, status=409)
    except Household.DoesNotExist:
        household = get_object_or_404(Household.objects.none())
    if request.method == "POST":
        if stored := stored_visit(household, request.POST.get("client_id")):
            return redirect("visit", pk=stored.pk)
        form = VisitForm(household, request.POST, request.FILES, at=now)
        if form.is_valid() and (visit := _store(request, household, form, now)):
            return on_to_the_next(request, household) or redirect("visit", pk=visit.pk)
    else:
        form = VisitForm(household, at=now)
    return render(request, "households/visits/record.html", form_context(household, form))


def form_context(household, form):
    return {"household": household, "form": form, "questions": questions_first(form)}


def _store(request, household, form, now):
    try:
        visit, _stored = record_visit(household, **form.arguments(), by=request.post, at=now)
    except VisitRefusal as refusal:
        form.add_error(None, str(refusal))
        return None
    for number, upload in enumerate(request.FILES.getlist("photos")):
        _add_photo(request, visit, upload, number, now)
    messages.success(request, _("The visit is saved."))
    return visit


def _add_photo(request, visit, upload, number, now):
    """Sent with the form itself: named by the visit's id and its place, so a resend adds none."""
    try:
        image, taken_at = checked_photo(upload)
        key = uuid5(visit.client_id, f"photo {number}")
        add_photo(visit, client_id=key, image=image, taken_at=taken_at, by=request.post, at=now)
    except (ValidationError, VisitRefusal) as refusal:
        words = refusal.messages[0] if isinstance(refusal, ValidationError) else refusal
        messages.warning(request, _("One photo was not taken: %(why)s") % {"why": words})


@never_cache
@post_required()
def visit(request, pk):
    seen = Visit.objects.visible_to(request.post).select_related("household", "officer", "post")
    visit = get_object_or_404(seen.prefetch_related("photos", "events"), pk=pk)
    context = {
        "visit": visit,
        "household": visit.household,
        "changes": changes_of(visit),
        "kept": _kept(visit),
        "newcomers": Member.objects.filter(
            household=visit.household, origin="visit", origin_id=visit.id, name__in=_joined(visit)
        ),
        "clock_ahead": _clock_ahead(visit),
        "sent_late": (visit.received_at - visit.made_at).days,
        "money": [
            (*words, visit.money[kind]) for kind, words in MONEY.items() if kind in visit.money
        ],
        "needs": [words for need, words in NEEDS if need in visit.needs],
    }
    return render(request, "households/visits/visit.html", context)


def _joined(visit):
    return visit.found.get("joined", [])


def _kept(visit):
    """Facts about which the register knew something newer: ``[(whose, words)]``."""
    names = {member.id: member for member in visit.household.members.all()}
    rows = []
    for member_id, fact in visit.found.get("kept", []):
        row = names.get(member_id, visit.household)
        rows.append((str(row), fact_words([fact], row)[0]))
    return rows


def _clock_ahead(visit):
    """Minutes that the phone's clock ran ahead of the server's, when over two."""
    minutes = (visit.made_at - visit.received_at).total_seconds() / 60
    return round(minutes) if minutes > 2 else 0


@post_required()
def of_household(request, pk):
    household = get_object_or_404(Household.objects.visible_to(request.post), pk=pk)
    if not request.post.sees_section("visits"):
        raise PermissionDenied
    visits = Visit.objects.visible_to(request.post).filter(household=household)
    page = page_of(visits.select_related("officer"), request.GET, order=("-visited_on", "-id"))
    context = {
        "household": household,
        "page": page,
        "may_record": request.post.may("record_visit"),
    }
    return render(request, "households/visits/of_household.html", context)


@post_required()
def visits(request):
    if not request.post.sees_section("visits"):
        raise PermissionDenied
    seen = Visit.objects.visible_to(request.post).select_related("household__village", "officer")
    page = page_of(seen, request.GET, order=("-visited_on", "-id"))
    return render(request, "households/visits/visits.html", {"page": page})


@post_required()
def photo(request, pk):
    found = get_object_or_404(Photo.objects.visible_to(request.post), pk=pk)
    answer = FileResponse(found.image.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer


@never_cache
@post_required("record_visit")
def sheet(request, pk):
    household = get_object_or_404(
        Household.objects.visible_to(request.post).select_related("village"), pk=pk
    )
    form = VisitForm(household, at=timezone.now())
    context = form_context(household, form) | {"now": timezone.now()}
    context["questions"] = context["questions"][:6]
    names = ["food", "clothing", *(f"school_{child.id}" for child in form.children)]
    context["sheet_assurances"] = [form[name] for name in [*names, "medical", "housing", "water"]]
    return render(request, "households/visits/sheet.html", context)


@post_required("record_visit")
def unsent(request):
    return render(request, "households/visits/unsent.html")
