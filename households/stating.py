"""Incomes as the village works them out with the household: a statement of twelve months (AH 2.2).

What the export or a department says of the same household stays beside it; the latest window
counts, and of one window what was stated last.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.typed import number_typed
from households.models import Household, IncomeStatement
from households.models.choices import Origin
from households.register import Outdated, RegisterRefusal

FIGURES = (
    "wage",
    "business",
    "property",
    "transfer",
    "expenses",
    "medical",
    "schooling",
    "housing",
    "disaster_repair",
)


def latest_of(household):
    """The statement that counts today, or None."""
    return household.incomes.order_by("-window_to", "-stated_on", "-id").first()


def mark_of(statement):
    """What a form saw: which statement counted, recorded when, how often put right that day."""
    if statement is None:
        return ""
    recorded = statement.recorded_at.timestamp()
    return f"{statement.id}.{recorded}.{len(statement.earlier or ())}"


@transaction.atomic
def state_income(household, *, window_to, figures, because, seen, by, at):
    """Record incomes and rigid expenditure of the twelve months that end on ``window_to``, in yuan.

    ``seen`` is the ``mark_of`` the statement that counted when the form was opened. Raises
    ``Outdated`` when another counts by now. What was stated of the same window earlier on the same
    day is kept in ``earlier``: there is one statement a day.
    """
    # One at a time for each household: what was seen must still stand when this is written.
    Household.objects.select_for_update().get(pk=household.pk)
    today, latest = timezone.localdate(at), latest_of(household)
    row = household.incomes.filter(window_to=window_to, stated_on=today).first()
    if row and _same(row, figures, by):
        return row  # the button was pressed twice
    if mark_of(latest) != seen:
        raise Outdated(_("Incomes of this household came in meanwhile. Look at them again."))
    if window_to > today:
        raise RegisterRefusal(_("The twelve months end in the future."))
    if sentence := number_typed(because):
        raise RegisterRefusal(sentence)
    told = figures | {"because": because, "recorded_at": at, "recorded_by": by}
    told |= {"origin": Origin.STATED, "origin_id": None}
    if row is None:
        window_from = _twelve_months_before(window_to)
        return IncomeStatement.objects.create(
            household=household,
            window_from=window_from,
            window_to=window_to,
            stated_on=today,
            **told,
        )
    row.earlier = [*(row.earlier or []), _as_it_stood(row)]
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    return row


def _twelve_months_before(day):
    """The first day of the twelve months that end with ``day``."""
    after = day + timedelta(days=1)
    return after.replace(year=after.year - 1)


def _same(row, figures, by):
    stands = {name: getattr(row, name) for name in FIGURES}
    return row.recorded_by_id == by.id and stands == figures


def _as_it_stood(row):
    figures = {name: getattr(row, name) for name in FIGURES}
    return {
        "figures": {name: None if value is None else str(value) for name, value in figures.items()},
        "at": row.recorded_at.isoformat(),
        "by": row.recorded_by_id,
        "origin": row.origin,
        "because": row.because,
    }
