"""The statistics of a division on desk and phone: the table, the charts, the rows behind."""

from datetime import date

import pytest

from monitoring.models import Run
from monitoring.review import review_month
from reports.figures.rolling import roll_up
from tests.monitoring.test_review import AUGUST_EVE, make_red, visit
from tests.reports.figure_things import departed

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


def test_the_map_is_walked_by_keyboard(cast, reviewed, page, phone, login, accessible):
    login(page, cast.province)
    page.goto("/figures/?figure=flags_standing")
    city = page.locator(".f-shapes").get_by_role("link", name="六安市 1")
    assert city.count() == 1 and page.locator(".f-shapes path").count() == 16
    accessible(page)
    city.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**division=341500000000**")
    for group in ("screening", "steps", "help", "work", "burden"):
        page.goto(f"/figures/?group={group}")
        accessible(page)
    login(phone, cast.province)
    phone.goto("/figures/?figure=flags_standing")
    accessible(phone)
    assert phone.evaluate(FIT) <= 0


def test_a_department_from_its_day_to_its_figures(cast, reviewed, page, phone, login, accessible):
    departed(cast)
    roll_up(Run.objects.get(month=date(2020, 6, 1)))
    for one in (page, phone):
        login(one, cast.education)
        one.goto("/")
        accessible(one)
        assert one.evaluate(FIT) <= 0
        one.locator(".pw-actions a").first.click()
        one.wait_for_url("**/figures/")
        accessible(one)
        assert one.evaluate(FIT) <= 0
    page.locator("tbody").get_by_role("link", name="4", exact=True).first.click()
    page.wait_for_url("**/figures/asked_education/**")
    accessible(page)
    assert page.locator("tbody tr").count() == 4


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
