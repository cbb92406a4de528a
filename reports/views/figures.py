"""The figures of a division and of those below it, and the rows behind each (domain.md 6)."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.tables import wants_page_contexts
from households.lists import places_for
from reports import charts
from reports.figures import reading
from reports.figures.asking import Asked, seen
from reports.figures.declared.steps import BY_KIND, KINDS, WITHIN
from reports.figures.listing import page_of_rows
from reports.figures.rows import told
from reports.figures.table import BY_CODE, FIGURES, MOVES, TOLD, head_for
from reports.figures.tiles import drawn_of
from reports.figures.workbooks import ask_for_rows

MOVED = [one for one in FIGURES if one.group == MOVES]
STEPS = [one for one in FIGURES if one.group == BY_KIND]


@post_required()
def figures(request):
    asked = Asked(request.post, request.GET)
    if asked.month is None:
        return render(request, "reports/figures/none.html")
    head = [BY_CODE[code] for code in head_for(request.post)]
    # A download of the steps may be asked for from any group.
    beside = STEPS if asked.group == "steps" or wants_page_contexts() else []
    moved = [] if request.post.department else MOVED
    wanted = [*head, *moved, *asked.figures, *beside]
    own = reading.of_division(asked.place, asked.span, list(dict.fromkeys(wanted)))
    rows, line = rows_below(asked)
    points, scale = charts.trend(line, reading.months_before(asked.month))
    context = {
        "asked": asked,
        "own": [own[one.code] for one in asked.figures],
        "head": [own[figure.code] for figure in head],
        "rows": asked.sorted(rows),
        "steps": steps_of(own) if beside else [],
        "places": places_for(request.post, asked.place),
        "points": points,
        "scale": scale,
    }
    if moved:
        context |= moves_of(own)
    if asked.drawn.compared:
        known = [(row["place"], row["values"]) for row in rows]
        context["drawn"] = drawn_of(asked.place, known, asked.drawn)
    return render(request, "reports/figures/figures.html", context)


def moves_of(own):
    """The flow between tiers, and the table that says the same."""
    moves = {(before, now): own[f"move_{before}_{now}"].n for before in TOLD for now in TOLD}
    bands, before, now = charts.flow(moves, TOLD)
    piles = [("before", before), ("now", now)]
    return {"moves": moves, "tiers": TOLD, "bands": bands, "piles": piles}


def rows_below(asked):
    """The divisions below with their figures and the line of the drawn one over twelve months;
    and the place's own line."""
    if not asked.drawn.compared:
        lines = reading.trends([asked.place.id], asked.month, [asked.drawn])
        return [], lines.get((asked.place.id, asked.drawn.code), [])
    wanted = asked.compared
    wanted = wanted if asked.drawn in wanted else [*wanted, asked.drawn]
    found = reading.below(asked.place, asked.span, wanted)
    ids = [asked.place.id, *(place.id for place, _values in found)]
    lines = reading.trends(ids, asked.month, [asked.drawn])
    rows = [
        {
            "place": place,
            "values": values,
            "shown": [values[one.code] for one in asked.compared],
            "line": lines.get((place.id, asked.drawn.code), []),
            "points": charts.spark(lines.get((place.id, asked.drawn.code), [])),
        }
        for place, values in found
    ]
    return rows, lines.get((asked.place.id, asked.drawn.code), [])


def steps_of(own):
    """A row for each kind of step that was taken: within its limit, and half of them in how long.

    ``days``: the least number of days within which half of the steps were done, "" for longer.
    """
    rows = []
    for kind in KINDS:
        share, *within = [own[figure.code] for figure in kind.figures]
        if share.of:
            half = (days for days, one in zip(WITHIN, within, strict=True) if 2 * one.n >= share.of)
            days = next(half, "")
            rows.append({"kind": kind, "share": share, "within": within, "days": days})
    return rows


@post_required()
def figure(request, code):
    """The rows behind one figure of a month or quarter, as far as the post sees them."""
    asked, found = Asked(request.post, request.GET), seen(request.post, code)
    if found and not found.compared:
        return redirect(f"{reverse('burden')}?division={asked.place.code}")
    if not asked.may_list(found):
        raise Http404
    value = reading.of_division(asked.place, asked.span, [found])[code]
    page = page_of_rows(asked.rows_of(found), value, request.GET, place=asked.place)
    context = {
        "asked": asked,
        "figure": found,
        "value": value,
        "page": page,
        "lines": told(found.source.model, page.rows),
        "places": places_for(request.post, asked.place),
        "group": {MOVES: "tiers", BY_KIND: "steps"}.get(found.group, found.group),
    }
    return render(request, "reports/figures/figure.html", context)


@require_POST
@post_required()
def workbook(request, code):
    """The rows as a workbook, in the background."""
    asked, found = Asked(request.post, request.POST), seen(request.post, code)
    if not asked.may_list(found):
        raise Http404
    job = ask_for_rows(
        figure=found, month=asked.month, division=asked.place, quarterly=asked.quarterly,
        by=request.post, at=timezone.now(),
    )  # fmt: skip
    return redirect("job", job.id)
