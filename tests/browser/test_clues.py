"""Clues from end to end: a hospital file that becomes a listing case, and a phone without an
account."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from households.models import Household, IncomeStatement
from jobs.models import Job
from jobs.running import run_job
from monitoring.applying.taking_up import take_up_applications
from monitoring.models import Application, Case, Clue, Difference
from monitoring.policy.parameters import figures_on, set_parameter
from monitoring.review import month_before, review_month
from tests.feeds.files import as_csv, number_of, officer_of

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
MONTH = month_before(TODAY)
MONTH_END = TODAY.replace(day=1) - timedelta(days=1)
PEOPLE = 200


def open_jobs():
    return list(Job.objects.open().values_list("id", flat=True))


def work():
    while jobs := open_jobs():
        for job in jobs:
            run_job(job)


@pytest.fixture
def homes(cast, settings, tmp_path):
    """Two hundred exited households; those of the second village are every other one."""
    settings.MEDIA_ROOT = str(tmp_path)
    if figures_on(MONTH_END, [cast.county.division])[cast.county.division_id]["line"] is None:
        set_parameter(
            name="line", territory=cast.province.division, since=date(2021, 1, 1), value=6000,
            because="试行标准", by=cast.province, at=timezone.now(),
        )  # fmt: skip
    made = []
    for n in range(PEOPLE):
        code = "341524105207" if n % 2 else "341524105201"
        home = cast.household(code, exited_class="supported", head_name=f"汪{n:03d}")
        cast.member(home, name=f"汪{n:03d}", relation="head", resident_id=number_of(n + 1))
        made.append(home)
    cast.income(
        made[1], medical=800, stated_on=MONTH_END - timedelta(days=20),
        window_from=TODAY.replace(day=1, year=TODAY.year - 1), window_to=MONTH_END,
    )  # fmt: skip
    return made


def hospital_file():
    """Two of two hundred rows are crooked (1 %); two households paid much."""
    rows = []
    for n in range(PEOPLE):
        number = number_of(n + 1)
        if n == 50:
            number = number[:-2] + "00"
        amount = {1: "32000", 2: "28000.50", 60: "很多"}.get(n, "120")
        rows.append([f"汪{n:03d}", number, amount, "金寨县人民医院"])
    return as_csv(["姓名", "身份证号", "个人自付", "医院"], rows)


def upload(page, content):
    page.goto("/feeds/")
    page.set_input_files("input[type=file]", {
        "name": "住院.csv", "mimeType": "text/csv", "buffer": content
    })  # fmt: skip
    page.select_option("[name=kind]", "medical_payment")
    page.fill("[name=begins]", MONTH.isoformat())
    page.fill("[name=as_of]", MONTH_END.isoformat())
    page.click("form:has([name=kind]) button")
    page.wait_for_url(re.compile(r"/feeds/\d+/"))
    work()
    page.reload()


def test_a_hospital_file_becomes_a_listing_case(new_page, login, cast, homes, accessible):
    insurer = officer_of(cast, "medical_payment")
    page = login(new_page(), insurer)
    upload(page, hospital_file())
    page.click("form[action$='/load/'] button")  # taken in with the columns as proposed
    work()
    page.reload()
    report = page.inner_text("main")
    assert "200" in report and "198" in report
    accessible(page)

    assert sorted(Clue.objects.values_list("household__head_name", "village__name")) == [
        ("汪001", "豹迹岩村委会"), ("汪002", "斗林村委会"),
    ]  # fmt: skip

    village = login(new_page(), cast.village)
    village.goto("/clues/")
    accessible(village)
    assert "汪002" not in village.inner_text("main")
    village.click("main a:has-text('汪001')")
    assert "32,000" in village.inner_text("main")
    accessible(village)
    assert Clue.objects.get(household=homes[1]).step_due_on >= TODAY
    village.click("main a[href$='/check/']")
    accessible(village)
    village.locator("[name=finding][value=case_opened]").check(force=True)
    village.fill("[name=words]", "户主住院，自付三万二千元，家里只有一人务工。")
    village.click("main form button.btn-primary")
    village.wait_for_url(re.compile(r"/cases/\d+/"))
    case = Case.objects.get()
    assert (case.procedure, case.clue.household) == ("unstable_listing", homes[1])
    assert Clue.objects.get(household=homes[1]).state == "case"

    # The next review reads what the insurance booked, and says so.
    review_month(province=cast.province.division, month=MONTH, by=None, at=timezone.now())
    assert IncomeStatement.objects.filter(household=homes[1], medical=32000).exists()
    village.goto(f"/households/{homes[1].pk}/why/")
    words = village.inner_text("main")
    assert "32,000" in words
    said = f"{MONTH_END.year}年{MONTH_END.month}月{MONTH_END.day}日"
    assert re.search("医疗保障|医保", words) and said in words.replace(" ", "")

    # The same file again gives nothing new.
    before = (Clue.objects.count(), Difference.objects.count(), Household.objects.count())
    upload(page, hospital_file())
    work()
    assert (Clue.objects.count(), Difference.objects.count(), Household.objects.count()) == before


def test_a_household_applies_from_a_phone_and_gets_an_answer(
    phone, new_page, login, cast, accessible
):
    phone.goto("/login/")
    phone.click("a[href='/apply/']")
    accessible(phone)
    for code in ("341524000000", "341524105000", "341524105207"):
        phone.select_option("select#next-step", code)
        phone.click("form.pw-form button")
    accessible(phone)
    phone.fill("[name=name]", "漆大海")
    phone.fill("[name=phone]", "13955640001")
    phone.fill("[name=resident_id]", number_of(7)[:-1] + "0")
    phone.locator("[name=kind][value=illness]").check(force=True)
    phone.click("form.pw-form button")
    assert phone.locator("#id_resident_id_error, #id_consent_error").count() >= 1
    phone.fill("[name=resident_id]", number_of(7))
    phone.locator("[name=consent]").check(force=True)
    phone.click("form.pw-form button")
    phone.wait_for_url("**/apply/done/")
    accessible(phone)
    receipt = phone.inner_text(".ap-receipt")
    assert Application.objects.get().receipt == receipt.replace(" ", "")
    take_up_applications(at=timezone.now())

    village = login(new_page(viewport={"width": 360, "height": 740}), cast.village)
    village.goto("/clues/?channel=household")
    village.click("main a:has-text('漆大海')")
    village.click("main a[href$='/household/new/']")
    accessible(village)
    village.fill("[name=group_name]", "上湾组")
    village.click("main form button.btn-primary")
    village.wait_for_url(re.compile(r"/clues/\d+/$"))
    assert Household.objects.get().members.get().resident_id.open() == number_of(7)
    village.click("main a[href$='/check/']")
    village.locator("[name=finding][value=not_confirmed]").check(force=True)
    village.fill("[name=words]", "费用已由医保和救助解决。")
    village.click("main form button.btn-primary")
    village.wait_for_url(re.compile(r"/clues/\d+/$"))

    township = login(new_page(), cast.township)
    township.goto("/clues/?state=confirm")
    township.click("main td a")
    township.click("main a[href$='/confirm/']")
    township.click("main form button.btn-primary")
    township.wait_for_url(re.compile(r"/clues/\d+/$"))

    phone.goto("/apply/state/")
    phone.fill("[name=receipt]", receipt)
    phone.click("form.pw-form button")
    accessible(phone)
    assert "已答复" in phone.inner_text("[role=status]")
