"""What the closing guard asks of measures (domain.md 4)."""

from datetime import date, timedelta

import pytest

from assistance.answering import (
    open_without_reason,
    open_without_reason_of,
    unanswered,
    unanswered_of,
)
from tests.cast import TODAY

FLAGGED = date(2020, 5, 31)
HOUSING = ("housing", ("house_repair", "resettlement"))
WATER = ("water", ("water_supply",))


def left(household, *rules, since=FLAGGED):
    return unanswered(household, rules, since, on=TODAY)


class TestUnanswered:
    def test_without_a_measure_every_risk_is_left_in_order(self, cast):
        household = cast.household()
        assert left(household, WATER, HOUSING) == ["water", "housing"]
        assert left(household) == []

    def test_the_words_of_the_national_export_answer_nothing(self, cast):
        household = cast.household(national_measures=["住房安全", "产业帮扶"])
        assert left(household, HOUSING) == ["housing"]

    def test_an_open_measure_of_a_fitting_kind_answers(self, cast):
        household = cast.household()
        cast.measure(household, "house_repair", started_on=date(2019, 12, 1))
        assert left(household, HOUSING, WATER) == ["water"]

    def test_a_measure_of_another_kind_answers_what_it_names(self, cast):
        household = cast.household()
        cast.measure(household, "relief_fund", answers=["water"])
        assert left(household, HOUSING, WATER) == ["housing"]

    @pytest.mark.parametrize(
        ("facts", "answers"),
        [
            ({"result": "done", "ended_on": FLAGGED}, True),
            ({"result": "done", "ended_on": FLAGGED - timedelta(days=1)}, False),
            ({"result": "stopped", "ended_on": TODAY, "result_words": "停工"}, False),
            ({"result": "refused", "ended_on": TODAY, "result_words": "不愿搬"}, False),
            ({"result": "not_needed", "ended_on": TODAY, "result_words": "已转"}, False),
            ({"result": "mistake", "ended_on": TODAY, "result_words": "录错"}, False),
            ({"started_on": TODAY}, True),
            ({"started_on": TODAY + timedelta(days=1)}, False),
            # Late without a reason is another failure of the guard; the risk has its measure.
            ({"due_on": TODAY - timedelta(days=9)}, True),
        ],
    )
    def test_what_counts(self, cast, facts, answers):
        household = cast.household()
        cast.measure(household, **({"started_on": date(2020, 1, 5)} | facts))
        assert (left(household, HOUSING) == []) == answers

    def test_a_measure_of_another_household_answers_nothing_here(self, cast):
        household = cast.household()
        cast.measure(cast.household())
        assert left(household, HOUSING) == ["housing"]

    def test_many_households_each_with_its_own_day_in_one_query(
        self, cast, django_assert_num_queries
    ):
        early, late, none = (cast.household() for _ in range(3))
        for household in (early, late):
            cast.measure(household, result="done", ended_on=date(2020, 6, 12))
        wanted = {
            early.id: ([HOUSING, WATER], FLAGGED),
            late.id: ([HOUSING], date(2020, 6, 13)),
            none.id: ([WATER], FLAGGED),
        }
        with django_assert_num_queries(1):
            found = unanswered_of(wanted, on=TODAY)
        assert found == {early.id: ["water"], late.id: ["housing"], none.id: ["water"]}
        assert unanswered_of({}) == {}


class TestOpenWithoutReason:
    @pytest.mark.parametrize(
        ("facts", "named"),
        [
            ({"due_on": TODAY}, False),
            ({"due_on": TODAY - timedelta(days=1)}, True),
            ({"due_on": None}, True),
            ({"due_on": None, "open_because": "常年供养"}, False),
            ({"due_on": TODAY - timedelta(days=1), "open_because": "等材料"}, False),
            ({"due_on": TODAY - timedelta(days=1), "result": "done", "ended_on": TODAY}, False),
        ],
    )
    def test_which_are_named(self, cast, facts, named):
        household = cast.household()
        measure = cast.measure(household, **facts)
        cast.measure(cast.household(), due_on=None)
        assert list(open_without_reason(household, TODAY)) == ([measure] if named else [])
        assert measure.wants_reason(TODAY) == named

    def test_many_households_in_one_query(self, cast, django_assert_num_queries):
        late, fine = cast.household(), cast.household()
        measure = cast.measure(late, due_on=TODAY - timedelta(days=1))
        cast.measure(fine)
        with django_assert_num_queries(1):
            found = open_without_reason_of([late.id, fine.id], TODAY)
        assert found == {late.id: [measure], fine.id: []}
