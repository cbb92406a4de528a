"""Opening the half-yearly rounds (LA 4.3): a round for each county, a line for each household.

Killed anywhere, doubled or run daily it comes to the same: a county is opened in one transaction,
and what is there already is only brought up to date.
"""

from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.refusals import Refused
from households.models import Household
from households.models.choices import Status
from monitoring.models import Run, TierRound
from monitoring.procedures import PROCEDURES

SQL = Path(__file__).parent.parent / "sql" / "tier_open.sql"
MONTHS = (4, 10)
STATUSES = [Status.EXITED, Status.EDGE]  # a tier for edge households is a default
STEPS = {step.code: step for step in PROCEDURES["tier"].variants[0].steps}
LATE_START = timedelta(days=30)  # for a round that is opened after its month


def round_month(day):
    """The first day of the latest April or October that has begun by ``day``."""
    month = max((month for month in MONTHS if month <= day.month), default=None)
    return date(day.year, month, 1) if month else date(day.year - 1, MONTHS[-1], 1)


def check_may_open(division, by):
    """``by`` is None for the calendar and the command; else the county's or province's officer."""
    if by and (by.role not in ("county", "province") or by.division_id != division.id):
        raise Refused(_("A round is opened by the county, or by the province for its counties."))


def counties_of(division):
    """The counties of ``division`` that have households to divide."""
    counties = Division.objects.below(division).filter(level=Level.COUNTY)
    counted = Household.objects.filter(status__in=STATUSES).within(division)
    return counties.filter(id__in=counted.values("county").distinct()).order_by("code")


def open_tier_rounds(*, division, month, by, at, progress=lambda done, total: None):
    """Opens the round of ``month`` in each county of ``division``; opened twice it is one.

    Returns the rounds. Raises ``Refused`` for another month than April or October, or a coming one.
    """
    check_may_open(division, by)
    month = month.replace(day=1)
    if month.month not in MONTHS:
        raise Refused(_("Tiers are divided in April and October (LA 4.3)."))
    if month > localdate(at):
        raise Refused(_("The round of %(month)s has not begun.") % {"month": f"{month:%Y-%m}"})
    counties, rounds = list(counties_of(division)), []
    for number, county in enumerate(counties, start=1):
        rounds.append(_open(county, month, by, at))
        progress(number, len(counties))
    return rounds


@transaction.atomic
def _open(county, month, by, at):
    day = localdate(at)
    made, _new = TierRound.objects.get_or_create(
        county=county,
        month=month,
        defaults={"opened_on": day, "until": _until(month, day), "opened_by": by},
    )
    TierRound.objects.select_for_update().get(pk=made.pk)  # two openings, one after the other
    if TierRound.objects.filter(county=county, month__gt=month).exists():
        return made  # history
    made.run = _latest_run(county)
    made.save(update_fields=["run"])
    _fill(made)
    return made


def _until(month, day):
    end = month.replace(day=monthrange(month.year, month.month)[1])
    return end if day <= end else day + LATE_START


def _latest_run(county):
    return Run.objects.frozen().regular().filter(province=county.province_id).first()


def _fill(made):
    parameters = {
        "round_id": made.id,
        "county_id": made.county_id,
        "run_id": made.run_id,
        "statuses": list(STATUSES),
        "month": made.month,
    }
    with connection.cursor() as cursor:
        for statement in SQL.read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement, parameters)
