"""When a household is to be visited next (domain.md, Visits; AH 4.2.2).

Monthly: edge, monitored, suddenly in difficulty, under intervention, returned or newly poor, and
whoever is flagged (told by the caller, who knows flags). Quarterly: other exited households
(default). Due by the end of the month or quarter after the one of the last visit; whoever was
never visited is due by the end of this one.
"""

from datetime import date, timedelta

from django.db.models import Case, Count, DateField, F, Func, Q, Value, When
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
    """Households that are visited regularly, with ``due_on``; ``flagged``: a condition."""
    monthly = MONTHLY | flagged if flagged is not None else MONTHLY
    month, quarter = _before(TruncMonth, day), _before(TruncQuarter, day)
    return households.filter(monthly | QUARTERLY).annotate(
        due_on=Case(
            When(monthly, then=_end_of_next(month, "2 months")),
            default=_end_of_next(quarter, "6 months"),
            output_field=DateField(),
        )
    )


def _before(period, day):
    """The period of the last visit; of a household never visited the one before ``day``."""
    start = day.replace(day=1)
    if period is TruncQuarter:
        start = start.replace(month=start.month - (start.month - 1) % 3)
    return period(Coalesce(F("last_visited_on"), Value(start - timedelta(days=1))))


def _end_of_next(start, length):
    moment = Func(start, template=f"(%(expressions)s + interval '{length}' - interval '1 day')")
    return Cast(moment, DateField())


def overdue(day):
    return Q(due_on__lt=day)


def due_this_month(day):
    return Q(due_on__gte=day, due_on__lte=month_of(day)[1])


def visited_this_month(day):
    return Q(last_visited_on__gte=month_of(day)[0])


def figures(day):
    """Counts over a ``with_due`` queryset, for one row or one for each division."""
    wanted = Q(due_on__lte=month_of(day)[1]) | visited_this_month(day)
    return {
        "wanted": Count("id", filter=wanted),
        "visited": Count("id", filter=visited_this_month(day)),
        "overdue": Count("id", filter=overdue(day)),
        "due": Count("id", filter=due_this_month(day)),
    }
