"""Figures for machines: what is counted, values by division and month, the rows behind."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.review import review_month
from reports.figures.rolling import roll_up
from reports.models import Rollup
from tests.monitoring.test_review import AUGUST_EVE, make_red
from tests.reports.figure_things import burdened, departed

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 1)
FLAGS = "/api/figures/flags_opened"


@pytest.fixture
def reviewed(cast):
    make_red(cast, head_name="汪秀兰")
    make_red(cast, code="341525100201", head_name="何霍山")
    burdened(cast)
    departed(cast)
    run = review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE)
    roll_up(run)
    return run


@pytest.fixture
def ask(client):
    def get(post, address, status=200):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(address)
        assert answer.status_code == status, answer.content[:300]
        return answer.json()

    return get


def test_what_is_counted_is_told_with_clause_unit_and_direction(cast, ask):
    told = {row["code"]: row for row in ask(cast.village, "/api/figures/")}
    assert told["visits_monthly"] | {"words": "", "counts": ""} == {
        "code": "visits_monthly", "words": "", "clause": "AH 4.2.2", "unit": "share",
        "good": "up", "stock": False, "compared": True, "group": "visits", "counts": "",
        "department": "",
    }  # fmt: skip
    assert not told["burden_again"]["compared"]
    assert "asked_education" not in told
    assert ask(cast.village, "/api/figures/faults/")["code"] == "faults"
    ask(cast.village, "/api/figures/nothing/", 404)
    ask(cast.assigned, "/api/figures/", 403)
    ask(cast.administrator, "/api/figures/", 403)


def test_values_by_division_and_month(cast, ask, reviewed):
    (row,) = ask(cast.city, f"{FLAGS}/values/")
    assert row == {
        "division": "341500000000", "division_name": "六安市", "month": "2020-06-01",
        "figure": "flags_opened", "n": 2, "of": None, "number": 2.0,
    }  # fmt: skip
    rows = ask(cast.city, f"{FLAGS}/values/?below=1&month=2020-06")
    assert [(row["division"], row["n"]) for row in rows] == [
        ("341524000000", 1), ("341525000000", 1),
    ]  # fmt: skip
    Rollup.objects.create(
        division=cast.city.division, month=date(2020, 5, 1), values={"flags_opened": [7, None]}
    )
    rows = ask(cast.city, f"{FLAGS}/values/?from=2020-04&month=2020-06")
    assert [(row["month"], row["n"]) for row in rows] == [("2020-05-01", 7), ("2020-06-01", 2)]
    (share,) = ask(cast.county, "/api/figures/flags_overdue/values/")
    assert (share["n"], share["of"]) == (0, 1)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("values/?month=2020-13", 400),
        ("values/?from=x", 400),
        ("values/?month=2019-01", 404),
        ("values/?division=341525000000", 404),  # beside the county
        ("values/?division=%00", 404),
        ("rows/?division=341525000000", 404),
        ("rows/?month=x", 400),
    ],
)
def test_odd_and_foreign_addresses(cast, ask, reviewed, address, status):
    ask(cast.county, f"{FLAGS}/{address}", status)


def test_rows_are_those_that_the_page_shows(cast, ask, reviewed):
    answer = ask(cast.county, f"{FLAGS}/rows/?month=2020-06")
    assert [(row["name"], row["place"]) for row in answer["results"]] == [
        ("汪秀兰", "豹迹岩村委会"),
    ]
    assert answer["results"][0]["address"].startswith("/households/")
    rows = ask(cast.city, f"{FLAGS}/rows/?division=341525000000&span=quarter")["results"]
    assert [row["name"] for row in rows] == ["何霍山"]
    few = ask(cast.city, f"{FLAGS}/rows/?page_size=1")
    assert len(few["results"]) == 1 and few["next"]


def test_burdens_are_told_of_one_place_and_have_no_rows(cast, ask, reviewed):
    address = "/api/figures/burden_again"
    (row,) = ask(cast.county, f"{address}/values/")
    assert (row["n"], row["of"]) == (12, 30)
    ask(cast.county, f"{address}/values/?below=1", 400)
    ask(cast.county, f"{address}/rows/", 404)


def test_a_department_gets_its_own_figures_and_who_oversees_it_does(cast, ask, reviewed):
    told = {row["code"] for row in ask(cast.education, "/api/figures/")}
    assert "late_education" in told and "late_water" not in told and "flags_opened" not in told
    (row,) = ask(cast.education, "/api/figures/matched_education/values/")
    assert (row["n"], row["of"], row["number"]) == (40, 50, 0.8)
    rows = ask(cast.education, "/api/figures/asked_education/rows/")["results"]
    assert len(rows) == 4
    ask(cast.water, "/api/figures/asked_education/values/", 404)
    ask(cast.township, "/api/figures/asked_education/rows/", 404)
    assert ask(cast.county, "/api/figures/asked_education/rows/")["results"] == rows
    ask(cast.education, f"{FLAGS}/values/", 404)


def test_values_below_ask_a_fixed_number_of_questions(cast, ask, reviewed):
    def asked():
        ask(cast.county, f"{FLAGS}/values/?below=1")
        with CaptureQueriesContext(connection) as questions:
            ask(cast.county, f"{FLAGS}/values/?below=1")
        return len(questions)

    few = asked()
    for division in cast.divisions.values():
        if division.level == 4 and division.county_id == cast.county.division_id:
            Rollup.objects.update_or_create(division=division, month=JUNE)
    assert asked() == few
