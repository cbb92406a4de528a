"""A department's file goes from the upload over its columns to the match report and the rows to
check, and *why* names the department and its day."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from feeds.models import FeedRow, FeedUpload
from feeds.naming import source_words
from jobs.models import Job
from jobs.running import run_job
from tests.browser.conftest import PHONE
from tests.feeds.files import as_csv, number_of, officer_of

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["姓名", "身份证号", "自己付的", "结算日期"]


@pytest.fixture
def home(cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    home = cast.household()
    cast.member(home, name="汪大山", relation="head", resident_id=number_of(1))
    cast.income(home)
    for place in range(10, 110):
        cast.member(home, name=f"人{place}", resident_id=number_of(place))
    return home


def work():
    for job in Job.objects.filter(kind="feed").open():
        run_job(job.id)


def upload(page, content):
    page.goto("/feeds/")
    page.fill("#id_as_of", "2020-05-31")
    page.fill("#id_begins", "2020-01-01")
    page.set_input_files(
        "input[name=file]", {"name": "结算.csv", "mimeType": "", "buffer": content}
    )
    page.click("form[enctype] button")


def crooked():
    """A hundred rows, one of them crooked."""
    rows = [[f"人{place}", number_of(place), "10.00", "2020-03-02"] for place in range(10, 109)]
    rows[4][1] = rows[4][1][:17]
    return as_csv(HEAD, [["汪大山", number_of(1), "48000", "2020-04-01"], *rows])


def test_from_the_file_to_the_fact_that_names_its_department(page, login, accessible, cast, home):
    login(page, officer_of(cast, "medical_payment"))
    upload(page, crooked())
    page.wait_for_selector("#feed-progress")
    work()
    page.wait_for_selector("form[action$='/load/'] button")
    accessible(page)
    assert number_of(1) not in page.content() and not FeedRow.objects.exists()
    page.select_option("#id_column_amount", "自己付的")
    page.click("form[action$='/load/'] button")
    page.wait_for_selector("#feed-progress")
    work()
    page.wait_for_selector(".alert-ok")
    accessible(page)
    figures = page.inner_text(".pw-figs")
    assert "99" in figures and number_of(10) not in page.content()
    with page.expect_download() as waiting:
        page.click("a[href$='/rows-to-check/']")
    sheet = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes())).active
    assert [cell.value for cell in sheet[2]][:3] == ["7", number_of(14)[:17], "人14"]
    upload(page, crooked())
    page.wait_for_selector(".alert-ok")
    assert FeedUpload.objects.count() == 1 and FeedRow.objects.count() == 99

    login_again(page, login, cast.county)
    page.goto(reverse("household_why", args=[home.id]))
    assert source_words(FeedUpload.objects.get()) in page.content()
    assert home.incomes.first().stated_on == date(2020, 6, 11)


def login_again(page, login, post):
    page.context.clear_cookies()
    login(page, post)


def test_on_a_phone_nothing_is_wider_than_the_screen(new_page, login, accessible, cast, home):
    page = new_page(viewport=PHONE)
    login(page, officer_of(cast, "medical_payment"))
    upload(page, crooked())
    work()
    page.wait_for_selector("form[action$='/load/'] button")
    for address in ("/feeds/", page.url):
        page.goto(address)
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], address
