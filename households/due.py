"""When a household is to be visited next (domain.md, Visits; AH 4.2.2).

Monthly: edge, monitored, suddenly in difficulty, under intervention, returned or newly poor, and
whoever is flagged (told by the caller, who knows flags). Quarterly: other exited households
(default). Due by the end of the month or quarter after the one of the last visit; whoever was
never visited is due by the end of this one.
"""

from datetime import date, timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncMonth, TruncQuarter

from households.models.choices import ExitedClass, Status

MONTHLY = Q(
    status__in=[
        Status.EDGE,
        Status.SUDDEN,
        Status.INTERVENTION,
        Status.RETURNED,
        Status.NEWLY_POOR,
    ]
) | Q(status=Status.EXITED, exited_class=ExitedClass.MONITORED)
QUARTERLY = Q(status=Status.EXITED)


def month_of(day):
    """First and last day of the month."""
    first = day.replace(day=1)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def with_due(households, day, flagged=None):
    """Households that are visited regularly, with ``due_on`` and whether ``monthly``; ``flagged``:
    a condition."""
    monthly = MONTHLY | flagged if flagged is not None else MONTHLY
    month, quarter = _before(TruncMonth, day), _before(TruncQuarter, day)
    return households.filter(monthly | QUARTERLY).annotate(
        monthly=ExpressionWrapper(monthly, BooleanField()),
        due_on=Case(
            When(monthly, then=_end_of_next(month, "2 months")),
            default=_end_of_next(quarter, "6 months"),
            output_field=DateField(),
        ),
    )


def _before(period, day):
    """The period of the last visit; of a household never visited the one before ``day``."""
    start = month_of(day)[0] if period is TruncMonth else _quarter_of(day)[0]
    return period(Coalesce(F("last_visited_on"), Value(start - timedelta(days=1))))


def _quarter_of(day):
    """First and last day of the quarter."""
    first = day.replace(day=1, month=day.month - (day.month - 1) % 3)
    return first, month_of(first + timedelta(days=70))[1]


def _end_of_next(start, length):
    moment = Func(start, template=f"(%(expressions)s + interval '{length}' - interval '1 day')")
    return Cast(moment, DateField())


def _due_before(end, day):
    """Over ``with_due`` rows, ``due_on < end`` as of ``day``: told from the last visit, without
    working out that day for each household, which takes a province ten times as long."""
    month, quarter = (_start_of_the_one_before(of(end)[0], of) for of in (month_of, _quarter_of))
    found = Q(last_visited_on__lt=quarter) | Q(last_visited_on__lt=month, monthly=True)
    if _quarter_of(day)[1] < end:
        return found | Q(last_visited_on=None)
    if month_of(day)[1] < end:
        return found | Q(last_visited_on=None, monthly=True)
    return found


def _start_of_the_one_before(first, of):
    return of(first - timedelta(days=1))[0]


def until_the_months_end(day):
    return _due_before(month_of(day)[1] + timedelta(days=1), day)


def overdue(day):
    return _due_before(day, day)


def due_this_month(day):
    return until_the_months_end(day) & ~overdue(day)


def visited_this_month(day):
    return Q(last_visited_on__gte=month_of(day)[0])


def wanted(day):
    return until_the_months_end(day) | visited_this_month(day)


def figures(day):
    """Counts over a ``with_due`` queryset, for one row or one for each division."""
    return {
        "wanted": Count("id", filter=wanted(day)),
        "visited": Count("id", filter=visited_this_month(day)),
        "overdue": Count("id", filter=overdue(day)),
        "due": Count("id", filter=due_this_month(day)),
    }
