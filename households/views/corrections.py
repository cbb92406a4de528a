"""Pages that mend the register; each calls one act of ``households/correcting.py``."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from households import correcting, correction_forms
from households.history import Past, changes_between
from households.models import Household, Member
from households.models.choices import Relation
from households.register import Outdated, RegisterRefusal
from households.views.household import visible_household
from households.views.mending import fault_asked, on_to_the_next


def _because(request):
    return {"by": request.user, "at": timezone.now()}


@post_required("edit_household")
def household(request, pk):
    row = visible_household(request, pk)
    form = _correction(request, correction_forms.HouseholdCorrection, row, row.version)
    act = correcting.correct_household
    return _corrected(request, row, row, form, act, Past(row), Household, row.version)


@post_required("edit_household")
def member(request, pk, member):
    of = visible_household(request, pk)
    row = _member(request, of, member)
    version = correcting.version_of(row)
    form = _correction(request, correction_forms.MemberCorrection, row, version)
    return _corrected(
        request, of, row, form, correcting.correct_member, Past(of, [row]), Member, version
    )


def _member(request, household, pk):
    rows = Member.objects.visible_to(request.post).filter(household=household, left_on=None)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _correction(request, kind, row, version):
    return kind(request.POST or None, row=row, initial={"seen_version": version})


def _corrected(request, household, row, form, act, past, model, version):
    context = {"household": household, "subject": row}
    if request.method == "POST" and form.is_valid():
        data, chain = form.cleaned_data, past.of(row)
        seen = chain[max(len(chain) - 1 - (version - data["seen_version"]), 0)]
        changes = form.changes(seen)
        try:
            act(
                row,
                changes=changes,
                because=data["because"],
                seen_version=data["seen_version"],
                **_because(request),
            )
        except Outdated as outdated:
            context["outdated"] = outdated
            context["others"] = changes_between(seen, chain[-1], model, past.names)
            context["other_name"] = row.recorded_by.name if row.recorded_by else ""
            form = form.kept_for(row, changes, version)
        except RegisterRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if following := on_to_the_next(request, household):
                return following
            messages.success(request, _("The register has been corrected."))
            return redirect("household", household.pk)
    context["fault"] = fault_asked(request, household)
    return render(request, "households/correct.html", {**context, "form": form})


@post_required("edit_household")
def leaves(request, pk, member):
    of = visible_household(request, pk)
    row = _member(request, of, member)
    form = correction_forms.Leaves(request.POST or None)
    words = {
        "title": _("%(name)s leaves the household") % {"name": row.name},
        "act": _("Record that %(name)s left") % {"name": row.name},
        "done": _("%(name)s is no longer counted here.") % {"name": row.name},
        "text": _("The record stays with the household. Income for a head is counted anew."),
    }
    return _act(
        request,
        of,
        form,
        lambda data: correcting.member_leaves(row, **data, **_because(request)),
        words,
    )


@post_required("edit_household")
def move(request, pk):
    row = visible_household(request, pk)
    form = correction_forms.Move(
        request.POST or None, post=request.post, initial={"seen_version": row.version}
    )
    words = {
        "title": _("Move to another village"),
        "act": _("Move the household"),
        "done": _("The household has been moved."),
        "text": _("It lives in %(place)s now. Its history moves with it.")
        % {"place": row.village.full_name},
    }
    return _act(
        request,
        row,
        form,
        lambda data: correcting.move_household(row, **data, **_because(request)),
        words,
    )


@post_required("edit_household")
def head(request, pk):
    row = visible_household(request, pk)
    members = list(Member.objects.visible_to(request.post).filter(household=row).living_there())
    form = correction_forms.Head(
        request.POST or None, members=members, initial={"seen_version": row.version}
    )

    def act(data):
        new = next(member for member in members if member.id == data["head"])
        return correcting.change_head(
            row,
            head=new,
            relations=form.relations(),
            because=data["because"],
            seen_version=data["seen_version"],
            **_because(request),
        )

    now = next((member.name for member in members if member.relation == Relation.HEAD), "")
    words = {
        "title": _("Change the head"),
        "act": _("Change the head of the household"),
        "done": _("The household has a new head."),
        "text": _("The head is %(name)s now.") % {"name": now or row.head_name},
    }
    return _act(request, row, form, act, words)


@post_required("assign")
def person(request, pk):
    row = visible_household(request, pk)
    form = correction_forms.Person(
        request.POST or None,
        candidates=correcting.candidates_for(row, request.post),
        initial={"seen_version": row.version},
    )
    contact = correcting.wanted_person(row) == "contact"
    words = {
        "title": _("Name a contact person") if contact else _("Name a responsible person"),
        "act": _("Name the contact person") if contact else _("Name the responsible person"),
        "done": _("The person has been named."),
        "text": _("The officer sees this household from now on and is named on its papers."),
    }
    return _act(
        request,
        row,
        form,
        lambda data: correcting.name_person_in_charge(row, **data, **_because(request)),
        words,
    )


def _act(request, household, form, act, words):
    """A page with one small form that does one thing."""
    outdated = None
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Outdated as refusal:
            outdated = refusal
            form.data = form.data.copy()
            form.data["seen_version"] = household.version
        except RegisterRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if following := on_to_the_next(request, household):
                return following
            messages.success(request, words["done"])
            if Household.objects.visible_to(request.post).filter(pk=household.pk).exists():
                return redirect("household", household.pk)
            return redirect("households")
    return render(
        request,
        "households/act.html",
        {
            "household": household,
            "form": form,
            "outdated": outdated,
            "fault": fault_asked(request, household),
            **words,
        },
    )
