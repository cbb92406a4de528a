"""The figures of a division and of those below it, and the rows behind each (domain.md 6)."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.models.divisions import Level
from accounts.roles import DEPARTMENTS
from accounts.tables import wants_page_contexts
from households.lists import places_for
from reports import charts
from reports.figures import data, reading
from reports.figures.asking import Asked, seen
from reports.figures.declared.departments import TOLD as TOLD_OF_EACH
from reports.figures.declared.steps import BY_KIND, KINDS, WITHIN
from reports.figures.listing import page_of_rows
from reports.figures.rows import told
from reports.figures.table import BY_CODE, FIGURES, MOVES, OVERSEEN, TOLD, head_for
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
    steps = steps_of(own) if beside else []
    context = {
        "asked": asked,
        "own": [own[one.code] for one in asked.figures],
        "foot": [own[one.code] for one in asked.compared],
        "apart": [own[one.code] for one in asked.apart],
        "head": [own[figure.code] for figure in head],
        "rows": asked.sorted(rows),
        "steps": steps,
        "choices": choices_of(asked, [row["share"].figure for row in steps]),
        "places": places_for(request.post, asked.place),
        "points": points,
        "scale": scale,
    }
    if moved:
        context |= moves_of(own)
    if asked.lined:
        known = [(row["place"], row["values"]) for row in rows]
        context["drawn"] = drawn_of(asked.place, known, asked.drawn)
    context |= departments_of(asked, own) if asked.overseen else what_came(asked)
    return render(request, "reports/figures/figures.html", context)


def choices_of(asked, steps):
    """[(department or "", figures)] that may be drawn."""
    if not asked.overseen:
        return [("", [*asked.figures, *steps])]
    return [
        (words, [one for one in asked.figures if one.department == code])
        for code, words in DEPARTMENTS.items()
    ]


def departments_of(asked, own):
    """A row for each department; nothing where a figure has no rows at this level."""
    rows = []
    for code, words in DEPARTMENTS.items():
        values = [own[f"{name}_{code}"] for name in TOLD_OF_EACH]
        shown = [value if asked.place.level <= value.figure.deepest else None for value in values]
        rows.append({"code": code, "words": words, "values": shown})
    heads = [BY_CODE[f"{name}_{next(iter(DEPARTMENTS))}"].words for name in TOLD_OF_EACH]
    return {"departments": rows, "heads_of_departments": heads}


def what_came(asked):
    """Of a department's files: by kind of data, and in which divisions they found households."""
    if asked.group != "data":
        return {}
    context = {"kinds": data.by_kind(asked)}
    if asked.place.level >= Level.COUNTY:
        context["matched"] = data.by_division(asked)
    return context


def moves_of(own):
    """The flow between tiers, and the table that says the same."""
    moves = {(before, now): own[f"move_{before}_{now}"].n for before in TOLD for now in TOLD}
    bands, before, now = charts.flow(moves, TOLD)
    piles = [("before", before), ("now", now)]
    return {"moves": moves, "tiers": TOLD, "bands": bands, "piles": piles}


def rows_below(asked):
    """The divisions below with their figures and the line of the drawn one over twelve months;
    and the place's own line."""
    found = reading.below(asked.place, asked.span, _told_below(asked)) if asked.compared else []
    drawn = [place.id for place, _values in found] if asked.lined else []
    lines = reading.trends([asked.place.id, *drawn], asked.month, [asked.drawn])
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


def _told_below(asked):
    beside = asked.lined and asked.drawn not in asked.compared
    return [*asked.compared, asked.drawn] if beside else asked.compared


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
        "group": _group_of(found, request.post),
    }
    return render(request, "reports/figures/figure.html", context)


def _group_of(figure, post):
    if figure.department and not post.department:
        return OVERSEEN
    return {MOVES: "tiers", BY_KIND: "steps"}.get(figure.group, figure.group)


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
