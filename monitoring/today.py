"""The page everybody starts from: what is mine to do today."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.columns import whole
from accounts.deadlines import figures_of
from accounts.entry import post_required
from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.paging import page_of
from accounts.places import with_code
from accounts.roles import CITY, VILLAGE
from accounts.tables import wants_page_contexts
from duties.lists import late_below as tasks_late_below
from duties.lists import on_desk as on_desk_tasks
from duties.models import Task
from households.due import (
    due_this_month,
    figures,
    overdue,
    until_the_months_end,
    visited_this_month,
    with_due,
)
from households.models import Household
from households.models.choices import Tier
from monitoring.departments import day_of
from monitoring.inbox.lists import DESKS, late_below, on_desk, questions_for
from monitoring.models import Case, RedFlag, Run
from monitoring.policy.rules import rules_of
from monitoring.today_parts import parts_of

SHOWN = 30  # rows of a kind on the page; the rest is behind a link
FIRST = 5  # cases on the page
MANY = 300_000  # households of a province: counting those of a city or more takes its time
ROW = ("head_name", "status", "exited_class", "group_name", "last_visited_on")
VISITORS = ("village", "assigned")
WORDS = {
    "education": _("Look at the households with pupils, and answer what counties ask."),
    "department": _("Look at the households of your line of work, and answer what counties ask."),
    "auditor": _("Nothing waits for you. You may look at everything here, and change nothing."),
    "administrator": _("Keep accounts: new officers, changed posts, those who have left."),
}


@dataclass(frozen=True)
class Kind:
    """A kind of households on the page: its words and the condition over ``with_due`` rows."""

    words: str
    condition: callable


KINDS = {
    "overdue": Kind(_("Visits overdue"), overdue),
    "due": Kind(_("Visits due this month"), due_this_month),
    "visited": Kind(_("Visited this month"), visited_this_month),
}


def flagged():
    return Q(Exists(RedFlag.objects.open().filter(household=OuterRef("pk"))))


def to_visit(post, day):
    return with_due(Household.objects.visible_to(post), day, flagged())


@post_required()
def today(request):
    post, day = request.post, timezone.localdate()
    context = {"today": day, "may_record": post.may("record_visit")} | waiting_of(post, day)
    if post.role_row.sees not in ("division", "assigned"):
        context["words"] = WORDS.get(post.department) or WORDS[post.role]
        if post.department:
            context |= day_of(post, day, context["asked"])
            context["parts"] = parts_of(request)
            return render(request, "monitoring/today_department.html", context)
        return render(request, "monitoring/today_words.html", context)
    context["flags"] = flags = flag_rows(post)
    all_shown = len(flags) < SHOWN
    shown = RedFlag.objects.visible_to(post).open()
    context["flag_count"] = len(flags) if all_shown else shown.count()
    if post.role in VISITORS or post.division.level == VILLAGE:
        context["figures"] = counted = to_visit(post, day).aggregate(**figures(day))
        context["parts"] = parts_of(request)
        return render(request, "monitoring/today.html", context | visits_of(post, day, counted))
    context["words"] = WORDS.get(post.role, "")
    if counts_come_after(request):
        context |= {"counting": True, "parts": parts_of(request)}
    else:
        context |= counted_below(request, day)
    return render(request, "monitoring/today_divisions.html", context)


def counts_come_after(request):
    """Whether so many households lie below that counting them would hold the page up."""
    if request.post.division.level > CITY or "counted" in request.GET or wants_page_contexts():
        return False
    run = Run.objects.visible_to(request.post).frozen().regular().first()
    judged = (run.counts.get(f"tier {tier}", 0) for tier in Tier.values) if run else ()
    return sum(judged) > MANY


def counted_below(request, day):
    """Visits and flags of each division below, and of all together."""
    rows = by_division(request.post, day)
    order = request.GET.get("order", "")
    parts = parts_of(request, [row["division"] for row in rows])
    for row in rows:
        row["cells"] = [one for part in parts for one in part.cells_of(row["division"])]
    return {
        "figures": {name: sum(row[name] for row in rows) for name in figures(day)},
        "order": order,
        "rows": in_order(rows, order),
        "parts": parts,
    }


@post_required()
def today_below(request):
    """The fragment that a page asks for whose counts come after it."""
    post, day = request.post, timezone.localdate()
    if post.role_row.sees != "division" or post.division.level == VILLAGE:
        raise Http404
    context = {"today": day, "flag_count": RedFlag.objects.visible_to(post).open().count()}
    return render(request, "monitoring/_today_counted.html", context | counted_below(request, day))


def waiting_of(post, day):
    """What waits for the decision of ``post``, the first deadlines first; a department's questions.

    Nothing for roles without a desk.
    """
    tasks = on_desk_tasks(post)
    found = {
        "task_figures": figures_of(tasks, day),
        "tasks": _named(tasks, Task),
        "tasks_late_below": tasks_late_below(post).count(),
    }
    return found | cases_of(post, day)


def cases_of(post, day):
    if post.role == "department":
        rows = questions_for(post).select_related("case__household__village")
        return {"questions": rows.order_by("due_on", "id")[:FIRST], "asked": figures_of(rows, day)}
    if post.role not in DESKS:
        return {}
    waiting = on_desk(post)
    return {
        "waiting": figures_of(waiting, day),
        "waiting_cases": _named(waiting, Case),
        "late_below": late_below(post).count(),
    }


def _named(rows, model):
    """The first ones, each with its household as a line of the page names it."""
    household = [f"household__{name}" for name in ("head_name", "number", "village__name")]
    rows = rows.select_related("household__village").only(*whole(model), *household)
    return rows.order_by("due_on", "id")[:FIRST]


def flag_rows(post):
    """Open flags, the first deadline first, each with the rules that opened it."""
    flags = RedFlag.objects.visible_to(post).open().select_related("household__village")
    named = [f"household__{name}" for name in ("head_name", "group_name", "village__name")]
    flags = flags.only(*whole(RedFlag), *named).order_by("deadline_on", "id")[:SHOWN]
    return [{"flag": flag, "rules": rules_of(flag.rules)} for flag in flags]


def visits_of(post, day, counted):
    """``counted``: the figures of all of them. Few that are overdue come in one query with those
    that are due, for they come first."""
    rows = to_visit(post, day).filter(~flagged()).order_by("due_on", "head_pinyin", "id")
    rows = rows.only(*ROW)
    if counted["overdue"] > SHOWN:
        late, due = rows.filter(overdue(day))[:SHOWN], rows.filter(due_this_month(day))[:SHOWN]
    else:
        rows = list(rows.filter(until_the_months_end(day))[: counted["overdue"] + SHOWN])
        late = [row for row in rows if row.due_on < day]
        due = [row for row in rows if row.due_on >= day]
    return {"overdue": list(late), "due": list(due)[:SHOWN], "more": SHOWN}


def by_division(post, day):
    """A row for each division below, in the order of the codes, in three queries."""
    level = min(post.division.level + 1, VILLAGE)
    column = LEVEL_COLUMNS[level]
    counted = to_visit(post, day).order_by().values(column).annotate(**figures(day))
    visits = {row[column]: row for row in counted}
    open_flags = RedFlag.objects.visible_to(post).open().order_by()
    flags = dict(
        open_flags.values_list(f"household__{column}")
        .annotate(number=Count("id"))
        .values_list(f"household__{column}", "number")
    )
    below = Division.objects.below(post.division).filter(level=level)
    return [
        {"division": division, "flags": flags.get(division.id, 0), **visits[division.id]}
        for division in below
        if division.id in visits
    ]


SORTED = ("flags", "overdue", "due", "visited", "wanted")


def in_order(rows, order):
    """By a column, ``-`` for the most first; else in the order of the codes."""
    column = order.removeprefix("-")
    if column not in SORTED:
        return rows
    return sorted(rows, key=lambda row: row[column], reverse=order.startswith("-"))


@post_required()
def due_list(request, kind):
    """The households behind a figure: of a kind, within ``?division=CODE``."""
    if kind not in KINDS:
        raise Http404
    post, day = request.post, timezone.localdate()
    rows = to_visit(post, day).filter(KINDS[kind].condition(day))
    division = None
    if code := request.GET.get("division"):
        division = with_code(Division.objects.visible_to(post), code)
        if division is None:
            raise Http404
        rows = rows.within(division)
    page = page_of(rows.select_related("village"), request.GET, order=("due_on", "id"))
    context = {
        "kind": KINDS[kind],
        "division": division or post.division,
        "page": page,
        "today": day,
        "may_record": post.may("record_visit"),
    }
    return render(request, "monitoring/due_list.html", context)
