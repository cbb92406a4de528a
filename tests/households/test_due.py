"""When a household is to be visited: monthly or quarterly, by the end of the period."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from households.due import due_this_month, figures, month_of, overdue, wanted, with_due
from households.models import Household

DAY = date(2020, 6, 25)


@pytest.mark.parametrize(
    "facts, last, due",
    [
        ({"exited_class": "monitored"}, date(2020, 5, 2), date(2020, 6, 30)),
        ({"exited_class": "monitored"}, date(2020, 6, 1), date(2020, 7, 31)),
        ({"exited_class": "monitored"}, date(2020, 4, 30), date(2020, 5, 31)),
        ({"exited_class": "monitored"}, date(2020, 1, 31), date(2020, 2, 29)),
        ({"status": "edge"}, date(2019, 12, 15), date(2020, 1, 31)),
        ({"status": "edge"}, None, date(2020, 6, 30)),
        ({"exited_class": "supported"}, date(2020, 3, 31), date(2020, 6, 30)),
        ({"exited_class": "supported"}, date(2020, 4, 1), date(2020, 9, 30)),
        ({"exited_class": "independent"}, date(2019, 12, 31), date(2020, 3, 31)),
        ({"exited_class": "supported"}, None, date(2020, 6, 30)),
    ],
)
def test_due_by_the_end_of_the_period_after_the_last_visit(cast, facts, last, due):
    cast.household(last_visited_on=last, **facts)
    assert with_due(Household.objects.all(), DAY).get().due_on == due


def test_a_flagged_household_is_visited_monthly(cast):
    household = cast.household(exited_class="supported", last_visited_on=date(2020, 4, 1))
    flagged = Q(id=household.id)
    assert with_due(Household.objects.all(), DAY, flagged).get().due_on == date(2020, 5, 31)


@pytest.mark.parametrize("status", ["general", "edge_cleared"])
def test_who_is_not_helped_is_not_visited_regularly(cast, status):
    cast.household(status=status)
    assert not with_due(Household.objects.all(), DAY).exists()


def test_the_figures_are_counted_in_one_query(cast, django_assert_num_queries):
    for last in (date(2020, 6, 3), date(2020, 5, 20), date(2020, 4, 2), None):
        cast.household(last_visited_on=last)
    cast.household(exited_class="supported", last_visited_on=date(2020, 4, 2))  # due in September
    with django_assert_num_queries(1):
        counted = with_due(Household.objects.all(), DAY).aggregate(**figures(DAY))
    assert counted == {"wanted": 4, "visited": 1, "overdue": 1, "due": 2}


def test_the_figures_are_their_rows(cast):
    for last in (date(2020, 6, 3), date(2020, 5, 20), date(2020, 4, 2), None):
        cast.household(last_visited_on=last)
    rows = with_due(Household.objects.all(), DAY)
    counted = rows.aggregate(**figures(DAY))
    assert rows.filter(overdue(DAY)).count() == counted["overdue"]
    assert rows.filter(due_this_month(DAY)).count() == counted["due"]


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2020, 2, 29), date(2020, 6, 30), DAY])
def test_what_is_told_from_the_last_visit_is_what_the_day_says(cast, day):
    lasts = [None, *(day - timedelta(days=back) for back in (0, 1, 28, 31, 59, 62, 92, 181, 184))]
    for last in [*lasts, *(each and each.replace(day=1) for each in lasts)]:
        cast.household(status="edge", last_visited_on=last)
        cast.household(exited_class="supported", last_visited_on=last)
    rows = with_due(Household.objects.all(), day)
    end = month_of(day)[1]
    for told, says in (
        (overdue(day), Q(due_on__lt=day)),
        (due_this_month(day), Q(due_on__gte=day, due_on__lte=end)),
        (wanted(day), Q(due_on__lte=end) | Q(last_visited_on__gte=day.replace(day=1))),
    ):
        assert set(rows.filter(told)) == set(rows.filter(says)) != set()
