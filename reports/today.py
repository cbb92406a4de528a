"""On Today: the head figures over twelve months, and their lines in the table by division.

All of it is read from the roll-up: two queries, whatever lies below.
"""

from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.models.divisions import Level
from monitoring.today_parts import Part
from reports import charts
from reports.figures import reading
from reports.figures.table import BY_CODE, head_for
from reports.models import Rollup

LINED = ("flags_standing", "visits_monthly")  # columns of the table by division
STYLE = "css/figures.css"


def trends_of_today(request, divisions):
    """Nothing where no month was counted, or for posts that see no division whole."""
    post = request.post
    if post.role_row.sees not in ("division", "line"):
        return None
    own = Rollup.objects.filter(division=post.division_id)
    month = own.order_by("-month").values_list("month", flat=True).first()
    if month is None:
        return None
    head = [BY_CODE[code] for code in head_for(post)]
    lined = [] if post.department else [BY_CODE[code] for code in LINED]
    below = divisions if lined else _below(post)
    ids = [post.division_id, *(division.id for division in below)]
    lines = reading.trends(ids, month, list(dict.fromkeys([*head, *lined])))
    context = {"month": month, "trends": [_trend(post, one, month, lines) for one in head]}
    if post.department:
        context |= {"heads": head, "rows": _rows(below, head, lines)}
    return Part(
        html=render_to_string("reports/figures/_today.html", context),
        heads=tuple(_("12 months: %(figure)s") % {"figure": one.words} for one in lined),
        cells={division.id: _cells(division, lined, lines) for division in divisions},
        style=STYLE,
    )


def _below(post):
    """A department has no table of its own on Today; files and tasks end at its county."""
    level = post.division.level + 1
    if level > Level.COUNTY:
        return []
    return list(Division.objects.below(post.division).filter(level=level).order_by("code"))


def _trend(post, figure, month, lines):
    numbers = lines.get((post.division_id, figure.code), [])
    known = [number for number in numbers if number is not None]
    asked = {"figure": figure.code, "group": figure.group, "month": f"{month:%Y-%m}"}
    return {
        "figure": figure,
        "now": numbers[-1] if numbers else None,
        "before": numbers[-2] if len(numbers) > 1 else None,
        "numbers": numbers,
        "points": charts.spark(numbers) if known else [],
        "url": f"{reverse('figures')}?{urlencode(asked)}",
    }


def _cells(division, figures, lines):
    return [
        render_to_string("reports/figures/_spark_cell.html", _line(division, figure, lines))
        for figure in figures
    ]


def _line(division, figure, lines):
    numbers = lines.get((division.id, figure.code), [])
    now = numbers[-1] if numbers else None
    return {"figure": figure, "numbers": numbers, "now": now, "points": charts.spark(numbers)}


def _rows(divisions, figures, lines):
    rows = [
        {"place": one, "cells": [_line(one, figure, lines) for figure in figures]}
        for one in divisions
    ]
    return [row for row in rows if any(cell["points"] for cell in row["cells"])]
