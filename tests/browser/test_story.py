"""The whole main job in a browser: visit, review, red with its reason, workbook, stranger."""

from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from households.register import record_household
from tests.browser.conftest import PHONE
from tests.browser.test_visit import SAVE, choose
from tests.cast import NOW
from tests.worker import Worker

TODAY = timezone.localdate()
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)


@pytest.fixture
def family(cast):
    household = cast.family(group_name="上湾组", responsible_name="李传明")
    cast.member(
        household,
        name="汪小雨",
        born_on=LAST_MONTH.replace(year=LAST_MONTH.year - 10, day=1),
        school="primary",
        education="",
        labour="none",
    )
    record_household(
        household,
        on=LAST_MONTH - timedelta(days=400),
        origin="correction",
        by=cast.county.officer,
        at=NOW,
        head_name="汪秀兰",
    )
    return household


def enter_the_line(page, cast):
    """No document gives a line for this year: the province enters it."""
    page.goto("/policy/line/")
    page.select_option("#id_territory", str(cast.province.division_id))
    page.fill("#id_value", "7000")
    page.fill("#id_since", f"{LAST_MONTH:%Y}-01-01")
    page.fill("#id_because", "省定标准")
    page.click("aside form button")
    page.locator("td", has_text="7,000").wait_for()


def record_the_visit(page, family):
    page.goto(f"/households/{family.pk}/visits/new/")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.fill("#id_visited_on", LAST_MONTH.isoformat())
    choose(page, "food", "secure")
    choose(page, "clothing", "secure")
    choose(page, f"school_{family.members.get(name='汪小雨').pk}", "left")
    page.click(SAVE)
    page.wait_for_url(lambda address: "/new/" not in address)


def wait_for_the_job(page):
    page.locator(".pw-job p.small").wait_for(timeout=60_000)


def test_a_child_left_school_and_the_province_knows(new_page, login, cast, family, tmp_path):
    province, cadre = new_page(accept_downloads=True), new_page(viewport=PHONE)
    login(province, cast.province)
    enter_the_line(province, cast)
    login(cadre, cast.village)
    record_the_visit(cadre, family)

    with Worker():
        province.goto("/reviews/")
        province.fill("#id_month", f"{LAST_MONTH:%Y-%m}")
        province.click("aside form > button")
        wait_for_the_job(province)
        province.goto("/reports/red-flags/")
        row = province.locator("tr", has_text="汪秀兰")
        assert "宣扶组 四（三）15" in row.inner_text() and "李传明" in row.inner_text()
        province.click(".pw-actions button")
        wait_for_the_job(province)
    with province.expect_download() as downloading:
        province.click(".pw-job a.btn")
    path = tmp_path / "report.xlsx"
    downloading.value.save_as(path)
    (line,) = openpyxl.load_workbook(path).active.iter_rows(min_row=4, values_only=True)
    assert family.number in line and "李传明" in line
    deadline = LAST_MONTH + timedelta(days=30)
    assert deadline in [cell.date() for cell in line if hasattr(cell, "date")]

    cadre.goto(f"/households/{family.pk}/why/")
    assert "宣扶组〔2019〕20号 四（三）15" in cadre.locator(".pw-rule").first.inner_text()
    assert "汪小雨" in cadre.locator(".pw-rule").first.inner_text()
    cadre.goto("/")
    assert "汪秀兰" in cadre.locator("main").inner_text()

    stranger = new_page()
    login(stranger, cast.stranger)
    for address in ("/households/", "/reports/red-flags/", "/flags/", "/clues/", "/"):
        stranger.goto(address)
        assert "汪秀兰" not in stranger.content(), address
    assert stranger.goto(f"/households/{family.pk}/why/").status == 404
    assert stranger.goto("/households/999999999/why/").status == 404
