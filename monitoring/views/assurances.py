"""The list of assurance and water problems 动态清零: by division, and its rows (AH0 3.4.1)."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen
from households.lists import places_for
from monitoring.assurances.following import PROBLEMS
from monitoring.assurances.lists import OPEN, by_division, counted, problems_for, since, within

PERIODS = (30, 90, 365)  # days
SEES = ("division", "assigned")


def _asked(request):
    """Rows, place, period and problem as the address asks; what it does not know is not asked."""
    if request.post.role_row.sees not in SEES:
        raise PermissionDenied
    place = chosen(request.post, request.GET.get("division")) or request.post.division
    days = request.GET.get("days", "")
    days = int(days) if days in map(str, PERIODS) else PERIODS[1]
    problem = request.GET.get("problem") if request.GET.get("problem") in PROBLEMS else ""
    begin = timezone.localdate() - timedelta(days=days)
    rows = since(within(problems_for(request.post), place), begin)
    return rows.filter(problem=problem) if problem else rows, place, days, problem


@post_required()
def assurances(request):
    rows, place, days, problem = _asked(request)
    now = timezone.now()
    figures, median = counted(rows, now)
    context = {
        "figures": figures,
        "median": median,
        "by_problem": [(code, words, figures[f"open_{code}"]) for code, words in PROBLEMS.items()],
        "rows": by_division(rows, place, now),
        "place": place,
        "places": places_for(request.post, place),
        "days": days,
        "periods": PERIODS,
        "problem": problem,
    }
    return render(request, "monitoring/assurances/assurances.html", context)


@post_required()
def assurance_rows(request):
    """The households behind a figure: ``?state=open`` or ``mended``; without it all found."""
    rows, place, days, problem = _asked(request)
    state = request.GET.get("state")
    if state in ("open", "mended"):
        rows = rows.filter(OPEN) if state == "open" else rows.exclude(OPEN)
    rows = rows.select_related("household__village", "household__township", "at")
    page = page_of(rows, request.GET, order=("opened_at", "id"))
    now = timezone.now()
    for row in page:
        row.problem_words = PROBLEMS[row.problem]
        row.days_words = ((row.ended_at or now) - row.opened_at).days
    context = {
        "page": page, "place": place, "places": places_for(request.post, place), "days": days,
        "problem": problem, "problems": PROBLEMS, "state": state,
        "may_visit": request.post.may("record_visit"), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "monitoring/assurances/rows.html", context)
