"""Ledgers and procedures in a real browser, wide and narrow."""

import pytest

from tests.cast import TODAY

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/ledgers/",
    "/ledgers/three-colour/",
    "/ledgers/edge/?on=2020-06-25&tier=red",
    "/ledgers/employment/?columns=labour,age",
    "/ledgers/unsafe-houses/",
    "/procedures/",
    "/procedures/?role=county",
    "/procedures/edge_listing/",
]


def test_pages_have_no_barrier_and_fit_the_screen(cast, page, phone, login, accessible):
    cast.family(tier="red")
    cast.family(status="edge", listed_on=TODAY)
    for screen in (page, phone):
        login(screen, cast.county)
        for path in PAGES:
            screen.goto(path)
            accessible(screen)
            overflow = "document.documentElement.scrollWidth - window.innerWidth"
            assert screen.evaluate(overflow) <= 0, path


def test_a_day_a_tier_and_a_division_are_chosen_on_the_page(cast, page, login):
    cast.family(head_name="汪红", tier="red")
    cast.family("341524105201", head_name="李邻", tier="blue")
    login(page, cast.county)
    page.goto("/ledgers/three-colour/")
    page.click(".pw-below >> text=汤家汇镇")
    page.click(".pw-below >> text=豹迹岩村委会")
    assert page.locator("text=汪红").count() and not page.locator("text=李邻").count()
    page.fill("#on", "2020-06-24")
    page.press("#on", "Enter")
    page.wait_for_url("**on=2020-06-24**")
    assert not page.locator("text=汪红").count()
    assert "division=341524105207" in page.url


def test_columns_are_chosen_and_the_view_is_saved_shared_and_opened(
    cast, page, new_page, login, accessible
):
    home = cast.family(head_name="汪红", house_grade="D")
    home.members.update(work_months=0)
    login(page, cast.county)
    page.goto("/ledgers/employment/")
    page.click(".pw-chip >> nth=2")
    page.click(".pw-ledger-own summary >> nth=0")
    for box in page.locator(".pw-ledger-columns input[type=checkbox]").all()[3:]:
        box.uncheck()
    page.click(".pw-ledger-columns button")
    assert page.locator("[data-rows] thead th").count() == 5
    page.click(".pw-ledger-own summary >> nth=1")
    accessible(page)
    page.fill("#view-name", "未就业")
    page.check("[name=shared]")
    page.click(".pw-ledger-save button")
    page.wait_for_url("**/ledgers/")
    accessible(page)
    reader = login(new_page(), cast.village)
    reader.goto("/ledgers/")
    reader.click(".pw-saved >> text=未就业")
    assert reader.locator("[data-rows] thead th").count() == 5
    assert reader.locator("text=陈秀兰").count()


def test_the_sheets_of_paper_lie_across(cast, page, login, tmp_path):
    for _n in range(25):
        cast.family(head_name="汪红")
    login(page, cast.village)
    page.goto("/ledgers/three-colour/print/")
    printed = page.pdf(path=tmp_path / "ledger.pdf", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 2
    assert b"/MediaBox [0 0 841" in printed or b"/MediaBox [0 0 842" in printed
