"""A household's facts at the moment of a case, kept as JSON."""

from datetime import date, timedelta
from decimal import Decimal

from monitoring.models import FACT_NAMES
from monitoring.policy.judging import judge_now

KEPT = (*FACT_NAMES, "red", "yellow", "unknown", "tier")


def judged_for(household, day, figures):
    """The row of the household on ``day``, as JSON; {} when it cannot be judged."""
    row = judge_now([household.id], as_of=day, figures={household.county_id: figures})
    row = row.get(household.id)
    if row is None:
        return {}
    return {"as_of": f"{day:%Y-%m-%d}"} | {name: _plain(row[name]) for name in KEPT}


def _plain(value):
    if isinstance(value, Decimal):
        return str(value)
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else value


def months_before(day, months):
    """The same day some months earlier, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))
