"""How far a division is from zero: found, mended, still open, and how many days each was open."""

from dataclasses import dataclass

from django.db.models import CharField, Count, DurationField, F, FloatField, Func, Max, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Extract

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from duties.models import Task
from households.models import Household
from monitoring.assurances.following import KIND, PROBLEMS

OPEN = Q(ended_at=None)


class MedianDays(Func):
    """The middle one of the days open; of an even number the mean of the two."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()
    contains_aggregate = True

    def get_group_by_cols(self):
        return []


def problems_for(post):
    """Of the households that ``post`` sees, whosever desk mends it."""
    rows = Task.objects.filter(kind=KIND, household__in=Household.objects.visible_to(post))
    return rows.annotate(problem=Cast(KT("figures__problem"), CharField()))


def within(rows, division):
    return rows.filter(**{f"household__{division.level_column}": division.pk})


def since(rows, day):
    """Those open now, and those mended since ``day``."""
    return rows.filter(OPEN | Q(ended_at__date__gte=day))


def with_days(rows, at):
    until = Coalesce(F("ended_at"), Value(at))
    span = Func(until, F("opened_at"), arg_joiner=" - ", template="(%(expressions)s)",
                output_field=DurationField())  # fmt: skip
    return rows.annotate(days_open=Cast(Extract(span, "epoch"), FloatField()) / 86400)


def figures():
    return {
        "found": Count("id"),
        "mended": Count("id", filter=Q(ended_at__isnull=False)),
        "open": Count("id", filter=OPEN),
        "longest": Max("days_open", filter=OPEN),
        **{f"open_{code}": Count("id", filter=OPEN & Q(problem=code)) for code in PROBLEMS},
    }


@dataclass
class Row:
    division: Division
    figures: dict
    median: float | None

    @property
    def at_zero(self):
        return not self.figures["open"]


def counted(rows, at):
    """``(figures, median of the days open)`` of all the rows."""
    rows = with_days(rows, at)
    return rows.order_by().aggregate(**figures()), _median(rows)


def by_division(rows, place, at):
    """A row for each division below that had a problem, in the order of the codes."""
    if place.level >= Level.VILLAGE:
        return []
    column = f"household__{LEVEL_COLUMNS[place.level + 1]}"
    rows = with_days(rows, at)
    found = {row.pop(column): row for row in rows.order_by().values(column).annotate(**figures())}
    medians = dict(
        rows.filter(OPEN).order_by().values(column).annotate(median=MedianDays(F("days_open")))
        .values_list(column, "median")
    )  # fmt: skip
    divisions = Division.objects.filter(pk__in=found).order_by("code")
    return [Row(one, found[one.pk], medians.get(one.pk)) for one in divisions]


def _median(rows):
    found = rows.filter(OPEN).order_by().values("kind").annotate(median=MedianDays(F("days_open")))
    return next((row["median"] for row in found), None)
