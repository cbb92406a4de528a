"""Counts a month for every village by one statement, and reads the figures of a place."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import F, FloatField, Func, Sum
from django.utils.timezone import get_current_timezone

from accounts.models.divisions import Level
from duties.models import Task
from households.due import month_of
from monitoring.models import Burden

SQL = Path(__file__).parent.parent / "sql" / "burden.sql"
SUMS = ("visits", "one_tap", "answers", "again", "timed", "seconds", "requests", "asked", "twice")


def count_burden(month):
    """``month``: any day of it."""
    first, last = month_of(month)
    following = last + timedelta(days=1)
    params = {
        "month": first,
        "following": following,
        "begins": _moment(first),
        "ends": _moment(following),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL.read_text(), params)
        return cursor.rowcount


def _moment(day):
    return datetime.combine(day, time(), get_current_timezone())


@dataclass(frozen=True)
class Figures:
    """Sums of a place in a month, or of the middle village; shares in percent, None for no data."""

    again: float | None  # of the answers given, those that repeat the last visit
    twice: float | None  # of the households asked, those asked more than once
    minutes: float | None  # in a form


def _share(part, whole):
    return 100 * part / whole if whole else None


def figures_of(sums):
    return Figures(
        _share(sums["again"] or 0, sums["answers"]),
        _share(sums["twice"] or 0, sums["asked"]),
        sums["seconds"] / sums["timed"] / 60 if sums["timed"] else None,
    )


def sums_of(rows):
    return rows.order_by().aggregate(**{name: Sum(name) for name in SUMS})


class Median(Func):
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()
    contains_aggregate = True

    def get_group_by_cols(self):
        return []


def median_village(month, circle):
    """The middle village of ``circle``, a county or the whole province; of each figure its own."""
    rows = Burden.objects.filter(month=month, **{circle.level_column: circle.pk}).order_by()
    return Figures(
        _median(rows.filter(answers__gt=0), 100.0 * F("again") / F("answers")),
        _median(rows.filter(asked__gt=0), 100.0 * F("twice") / F("asked")),
        _median(rows.filter(timed__gt=0), F("seconds") / 60.0 / F("timed")),
    )


def _median(rows, value):
    found = rows.values("month").annotate(median=Median(value)).values_list("median", flat=True)
    return next(iter(found), None)


def circle_of(place):
    """Among which villages the middle one is looked for."""
    return place.province if place.level < Level.COUNTY else place.county


def open_requests(place):
    """Open tasks on the desks of villages."""
    tasks = Task.objects.open().filter(role="village", **{f"at__{place.level_column}": place.pk})
    return tasks.count()


def trend(rows, months):
    """The sums of the last months, the newest first."""
    found = rows.order_by("-month").values("month").annotate(**{n: Sum(n) for n in SUMS})
    return [(row["month"], row, figures_of(row)) for row in found[:months]]
