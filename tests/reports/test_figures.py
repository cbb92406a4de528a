"""A figure is the number of its rows: of every division, of a month, of a quarter."""

from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Division
from assistance.models import AssistancePlan
from households.models import Fault, Household, Visit
from households.quality.check import ERROR
from households.quality.checks import codes_of
from jobs.models import Job
from monitoring.cases.moving import record
from monitoring.models import CaseAct, Run, What
from monitoring.review import review_month
from reports.figures import reading
from reports.figures.rolling import roll_up, without_rollup
from reports.figures.sources import Month
from reports.figures.table import BY_CODE, FIGURES
from reports.models import Rollup, Stood
from reports.tasks import roll_up_frozen_months
from tests.cast import SHANGHAI
from tests.monitoring.desks import lying
from tests.monitoring.test_review import AUGUST_EVE, make_red, visit

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 1)
VILLAGE, HUOSHAN = "341524105207", "341525100201"


@pytest.fixture
def run(cast):
    """June: red in Jinzhai and Huoshan, one visited by phone, one in person, an edge household."""
    cast.measure(make_red(cast, head_name="汪秀兰"), kind="house_repair")
    make_red(cast, code=HUOSHAN, head_name="何霍山", responsible_name="")
    visit(cast, cast.family())
    visit(cast, cast.family(code="341524105201"), on=date(2020, 5, 20))
    by_phone = cast.family(status="edge", contact_name="")
    by_phone.visits.update(method="phone")
    visit(cast, by_phone)
    by_phone.visits.update(method="phone")
    faulty = cast.family(exited_class="supported", responsible_name="李传明")
    Fault.objects.create(household=faulty, code=codes_of(ERROR)[0], found_on=date(2020, 6, 9))
    return review_month(
        province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE
    )


def figure(code, division):
    return Rollup.objects.get(division__code=division.ljust(12, "0"), month=JUNE).values.get(code)


def test_the_figures_of_a_month(cast, run):
    roll_up(run)
    assert figure("flags_opened", "34") == [2, None]
    assert figure("flags_opened", "341524") == [1, None]
    assert figure("flags_helped", "34") == [1, 2]
    assert figure("flags_helped", "341525") == [0, 1]
    assert figure("visits_monthly", "341524") == [3, 4]
    assert figure("visits_in_person", "341524") == [2, 4]
    assert figure("visits_monthly", "341524105201") == [0, 1]
    assert figure("visits_quarterly", "341524") == [0, 1]
    assert figure("without_contact", "34") == [1, None]
    assert figure("faults", VILLAGE) == [1, None]
    assert figure("faults", "341525") is None
    assert figure("tier_red", "34") == [2, 6]


def test_every_figure_is_the_number_of_its_rows_and_the_sum_of_what_lies_below(cast, run):
    roll_up(run)
    month = Month(run)
    for rollup in Rollup.objects.select_related("division"):
        place = rollup.division
        for one in FIGURES:
            rows = one.source.rows(month).filter(
                **{f"{one.source.place.removesuffix('_id')}__{place.level_column}": place.id}
            )
            n, of = rollup.values.get(one.code, [0, None])
            if one.amount is None:
                assert n == rows.filter(one.rows(month)).count(), (place, one.code)
            if one.of:
                assert (of or 0) == rows.filter(one.of(month)).count(), (place, one.code)


def test_made_twice_it_is_the_same(cast, run):
    assert roll_up(run) == roll_up(run)
    assert Stood.objects.filter(run=run).count() == 6
    assert Rollup.objects.filter(division=cast.province.division).count() == 1


def test_what_comes_late_changes_nothing_of_the_month(cast, run):
    roll_up(run)
    before = list(Rollup.objects.order_by("division").values_list("values", flat=True))
    away = Household.objects.get(village__code="341524105201")
    late = visit(cast, away)
    Visit.objects.filter(pk=late.pk).update(received_at=AUGUST_EVE.replace(month=8, day=2))
    roll_up(run)
    assert list(Rollup.objects.order_by("division").values_list("values", flat=True)) == before


