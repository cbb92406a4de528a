"""An export goes from the upload to the mended workbook, and the page follows by itself."""

import io

import openpyxl
import pytest

from households.models import Household, Member
from jobs.models import Job
from jobs.running import run_job
from tests.browser.conftest import PHONE
from tests.households.faults import HEADER, Export

pytestmark = pytest.mark.django_db(transaction=True)


def work():
    for job in Job.objects.filter(kind="national_import").open():
        run_job(job.id)


def spoilt():
    export = Export(12)
    export.rows[1]["健康状况"] = "慢病"
    export.rows[4]["证件号码"] = "3.41524E+17"
    export.rows[7]["务工时间(月)"] = "14"
    export.household(9, 行政村="豹迹石村")
    return export


def upload(page, name, content):
    page.goto("/imports/")
    page.set_input_files("input[name=file]", {"name": name, "mimeType": "", "buffer": content})
    page.click("form[enctype] button")
    page.wait_for_selector("#import-progress")
    work()


def test_from_the_upload_to_the_mended_rows(page, login, accessible, cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    login(page, cast.county)
    upload(page, "户信息_20200625.xlsx", spoilt().xlsx())
    page.wait_for_selector("form[action$='/load/'] button")
    assert not Household.objects.exists()
    page.click("form[action$='/load/'] button")
    page.wait_for_selector("#import-progress")
    work()
    page.wait_for_selector(".alert-ok")
    accessible(page)
    assert (Household.objects.count(), Member.objects.count()) == (11, 33)
    with page.expect_download() as waiting:
        page.click("a[href$='/errors/']")
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert book.active.max_row == 3 + 6
    sheet = book.active
    mend(sheet, "健康状况", "慢病", "长期慢性病")
    mend(sheet, "证件号码", "3.41524E+17", Export(2).rows[4]["证件号码"])
    mend(sheet, "务工时间(月)", "14", "10")
    mend(sheet, "行政村", "豹迹石村", "豹迹岩村")
    out = io.BytesIO()
    book.save(out)
    upload(page, "改好_20200625.xlsx", out.getvalue())
    page.click("form[action$='/load/'] button")
    page.wait_for_selector("#import-progress")
    work()
    page.wait_for_selector(".alert-ok")
    assert (Household.objects.count(), Member.objects.count()) == (12, 36)
    assert page.query_selector("a[href$='/errors/']") is None


def mend(sheet, column, wrong, right):
    place = HEADER.index(column) + 1
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, place).value == wrong:
            sheet.cell(row, place).value = right


def test_on_a_phone_nothing_is_wider_than_the_screen(new_page, login, cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    page = new_page(viewport=PHONE)
    login(page, cast.county)
    upload(page, "户信息_20200625.xlsx", spoilt().xlsx())
    page.wait_for_selector("form[action$='/load/'] button")
    for address in ("/imports/", page.url):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], address
