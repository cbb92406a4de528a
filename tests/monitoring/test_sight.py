"""What of the analysis each may see."""

from datetime import date

import pytest

from households.register import record_household
from monitoring.review import review_month
from tests.cast import NOW
from tests.monitoring.test_review import AUGUST_EVE, visit


@pytest.fixture
def wet_and_dangerous(cast):
    """Red for water and for housing."""
    household = cast.family()
    visit(cast, household)
    record_household(
        household,
        on=date(2020, 6, 20),
        origin="visit",
        by=None,
        at=NOW,
        house_grade="D",
        water_safe=False,
    )
    june = date(2020, 6, 1)
    review_month(province=cast.province.division, month=june, by=cast.province, at=AUGUST_EVE)
    return household


def test_a_department_reads_only_the_rules_of_its_line(cast, wet_and_dangerous, client):
    client.force_login(cast.water.officer)
    page = client.get(f"/households/{wet_and_dangerous.id}/why/", HTTP_ACCEPT_LANGUAGE="en").text
    assert "Drinking water is not safe" in page and "dangerous house" not in page
    (row,) = client.get("/api/assessments/").json()["results"]
    assert row["red"] == ["water"] and row["water_met"] is False
    assert "net" not in row and "dangerous_house" not in row
    (flag,) = client.get("/api/flags/").json()["results"]
    assert flag["rules"] == ["water"]


def test_a_county_reads_all_of_them(cast, wet_and_dangerous, client):
    client.force_login(cast.county.officer)
    page = client.get(f"/households/{wet_and_dangerous.id}/why/", HTTP_ACCEPT_LANGUAGE="en").text
    assert "Drinking water is not safe" in page and "dangerous house" in page
    (row,) = client.get("/api/assessments/").json()["results"]
    assert set(row["red"]) == {"water", "housing"} and row["net"] == "48400.00"


@pytest.mark.parametrize("address", ["/flags/", "/clues/"])
def test_an_administrator_is_refused(cast, client, address):
    client.force_login(cast.administrator.officer)
    assert client.get(address).status_code == 403


def test_the_origin_of_each_fact_is_told(cast, wet_and_dangerous, client):
    client.force_login(cast.village.officer)
    page = client.get(f"/households/{wet_and_dangerous.id}/why/", HTTP_ACCEPT_LANGUAGE="en").text
    assert "June 20, 2020" in page and "House grade" in page
    now = client.get(f"/households/{wet_and_dangerous.id}/why/?now=1", HTTP_ACCEPT_LANGUAGE="en")
    assert "Computed from the data of" in now.text


def test_each_figure_of_a_month_leads_to_exactly_its_rows(cast, wet_and_dangerous, client):
    """By tier and division; the stranger's figures are none."""
    from monitoring.models import Run

    run = Run.objects.get()
    client.force_login(cast.city.officer)
    shown = client.get(f"/reviews/{run.id}/").context["figures"]
    for figure in shown:
        rows = client.get(figure["url"]).context["page"].rows
        assert len(rows) == figure["value"]
    assert [figure["value"] for figure in shown] == [1, 0, 0, 0]
    housing = client.get(f"/reviews/{run.id}/households/?rule=housing").context["page"].rows
    assert [row.household for row in housing] == [wet_and_dangerous]
    client.force_login(cast.stranger.officer)
    assert not client.get(f"/reviews/{run.id}/households/").context["page"].rows
    strange = client.get(f"/reviews/{run.id}/?division=341524000000").context
    assert [figure["value"] for figure in strange["figures"]] == [0, 0, 0, 0]