def test_the_calendar_asks_for_what_is_frozen_and_has_none(cast, run):
    assert without_rollup() == [run]
    roll_up_frozen_months()
    roll_up_frozen_months()
    assert Job.objects.filter(kind="figures").count() == 1
    roll_up(run)
    assert without_rollup() == []
    review_month(
        province=cast.province.division, month=JUNE, name="更正", by=cast.province, at=AUGUST_EVE
    )
    assert without_rollup() == []  # a correction stands beside the month


def test_the_rows_behind_a_figure_are_those_that_one_may_see(cast, run):
    roll_up(run)
    opened = BY_CODE["flags_opened"]
    counts = {
        name: opened.counted(Month(run), getattr(cast, name)).count()
        for name in ("province", "county", "stranger", "village", "next_village", "assigned")
    }
    assert counts == {
        "province": 2, "county": 1, "stranger": 1, "village": 1, "next_village": 0, "assigned": 0,
    }  # fmt: skip


def test_what_happened_adds_up_and_what_stood_is_of_the_last_month(cast):
    province = cast.province.division
    for month, opened, standing in ((4, 3, 3), (5, 2, 5), (6, 0, 4)):
        Rollup.objects.create(
            division=province,
            month=date(2020, month, 1),
            values={
                "flags_opened": [opened, None],
                "flags_standing": [standing, None],
                "visits_monthly": [month, 10],
                "days_to_clear": [month * 10, 2],
            },
        )
    told = reading.of_division(province, reading.quarter_of(JUNE))
    assert told["flags_opened"].number == 5
    assert told["flags_standing"].number == 4
    assert (told["visits_monthly"].n, told["visits_monthly"].of) == (15, 30)
    assert told["days_to_clear"].number == 25
    assert told["flags_helped"].number is None  # a share of nothing is not nought


def test_the_table_below_costs_two_questions(cast, run):
    roll_up(run)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rows = reading.below(cast.province.division, [JUNE])
    assert len(asked) == 2
    assert [place.name for place, _values in rows] == ["六安市", "宣城市"]
    rows = reading.below(cast.city.division, [JUNE])
    assert [(p.name, values["flags_opened"].n) for p, values in rows] == [
        ("金寨县", 1), ("霍山县", 1),
    ]  # fmt: skip


def test_trends_have_a_gap_where_nothing_is_known(cast, run):
    roll_up(run)
    place = cast.county.division
    line = reading.trends([place.id], JUNE, [BY_CODE["flags_opened"]])[place.id, "flags_opened"]
    assert line == [None] * 11 + [1]


def test_codes_are_told_once():
    assert len(BY_CODE) == len(FIGURES)
    assert all(one.clause and str(one.words) for one in FIGURES)
    assert Run.objects.count() == 0 and Division.objects.count() == 0


def test_how_long_steps_took_and_whether_in_time(cast):
    """Two steps of a case: one passed in time, one four days after its limit."""
    case = lying(cast, "tier", 0, due=date(2020, 6, 12))
    passed = record(case, What.PASSED, by=cast.village, at=at_ten(date(2020, 6, 10)))
    CaseAct.objects.filter(pk=passed.pk).update(waited_since=at_ten(date(2020, 6, 8)))
    late = record(case, What.RETURNED, by=cast.township, at=at_ten(date(2020, 6, 16)))
    CaseAct.objects.filter(pk=late.pk).update(waited_since=at_ten(date(2020, 6, 10)))
    record(case, What.REMINDED, by=None, at=at_ten(date(2020, 6, 16)))  # moves nothing
    roll_up(
        review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE)
    )
    assert figure("steps_in_time", "341524") == [1, 2]
    assert figure("days_a_step", "341524") == [8, 2]


def test_households_without_a_plan(cast, run):
    roll_up(run)
    assert figure("without_plan", "34") == [6 - 1, None]  # the supported one is not visited monthly
    home = Stood.objects.filter(run=run, monthly=True).first().household
    AssistancePlan.objects.create(
        household=home, number=1, state="approved", valid_from=date(2020, 1, 1),
        valid_until=date(2020, 12, 31), recorded_by=cast.village, recorded_at=AUGUST_EVE,
        decided_at=AUGUST_EVE.replace(month=6, day=9),
    )  # fmt: skip
    roll_up(run)
    assert figure("without_plan", "34") == [4, None]


def at_ten(day):
    return datetime.combine(day, time(10), SHANGHAI)
