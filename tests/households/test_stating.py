"""Incomes worked out with the household: what counts, what is kept, who was first."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from households.models import IncomeStatement
from households.register import Outdated, RegisterRefusal
from households.stating import FIGURES, latest_of, mark_of, state_income
from tests.cast import NOW
from tests.monitoring.chains import visit

MAY, JUNE = date(2020, 5, 31), date(2020, 6, 30)
# 1,200 yuan for each of two people, after expenses.
POOR = dict.fromkeys(FIGURES, Decimal(0)) | {
    "wage": Decimal("2900.00"),
    "business": Decimal("1000.00"),
    "expenses": Decimal("1500.00"),
    "medical": Decimal("860.50"),
}
HOW = "按务工记录和账本逐项核算"


def stated(household, by, window_to=MAY, seen="", at=NOW, **figures):
    return state_income(
        household,
        window_to=window_to,
        figures=POOR | figures,
        because=HOW,
        seen=seen,
        by=by.officer,
        at=at,
    )


@pytest.fixture
def enter(client):
    def login(post):
        client.force_login(post.officer)
        return client

    return login


def typed(latest=None, **figures):
    """The form as a cadre fills it for the twelve months that ended last month."""
    last_month = timezone.localdate().replace(day=1) - timedelta(days=1)
    sent = {name: "" if value is None else str(value) for name, value in POOR.items()}
    sent |= {"seen": mark_of(latest), "month": last_month.toordinal()}
    return sent | {"because": HOW} | figures


class TestWhatCounts:
    def test_the_first_statement_has_its_window_and_its_sums(self, cast):
        household = cast.household()
        row = stated(household, cast.village)
        row.refresh_from_db()
        assert (row.window_from, row.window_to) == (date(2019, 6, 1), MAY)
        assert (row.gross, row.net, row.rigid) == (
            Decimal("3900.00"),
            Decimal("2400.00"),
            Decimal("860.50"),
        )
        assert (row.origin, row.because, row.recorded_by) == ("stated", HOW, cast.village.officer)

    def test_a_later_window_counts_and_the_one_before_stays(self, cast):
        household = cast.household()
        before = cast.income(household)
        row = stated(household, cast.village, JUNE, mark_of(before), NOW + timedelta(days=30))
        assert latest_of(household) == row
        assert list(household.incomes.all()) == [row, before]

    def test_said_again_on_the_same_day_the_first_figures_are_kept(self, cast):
        household = cast.household()
        first = stated(household, cast.village)
        second = stated(household, cast.township, seen=mark_of(first), wage=Decimal("9000.00"))
        assert second.id == first.id
        row = IncomeStatement.objects.get()
        assert (row.wage, row.recorded_by) == (Decimal("9000.00"), cast.township.officer)
        [kept] = row.earlier
        assert (kept["figures"]["wage"], kept["by"]) == ("2900.00", cast.village.officer.id)
        third = stated(household, cast.village, seen=mark_of(row), wage=Decimal("9100.00"))
        assert [told["figures"]["wage"] for told in third.earlier] == ["2900.00", "9000.00"]

    def test_the_twelve_months_may_not_end_in_the_future(self, cast):
        with pytest.raises(RegisterRefusal):
            stated(cast.household(), cast.village, NOW.date() + timedelta(days=30))
        assert not IncomeStatement.objects.exists()


class TestWhoWasFirst:
    def test_who_saw_an_older_statement_is_told(self, cast):
        household = cast.household()
        first = stated(household, cast.village)
        with pytest.raises(Outdated):
            stated(household, cast.township, wage=Decimal("1.00"))
        assert IncomeStatement.objects.get().wage == first.wage

    def test_who_saw_it_before_it_was_put_right_on_the_same_day_is_told(self, cast):
        household = cast.household()
        first = stated(household, cast.village)
        seen = mark_of(first)
        stated(household, cast.township, seen=seen, wage=Decimal("9000.00"))
        with pytest.raises(Outdated):
            stated(household, cast.county, seen=seen, wage=Decimal("1.00"))
        assert IncomeStatement.objects.get().wage == Decimal("9000.00")

    def test_an_earlier_window_pressed_twice_is_one(self, cast):
        household = cast.household()
        latest = cast.income(household)
        for _press in range(2):
            stated(household, cast.village, date(2020, 4, 30), seen=mark_of(latest))
        assert household.incomes.get(window_to=date(2020, 4, 30)).earlier is None

    def test_pressed_twice_it_is_one(self, cast):
        household = cast.household()
        first = stated(household, cast.village)
        assert stated(household, cast.village) == first
        assert IncomeStatement.objects.get().earlier is None


class TestThePage:
    def test_a_cadre_records_what_was_worked_out(self, cast, enter):
        household = cast.household()
        client = enter(cast.village)
        url = reverse("household_income_state", args=[household.id])
        assert "还不知道" in client.get(url).content.decode()
        answer = client.post(url, typed())
        assert answer.status_code == 302
        row = household.incomes.get()
        assert (row.net, row.housing) == (Decimal("2400.00"), Decimal("0.00"))
        page = client.get(answer.url).content.decode()
        assert HOW in page and "2,400.00" in page

    def test_a_blank_line_is_named_and_the_rest_is_kept(self, cast, enter):
        household = cast.household()
        url = reverse("household_income_state", args=[household.id])
        answer = enter(cast.village).post(url, typed(medical="", wage="-3"))
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"medical", "wage"}
        assert 'value="1500.00"' in answer.content.decode()
        assert not household.incomes.exists()

    def test_what_came_in_meanwhile_is_told_and_what_was_typed_stays(self, cast, enter):
        household = cast.household()
        client = enter(cast.village)
        url = reverse("household_income_state", args=[household.id])
        sent = typed(wage="4321.00")
        other = cast.income(household)
        answer = client.post(url, sent)
        assert answer.status_code == 409
        assert 'value="4321.00"' in answer.content.decode()
        assert f'value="{mark_of(other)}"' in answer.content.decode()
        assert client.post(url, sent | {"seen": mark_of(other)}).status_code == 302
        assert household.incomes.count() == 2

    def test_what_was_said_at_visits_stands_beside_it(self, cast, enter):
        household = cast.household()
        money = {"wage_month": "3200.00"}
        visit(cast, household, on=NOW.date(), money=money)
        url = reverse("household_income_state", args=[household.id])
        assert "3200.00" in enter(cast.village).get(url).content.decode()

    def test_months_before_those_that_count_are_not_said_to_count(self, cast, enter):
        household = cast.household()
        end = timezone.localdate().replace(day=1) - timedelta(days=1)
        latest = cast.income(household, window_from=end - timedelta(days=364), window_to=end)
        before = end.replace(day=1) - timedelta(days=1)
        url = reverse("household_income_state", args=[household.id])
        sent = typed(latest, month=before.toordinal())
        answer = enter(cast.village).post(url, sent, follow=True)
        assert latest_of(household) == latest and household.incomes.count() == 2
        page = answer.content.decode()
        assert "They count from today" not in page and "从今天起" not in page

    def test_no_number_of_a_person_says_how_it_was_worked_out(self, cast, enter):
        household = cast.household()
        url = reverse("household_income_state", args=[household.id])
        answer = enter(cast.village).post(url, typed(because="电话13912345678问的"))
        assert answer.status_code == 422 and not household.incomes.exists()
