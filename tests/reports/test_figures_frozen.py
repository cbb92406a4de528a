"""What is recorded after a month was frozen changes neither its figures nor the rows behind them:
it goes into the next review (domain.md 6)."""

from datetime import date, timedelta

import pytest

from assistance.models import Measure, MeasureChange
from duties.models import Task
from households.models import Fault, Waiver
from households.quality.check import ERROR
from households.quality.checks import codes_of
from monitoring.review import review_month
from reports.figures.asking import Asked
from reports.figures.reading import of_division
from reports.figures.rolling import roll_up
from reports.figures.table import BY_CODE
from tests.monitoring.test_review import AUGUST_EVE
from tests.reports.figure_things import day, noon, task

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 1)
CODES = ("measures_begun", "measures_done", "measures_unaccounted", "faults", "tasks_in_time",
         "carried_housing", "begun_housing")  # fmt: skip


@pytest.fixture
def june(cast):
    """A measure begun, one ended, a fault and two tasks, one of them in time."""
    home = cast.household()
    begun = cast.measure(home, department="housing", started_on=day(2))
    ended = cast.measure(home, department="housing", started_on=day(3))
    Measure.objects.filter(pk=ended.pk).update(ended_on=day(9), result="done")
    Measure.objects.update(recorded_at=noon(day(9)), due_on=day(20))
    Fault.objects.create(household=home, code=codes_of(ERROR)[0], found_on=day(9))
    task(cast, "request", 1, day(9), day(8))
    task(cast, "request", 2, day(9))
    run = review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE)
    roll_up(run)
    return run, home, begun


def told(cast):
    """Code -> the figure, and how many rows it leads to."""
    asked = Asked(cast.county, {"month": "2020-06"})
    values = of_division(asked.place, asked.span, [BY_CODE[code] for code in CODES])
    return {code: (values[code].n, asked.rows_of(BY_CODE[code]).count()) for code in CODES}


def test_what_is_entered_later_counts_later(cast, june):
    run, home, begun = june
    before = told(cast)
    assert before == dict(zip(CODES, [(2, 2), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (2, 2)],
                              strict=True))  # fmt: skip
    after = run.frozen_at + timedelta(days=1)
    late = cast.measure(home, department="housing", started_on=day(5))
    Measure.objects.filter(pk=late.pk).update(recorded_at=after, ended_on=day(8), result="done")
    Measure.objects.filter(pk=begun.pk).update(ended_on=day(25), result="done")
    MeasureChange.objects.create(
        measure=begun, changes={"ended_on": [None, "2020-06-25"]}, recorded_by=cast.village,
        recorded_at=after,
    )  # fmt: skip
    fault = Fault.objects.get()
    Waiver.objects.create(
        fault=fault, because="?", until=date(2020, 12, 1), by=cast.county, at=after
    )
    Fault.objects.update(waived_until=date(2020, 12, 1))
    task(cast, "request", 3, day(9), day(8))
    Task.objects.filter(key="3").update(opened_at=after)
    assert told(cast) == before
    roll_up(run)
    assert told(cast) == before
