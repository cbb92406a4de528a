"""What a department's files brought: by kind of data and month, and where they found households.

Files are of the department's division, so a table of what lies below it would be empty; the
households that their rows found lie in townships and villages.
"""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.timezone import make_aware

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from feeds.kinds import BY_NUMBER
from feeds.models import FeedRow, FeedUpload, UploadState
from households.models import Household
from reports import charts
from reports.figures import reading
from reports.figures.declared.departments import count_of


def by_kind(asked):
    """A row for each kind that came in twelve months, or is the department's to bring."""
    if asked.place != asked.post.division:
        return []
    found = _monthly(asked)
    return [
        _told(kind, {month: found.get((kind.number, month)) for month in _months(asked)}, asked)
        for kind in BY_NUMBER.values()
        if asked.post.department in kind.departments
    ]


def _months(asked):
    return reading.months_before(asked.month)


def _monthly(asked):
    """(kind, month) -> files, rows, matched rows, newest day."""
    rows = FeedUpload.objects.visible_to(asked.post).loaded()
    rows = rows.filter(loaded_at__gte=_begin(_months(asked)[0])).order_by()
    rows = rows.values_list("kind", TruncMonth("loaded_at")).annotate(
        files=Count("id"), rows=Sum(count_of("rows")), matched=Sum(count_of("matched"))
    )
    return {(kind, moment.date()): numbers for kind, moment, *numbers in rows}


def _begin(day):
    return make_aware(datetime.combine(day, time.min))


def _told(kind, by_month, asked):
    now = [by_month[month] for month in asked.span if by_month.get(month)]
    files, rows, matched = (sum(column) for column in zip(*now, strict=True)) if now else (0, 0, 0)
    line = [_share(*numbers[1:]) if numbers else None for numbers in by_month.values()]
    return {
        "kind": kind,
        "files": files,
        "rows": rows,
        "matched": matched,
        "share": _share(rows, matched),
        "line": line,
        "points": charts.spark(line),
    }


def _share(rows, matched):
    return matched / rows if rows else None


def by_division(asked):
    """Of each division below: households of the line of work, and those that rows found."""
    level = min(asked.place.level + 1, Level.VILLAGE)
    column = LEVEL_COLUMNS[level]
    homes = Household.objects.visible_to(asked.post).within(asked.place)
    known = dict(_counted(homes, column, "pk"))
    rows = FeedRow.objects.visible_to(asked.post).within(asked.place).filter(_came_in(asked))
    found = dict(_counted(rows, f"household__{column}", "household"))
    places = Division.objects.below(asked.place).filter(level=level).order_by("code")
    return [
        {"place": place, "known": known.get(place.id, 0), "found": found.get(place.id, 0)}
        for place in places
        if place.id in known or place.id in found
    ]


def _counted(rows, place, what):
    counted = rows.order_by().values(place).annotate(number=Count(what, distinct=True))
    return counted.values_list(place, "number")


def _came_in(asked):
    """In the months that are told, which follow each other."""
    after = (asked.span[-1] + timedelta(days=31)).replace(day=1)
    return Q(
        upload__state=UploadState.LOADED,
        upload__loaded_at__gte=_begin(asked.span[0]),
        upload__loaded_at__lt=_begin(after),
    )
