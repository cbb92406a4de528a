"""Twelve months on Today: read from the roll-up, for every level and for departments."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.tables.page import found_on
from monitoring import today, today_parts
from monitoring.review import review_month
from reports.models import Rollup
from reports.today import trends_of_today
from tests.monitoring.test_review import AUGUST_EVE

pytestmark = pytest.mark.django_db
LEVELS = ("village", "township", "county", "city", "province", "auditor")


@pytest.fixture
def counted(cast):
    """Four months of every division: one flag more each month, one month without a roll-up."""
    for division in cast.divisions.values():
        for month in (3, 4, 6):
            values = {
                "flags_standing": [month, None], "visits_monthly": [month, 10],
                "late_education": [month, None], "asked_education": [1, None],
            }  # fmt: skip
            Rollup.objects.create(division=division, month=date(2020, month, 1), values=values)


@pytest.fixture
def reviewed(cast, counted):
    """A review says how many households there are."""
    for name in ("甲", "乙"):
        cast.household(head_name=name)
    return review_month(
        province=cast.province.division, month=date(2020, 6, 1), by=cast.province, at=AUGUST_EVE
    )


@pytest.fixture
def look(client):
    def get(post, address="/"):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(address)

    return get


def part_of(page):
    (part,) = page.context["parts"]
    return part


@pytest.mark.parametrize("role", LEVELS)
def test_every_level_sees_its_twelve_months(cast, counted, look, role):
    cast.household()
    page = look(getattr(cast, role))
    part = part_of(page)
    assert part.html in page.text and "css/figures.css" in page.text
    assert part.html.count("<polyline") == 5  # a line for each figure of the head
    assert 'aria-label="?、?、?、?、?、?、?、?、3、4、?、6"' in part.html


def test_the_table_below_me_has_lines(cast, counted, look):
    cast.household()
    page = look(cast.county)
    (row,) = page.context["rows"]
    assert len(row["cells"]) == len(part_of(page).heads) == 2
    assert all(cell in page.text for cell in row["cells"])
    assert "60.0%" in row["cells"][1] and "<polyline" in row["cells"][1]


def test_a_department_has_its_own(cast, counted, look):
    part = part_of(look(cast.education))
    assert "?figure=late_education" in part.html
    assert "flags_standing" not in part.html and "<table" not in part.html


def test_a_department_above_counties_has_a_table_of_them(cast, counted, look):
    above = cast.post("department", "341500000000", department="education")
    part = part_of(look(above))
    assert "金寨县" in part.html and "霍山县" in part.html
    assert "division=341524000000" in part.html


def test_before_the_first_review_there_is_nothing(cast, look):
    cast.household()
    for role in LEVELS:
        page = look(getattr(cast, role))
        assert page.status_code == 200 and page.context["parts"] == []


@pytest.mark.parametrize("role", ["assigned", "administrator"])
def test_whoever_sees_no_figures_sees_no_lines(cast, counted, look, role):
    assert not look(getattr(cast, role)).context.get("parts")


def test_it_costs_the_same_however_much_lies_below(cast, counted, rf):
    request = rf.get("/")
    request.post = cast.county
    several = [one for one in cast.divisions.values() if one.level == 4]
    for divisions in (several[:1], several):
        with CaptureQueriesContext(connection) as asked:
            trends_of_today(request, divisions)
        assert len(asked) == 2
    assert trends_of_today in today_parts.MAKERS


@pytest.mark.parametrize("role", ["province", "city"])
def test_where_much_lies_below_its_counts_come_after_the_page(
    cast, reviewed, look, role, monkeypatch
):
    cast.household()
    post = getattr(cast, role)
    usual = look(post)
    assert usual.context["rows"] and "counting" not in usual.context
    monkeypatch.setattr(today, "MANY", 0)
    page = look(post)
    assert "rows" not in page.context and "/today/below/" in page.text
    assert part_of(page).html in page.text
    after = look(post, "/today/below/?order=-due")
    assert after.context["figures"] == usual.context["figures"]
    for row in usual.context["rows"]:
        assert row["division"].name in after.text
        assert all(cell in after.text for cell in row["cells"])
    assert 'hx-swap-oob="true"' in after.text and 'href="/?order=due"' in after.text
    assert look(post, "/?counted=1").context["rows"]
    assert look(cast.county).context["rows"]
    found = found_on("/", "", post)
    assert len(found.rows) == len(usual.context["rows"])
