"""The statistics of a division on desk and phone: the table, the charts, the rows behind."""

from datetime import date

import pytest

from monitoring.review import review_month
from reports.figures.rolling import roll_up
from tests.monitoring.test_review import AUGUST_EVE, make_red, visit

pytestmark = pytest.mark.django_db(transaction=True)
FIT = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def reviewed(cast):
    make_red(cast, head_name="汪秀兰")
    visit(cast, cast.family())
    for month in (5, 6):
        run = review_month(
            province=cast.province.division,
            month=date(2020, month, 1),
            by=cast.province,
            at=AUGUST_EVE,
        )
        roll_up(run)


def test_from_the_table_to_the_rows(cast, reviewed, page, phone, login, accessible):
    login(page, cast.province)
    page.goto("/figures/?figure=flags_standing")
    accessible(page)
    page.locator("tbody").get_by_role("link", name="六安市").click()
    page.locator("tbody").get_by_role("link", name="金寨县").wait_for()
    page.get_by_role("link", name="等级", exact=True).click()
    accessible(page)
    page.goto("/figures/flags_standing/?month=2020-06")
    accessible(page)
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="汪秀兰").click()
    page.wait_for_url("**/why/**")
    page.goto("/review/compare/")
    accessible(page)
    page.goto("/trials/new/")
    accessible(page)

    login(phone, cast.county)
    for address in ("/figures/", "/figures/tier_red/?month=2020-06", "/review/compare/"):
        phone.goto(address)
        accessible(phone)
        assert phone.evaluate(FIT) <= 0, address
