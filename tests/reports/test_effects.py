"""Effect of measures: flags answered, rules turned in time, small counts withheld."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override

from households.register import record_household
from monitoring.review import review_month
from reports.effects import Count, effects_in
from tests.cast import NOW, SHANGHAI


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def reviewed(cast, month):
    following = date(2020, month + 1, 1)
    review_month(
        province=cast.province.division,
        month=date(2020, month, 1),
        by=cast.province,
        at=datetime.combine(following, datetime.min.time(), SHANGHAI) + timedelta(minutes=5),
    )


def graded(household, grade, on):
    record_household(household, on=on, origin="visit", by=None, at=NOW, house_grade=grade)


@pytest.fixture
def seven(cast):
    """Seven red households with a repair each; six of them are mended in July."""
    homes = [cast.family() for _n in range(7)]
    for home in homes:
        graded(home, "D", date(2020, 6, 20))
    reviewed(cast, 6)
    for home in homes:
        cast.measure(home, "house_repair", started_on=date(2020, 7, 2), due_on=date(2020, 9, 1))
    cast.measure(homes[0], "water_supply", started_on=date(2020, 7, 2))
    cast.measure(
        homes[1], "home_lease", started_on=date(2020, 7, 2), ended_on=date(2020, 7, 3),
        result="mistake", result_words="x",
    )  # fmt: skip
    cast.measure(homes[2], "resettlement", started_on=date(2020, 7, 2))
    for home in homes[:5]:
        graded(home, "B", date(2020, 7, 20))
    reviewed(cast, 7)
    return homes


DAYS = {"since": date(2020, 1, 1), "until": date(2020, 12, 31), "today": date(2020, 12, 31)}


def test_flags_answered_and_rules_turned(cast, seven):
    lines = {line.kind: line for line in effects_in(cast.county.division, **DAYS)}
    assert set(lines) == {"house_repair", "resettlement"}  # water answers no rule of theirs
    repair = lines["house_repair"]
    assert (repair.flags.number, repair.rules.number) == (7, 7)
    assert [count.number for count in repair.within] == [5, 5, 5]
    # 5 of 7: the 2 that are left over would be told by it
    assert [str(count) for count in repair.within] == ["all but under 5"] * 3
    assert str(lines["resettlement"].flags) == "under 5"
    assert {str(count) for count in lines["resettlement"].within} == {"under 5"}


def test_other_places_and_other_days_are_left_out(cast, seven):
    assert not effects_in(cast.stranger.division, **DAYS)
    assert not effects_in(cast.county.division, **(DAYS | {"since": date(2020, 8, 1)}))


@pytest.mark.parametrize(
    ("number", "of", "said"),
    [(0, 9, "0"), (1, 9, "under 5"), (4, 9, "under 5"), (5, 9, "all but under 5"), (9, 9, "9"),
     (5, 10, "5"), (5, None, "5")],
)  # fmt: skip
def test_small_counts_are_withheld_from_both_ends(number, of, said):
    assert str(Count(number, of)) == said


def test_page_and_workbook_tell_the_same(cast, seven, client):
    client.force_login(cast.county.officer)
    days = {"since": "2020-01-01"}
    page = client.get(reverse("effects"), days)
    assert page.status_code == 200 and len(page.context["lines"]) == 2
    book = client.get(reverse("effects_workbook"), days)
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [row[2] for row in rows] == [7, str(page.context["lines"][1].flags)]
    client.force_login(cast.water.officer)
    assert client.get(reverse("effects")).status_code == 403
