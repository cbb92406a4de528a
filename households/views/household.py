"""The page of one household (一户一档): a tab is an address."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.columns import whole
from accounts.entry import post_required
from accounts.models import Division
from households import dossier
from households.history import Past
from households.models import Household
from households.timeline import changes_of, timeline

SHOWN_IN_OVERVIEW = 8
PLACE = ("village__city", "village__county", "village__township")


def visible_household(request, pk):
    """The household, or the same 404 for one that is foreign and one that does not exist."""
    rows = Household.objects.visible_to(request.post).select_related(*PLACE).only(
        *whole(Household), *whole(Division, "village__"), *whole(Division, "village__township__"),
        "village__city__name", "village__county__name",
    )  # fmt: skip
    for household in rows.filter(pk=pk):
        if household.township_id == household.village.township_id:
            household.township = household.village.township
        return household
    raise Http404


def _need(post, section):
    if not post.sees_section(section):
        raise PermissionDenied


@post_required()
def overview(request, pk):
    household, post = visible_household(request, pk), request.post
    members = dossier.living_members(household) if post.sees_section("members") else []
    past = Past(household, members if post.sees_section("history") else ())
    incomes = (
        dossier.incomes_of(household, dossier.people(household, members))
        if post.sees_section("income")
        else []
    )
    return render(
        request,
        "households/household/overview.html",
        {
            "household": household,
            "tab": "household",
            "sheets": dossier.sheets_of(household, post, past),
            "members": members,
            "workers": sum(1 for member in members if member.labour in dossier.ABLE),
            "income": incomes[0] if incomes else None,
            "entries": timeline(household, post, SHOWN_IN_OVERVIEW, past),
            "today": timezone.localdate(),
        },
    )


@post_required()
def members(request, pk):
    household = visible_household(request, pk)
    _need(request.post, "members")
    rows = list(household.members.all())
    past = Past(household, rows)
    living = dossier.head_first(member for member in rows if member.left_on is None)
    left = [member for member in rows if member.left_on is not None]
    sheets = [(member, dossier.member_sheet(member, past)) for member in [*living, *left]]
    return render(
        request,
        "households/household/members.html",
        {"household": household, "tab": "household_members", "sheets": sheets},
    )


@post_required()
def income(request, pk):
    household = visible_household(request, pk)
    _need(request.post, "income")
    incomes = dossier.incomes_of(household, dossier.people(household))
    return render(
        request,
        "households/household/income.html",
        {"household": household, "tab": "household_income", "incomes": incomes},
    )


@post_required()
def history(request, pk):
    household = visible_household(request, pk)
    _need(request.post, "history")
    only = request.GET.get("only") == "changes"
    if only:
        entries = changes_of(Past(household, household.members.visible_to(request.post)))
    else:
        entries = timeline(household, request.post)
    return render(
        request,
        "households/household/history.html",
        {"household": household, "tab": "household_history", "entries": entries, "only": only},
    )
