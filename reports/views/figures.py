"""The figures of a division and of those below it, and the rows behind each (domain.md 6)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen
from households.lists import places_for
from monitoring.models import Run
from reports import charts
from reports.figures import reading
from reports.figures.rows import read_along, told
from reports.figures.sources import Month
from reports.figures.table import BY_CODE, FIGURES, GROUPS, MOVES, TOLD
from reports.figures.tiles import tiles_of
from reports.figures.workbooks import ask_for_rows

SHOWN_AT_HEAD = ("flags_standing", "flags_opened", "flags_overdue", "visits_monthly", "faults")


def need_figures(post):
    """Figures are of divisions: for whoever sees one whole."""
    if post.role_row.sees != "division":
        raise PermissionDenied


class Asked:
    """What the address asks for: division, month or quarter, group, figure drawn, order."""

    def __init__(self, post, params):
        need_figures(post)
        self.post = post
        self.months = reading.months_of(post)
        self.place = chosen(post, params.get("division")) or post.division
        self.month = _month(params.get("month"), self.months)
        self.group = params.get("group") if params.get("group") in GROUPS else "flags"
        self.figures = [one for one in FIGURES if one.group == self.group]
        drawn = BY_CODE.get(params.get("figure"))
        self.drawn = drawn if drawn in self.figures else self.figures[0]
        self.order = params.get("order", "")
        self.quarterly = params.get("span") == "quarter"

    @property
    def span(self):
        """The months that are told together."""
        if not self.quarterly:
            return [self.month]
        return [month for month in reading.quarter_of(self.month) if month <= self.month]

    def sorted(self, rows):
        figure = BY_CODE.get(self.order.lstrip("-"))
        if figure not in self.figures:
            return rows
        known = [row for row in rows if row["values"][figure.code].number is not None]
        known.sort(key=lambda row: row["values"][figure.code].number)
        if self.order.startswith("-"):
            known.reverse()
        return known + [row for row in rows if row not in known]


def _month(words, months):
    try:
        month = date.fromisoformat(f"{words}-01")
    except ValueError:
        month = None
    return month if month in months else (months[0] if months else None)


@post_required()
def figures(request):
    asked = Asked(request.post, request.GET)
    if asked.month is None:
        return render(request, "reports/figures/none.html")
    own = reading.of_division(asked.place, asked.span)
    rows = rows_below(asked)
    line = reading.trends([asked.place.id], asked.month, [asked.drawn])
    numbers = line.get((asked.place.id, asked.drawn.code), [])
    months = reading.months_before(asked.month)
    points, scale = charts.trend(numbers, months)
    moves = {(before, now): own[f"move_{before}_{now}"].n for before in TOLD for now in TOLD}
    bands, before, now = charts.flow(moves, TOLD)
    context = {
        "asked": asked,
        "own": [own[one.code] for one in asked.figures],
        "head": [own[code] for code in SHOWN_AT_HEAD],
        "rows": asked.sorted(rows),
        "groups": GROUPS,
        "tiles": tiles_of(asked.place, [(r["place"], r["values"]) for r in rows], asked.drawn.code),
        "places": places_for(request.post, asked.place),
        "points": points,
        "scale": scale,
        "bands": bands,
        "piles": [("before", before), ("now", now)],
        "moves": moves,
        "tiers": TOLD,
    }
    return render(request, "reports/figures/figures.html", context)


def rows_below(asked):
    """The divisions below with their figures, and the line of the drawn one over twelve months."""
    found = reading.below(asked.place, asked.span)
    lines = reading.trends([place.id for place, _values in found], asked.month, [asked.drawn])
    return [
        {
            "place": place,
            "values": values,
            "shown": [values[one.code] for one in asked.figures],
            "line": lines.get((place.id, asked.drawn.code), []),
            "points": charts.spark(lines.get((place.id, asked.drawn.code), [])),
        }
        for place, values in found
    ]


@post_required()
def figure(request, code):
    """The rows behind one figure of one month, as far as the post sees them."""
    if code not in BY_CODE:
        raise Http404
    asked = Asked(request.post, request.GET)
    found = BY_CODE[code]
    if asked.month is None:
        raise Http404
    run = (
        Run.objects.frozen()
        .regular()
        .get(province=request.post.division.province_id, month=asked.month)
    )
    rows = found.counted(Month(run), request.post)
    if asked.place != request.post.division:
        rows = rows.within(asked.place)
    page = page_of(read_along(rows), request.GET, order=("id",))
    values = reading.of_division(asked.place, [asked.month])
    context = {
        "asked": asked,
        "figure": found,
        "value": values[code],
        "page": page,
        "lines": told(found.source.model, page.rows),
        "places": places_for(request.post, asked.place),
        "moves": found.group == MOVES,
    }
    return render(request, "reports/figures/figure.html", context)


@require_POST
@post_required()
def workbook(request, code):
    """The rows as a workbook, in the background."""
    if code not in BY_CODE:
        raise Http404
    asked = Asked(request.post, request.POST)
    if asked.month is None:
        raise Http404
    job = ask_for_rows(
        figure=BY_CODE[code], month=asked.month, division=asked.place,
        by=request.post, at=timezone.now(),
    )  # fmt: skip
    return redirect("job", job.id)
