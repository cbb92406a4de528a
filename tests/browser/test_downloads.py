"""Menu, downloads and toasts in a real browser, wide and narrow, by keyboard."""

import openpyxl
import pytest

from jobs.models import ScheduledDownload
from jobs.tables.making import ask_for_table
from tests.cast import NOW
from tests.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def worker(transactional_db, settings, monkeypatch):
    monkeypatch.setenv("FILES_ROOT", str(settings.MEDIA_ROOT))
    with Worker() as worker:
        yield worker


def test_a_group_of_the_menu_is_closed_by_keyboard_and_stays_closed(cast, page, login, accessible):
    login(page, cast.province)
    page.goto("/households/")
    daily = "nav.pw-menu details[data-group=daily]"
    assert page.locator(f"{daily}[open]").count() == 1
    page.goto("/flags/")
    page.focus(f"{daily} > summary")
    page.keyboard.press("Enter")
    assert not page.is_visible(f"{daily} a >> nth=0")
    page.goto("/clues/")
    assert page.locator(f"{daily}[open]").count() == 0
    accessible(page)
    page.goto("/households/")  # its own group is open, whatever was closed
    assert page.locator(f"{daily}[open]").count() == 1


def test_a_phone_has_the_same_groups_on_its_own_page(cast, phone, login, accessible):
    login(phone, cast.province)
    phone.goto("/me/")
    watch = ".pw-pages details[data-group=watch]"
    assert phone.locator(f"{watch}[open]").count() == 0
    phone.click(f"{watch} > summary")
    phone.goto("/me/")
    assert phone.is_visible(f"{watch} a[href='/flags/']")
    accessible(phone)


def test_a_table_is_asked_for_and_told_on_another_page(
    cast, page, login, accessible, worker, tmp_path
):
    cast.household(head_name="汪红", tier="red")
    cast.household(head_name="李蓝", tier="blue")
    login(page, cast.county)
    page.goto("/households/?tier=red")
    page.focus(".pw-take > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert-ok")
    page.goto("/flags/")
    page.wait_for_selector(".pw-toast", timeout=40_000)
    accessible(page)
    with page.expect_download() as download:
        page.click(".pw-toast a")
    download.value.save_as(tmp_path / "table.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[3:]] == ["汪红"]
    page.focus(".pw-toast [data-close]")
    page.keyboard.press("Enter")
    assert page.locator(".pw-toast").count() == 0
    page.goto("/flags/")
    assert page.locator(".pw-toasts [hx-get]").count() == 0


def test_a_list_is_scheduled_paused_and_deleted(cast, phone, login, accessible):
    login(phone, cast.county)
    phone.goto("/households/?tier=red")
    phone.click(".pw-take > summary")
    accessible(phone)
    phone.click(".pw-take a >> nth=0")
    accessible(phone)
    phone.fill("#id_name", "红色户")
    phone.click(".pw-form .btn-primary")
    phone.wait_for_selector("text=红色户")
    accessible(phone)
    assert ScheduledDownload.objects.get().query.open() == "tier=red"
    assert phone.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    phone.click("form[action$='pause/'] button")
    phone.click("form[action$='resume/'] button")
    phone.click("form[action$='delete/'] button")
    phone.wait_for_selector(".pw-empty")
    assert ScheduledDownload.objects.get().ended_at


def test_a_job_that_stands_on_the_page_is_not_told_twice(cast, page, login):
    ask_for_table(address="/households/", query="", by=cast.county, at=NOW)
    login(page, cast.county)
    page.goto("/jobs/")
    assert page.locator(".pw-toasts [hx-get]").count() == 0
    assert page.locator(".pw-job").count() == 1
