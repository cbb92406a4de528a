"""Statistics as their users walk them: from Today to the rows, two months compared with their
counts, other figures tried, shared and adopted, a table of departments."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from monitoring.models import Run
from monitoring.policy.parameters import figures_on
from monitoring.review import review_month
from reports.figures.rolling import roll_up
from reports.models import Trial
from tests.monitoring.test_review import AUGUST_EVE, make_red, visit
from tests.reports.figure_things import departed

pytestmark = pytest.mark.django_db(transaction=True)
FIT = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def reviewed(cast):
    make_red(cast, head_name="汪秀兰")
    make_red(cast, code="341524105201", head_name="漆有才")
    home = cast.family()
    visit(cast, home)
    departed(cast)
    for month in (5, 6):
        run = review_month(
            province=cast.province.division, month=date(2020, month, 1), by=cast.province,
            at=AUGUST_EVE,
        )  # fmt: skip
        roll_up(run)


def test_from_today_to_the_rows(cast, reviewed, page, phone, login, accessible):
    for one in (page, phone):
        login(one, cast.county)
        one.goto("/")
        accessible(one)
        assert one.evaluate(FIT) <= 0
        assert one.locator("table .f-spark").count() >= 2
    page.locator(".f-trends a").first.click()
    page.wait_for_url("**/figures/?figure=flags_standing**")
    accessible(page)


def test_every_number_of_a_table_leads_to_as_many_rows(cast, reviewed, page, login):
    """Counts: what is clicked is a number, and so many rows stand on its page."""
    login(page, cast.county)
    walked = 0
    for group in ("flags", "visits", "clues", "tiers", "work", "departments"):
        page.goto(f"/figures/?group={group}")
        links = page.locator("main tbody td.num a, main tfoot td.num a")
        found = [(one.inner_text(), one.get_attribute("href")) for one in links.all()]
        for words, address in found:
            if words.isdecimal():
                page.goto(address)
                assert page.locator("main tbody tr").count() == int(words), address
                walked += 1
    assert walked >= 8


def test_the_counts_of_two_months_come_after_the_page(cast, reviewed, page, login, accessible):
    login(page, cast.county)
    page.goto("/review/compare/")
    page.locator(".pw-chip .n").first.wait_for()
    accessible(page)
    chips = page.locator(".pw-chipset .pw-chip")
    for n in range(chips.count()):
        chip = page.locator(".pw-chipset .pw-chip").nth(n)
        number = int(chip.locator(".n").inner_text())
        chip.click()
        page.locator(".pw-chip .n").first.wait_for()
        assert "/review/compare/?" in page.url and "counts" not in page.url
        assert page.locator("main tbody tr").count() == number


def test_other_figures_are_tried_shared_and_adopted(
    cast, reviewed, page, phone, new_page, login, accessible
):
    login(page, cast.province)
    page.goto("/trials/new/")
    page.locator("#id_name").fill("收入线6000元")
    page.locator("#id_line").fill("6000")
    page.locator("main .pw-form button").first.click()
    page.wait_for_url("**/trials/*/")
    accessible(page)
    trial = Trial.objects.get()
    login(phone, cast.county)
    assert phone.goto(f"/trials/{trial.pk}/").status == 404
    page.locator("form[action$='/share/'] button").click()
    phone.goto("/trials/")
    phone.get_by_role("link", name="收入线6000元").click()
    accessible(phone)
    assert phone.evaluate(FIT) <= 0
    page.locator("main a[href$='/adopt/']").click()
    since = timezone.localdate().replace(day=1) + timedelta(days=62)
    page.locator("#id_since").fill(f"{since:%Y-%m-%d}")
    page.locator("#id_because").fill("省里已决定")
    page.locator("main form:has(#id_since) button").first.click()
    page.wait_for_url("**/policy/**")
    accessible(page)
    trial.refresh_from_db()
    assert trial.adopted_on == since
    county = cast.county.division
    assert figures_on(since, [county])[county.id]["line"] == 6000
    assert figures_on(since - timedelta(days=1), [county])[county.id]["line"] != 6000
    assert Run.objects.count() == 2


def test_a_department_and_whoever_oversees_it(
    cast, reviewed, page, phone, new_page, login, accessible
):
    other = new_page()
    login(other, cast.auditor)
    other.goto("/figures/?group=departments")
    accessible(other)
    assert other.locator("main table").first.locator("tbody tr").count() == 12
    for one in (page, phone):
        login(one, cast.education)
        one.goto("/figures/?group=data")
        accessible(one)
        assert one.evaluate(FIT) <= 0
