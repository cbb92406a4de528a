"""A department takes its file back in the browser; what it said of a household is shown and gone;
a fund is closed and what is in it goes to its successor."""

import pytest
from django.urls import reverse

from assistance.models import Fund
from feeds.models import FeedUpload
from feeds.undoing import KIND
from jobs.models import Job
from jobs.running import run_job
from tests.assistance.money import TOWNSHIP, fund_of
from tests.feeds.files import number_of, officer_of
from tests.feeds.test_facts import pay, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    home = cast.household()
    cast.member(home, name="汪大山", relation="head", resident_id=number_of(1))
    cast.member(home, name="陈秀兰", relation="spouse", sex="female", resident_id=number_of(2))
    cast.income(home)
    return home


def test_what_departments_said_is_shown_and_a_file_taken_back(
    cast, home, page, phone, login, accessible
):
    tell(cast, "low_income")
    pay(cast, ("汪大山", 1, "32000"), ("陈秀兰", 2, "1200.50"))
    upload = tell(cast, "medical_insurance")
    login(page, cast.county).goto(reverse("household_departments", args=[home.pk]))
    assert page.locator("td", has_text="32,000").count() == 1
    accessible(page)
    login(phone, cast.village).goto(reverse("household_departments", args=[home.pk]))
    assert phone.locator("tbody tr").count() == 4
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    accessible(phone)
    page.context.clear_cookies()
    login(page, officer_of(cast, "medical_insurance"))
    page.goto(reverse("feed", args=[upload.pk]))
    page.click(f"a[href='{reverse('undo_feed', args=[upload.pk])}']")
    page.fill("#id_because", "传错了月份")
    accessible(page)
    page.click("main form button.btn-primary")
    run_job(Job.objects.get(kind=KIND).pk)
    page.goto(reverse("feed", args=[upload.pk]))
    assert page.locator("text=传错了月份").count() == 1
    accessible(page)
    assert FeedUpload.objects.get(pk=upload.pk).state == "undone"


def test_a_fund_is_closed(cast, page, phone, login, accessible):
    fund, county = fund_of(cast, 700, code=TOWNSHIP, by=cast.township), fund_of(cast, 1000)
    login(page, cast.township).goto(reverse("fund", args=[fund.pk]))
    page.click(f"a[href='{reverse('fund_close', args=[fund.pk])}']")
    page.select_option("#id_successor", str(county.pk))
    page.fill("#id_because", "两个基金合并")
    page.click("main form button.btn-primary")
    assert page.locator("#id_paper").count() == 1, "the number of the decision is missing"
    accessible(page)
    page.fill("#id_paper", "乡字7号")
    page.click("main form button.btn-primary")
    page.wait_for_url(f"**{reverse('fund', args=[fund.pk])}")
    accessible(page)
    assert county.cash == 1700 and Fund.objects.get(pk=fund.pk).closed_on
    login(phone, cast.county).goto(reverse("fund", args=[county.pk]))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    accessible(phone)
