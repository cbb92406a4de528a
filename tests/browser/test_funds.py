"""A grant in a real browser: applied for, signed twice, paid from the county's fund, filed relief;
every page accessible, on the phone and on the desk."""

from decimal import Decimal

import pytest
from django.utils import timezone

from assistance.funds.booking import deposit, open_fund
from assistance.models import Entry, Grant, GrantState

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


@pytest.fixture
def fund(cast):
    said = {"on": TODAY, "by": cast.county, "at": timezone.now()}
    fund = open_fund(division=cast.county.division, name="金寨县救助基金", **said)
    given = {"source": "social", "donor": "茶叶协会", "paper": "收1", "amount": Decimal(5000)}
    deposit(fund, **given, **said)
    return fund


def press(page):
    page.locator("form.pw-form .btn-primary").click()


def sign(page, login, accessible, post, grant):
    page.context.clear_cookies()
    login(page, post)
    page.goto("/grants/?state=mine")
    accessible(page)
    page.locator(f"a[href='/grants/{grant.pk}/']").click()
    accessible(page)
    page.locator(f"a[href='/grants/{grant.pk}/sign/']").click()
    accessible(page)
    press(page)
    page.wait_for_url(f"**/grants/{grant.pk}/")


def test_from_the_household_to_the_books(phone, page, login, accessible, cast, fund):
    home = cast.family(in_charge=cast.assigned.officer, bank_account="6217794971895478440")
    login(phone, cast.assigned)
    phone.goto(f"/households/{home.id}/measures/")
    phone.locator(f"a[href='/households/{home.id}/grants/new/']").click()
    accessible(phone)
    phone.fill("#id_words", "手术自付 8,600 元")
    phone.fill("#id_amount", "0")
    press(phone)
    assert phone.locator(".pw-errors").is_visible()
    assert phone.input_value("#id_words") == "手术自付 8,600 元"
    phone.fill("#id_amount", "1200")
    phone.locator("form.pw-form .btn-primary").dblclick()
    phone.wait_for_url(lambda url: url.split("/")[-3] == "grants" and url.split("/")[-2].isdigit())
    grant = Grant.objects.get()
    sign(phone, login, accessible, cast.village, grant)
    sign(page, login, accessible, cast.township, grant)
    page.context.clear_cookies()
    login(page, cast.county)
    page.goto(f"/grants/{grant.pk}/pay/")
    accessible(page)
    press(page)
    page.wait_for_url(f"**/grants/{grant.pk}/")
    grant.refresh_from_db()
    assert (grant.state, fund.cash) == (GrantState.PAID, 3800)
    for url in (
        "/funds/", f"/funds/{fund.pk}/", f"/funds/{fund.pk}/pay/", f"/funds/{fund.pk}/public/",
        f"/funds/{fund.pk}/deposit/", "/funds/budgets/", "/funds/limits/", "/funds/new/",
        "/grants/?state=paid", f"/grants/{grant.pk}/account/", f"/households/{home.id}/measures/",
    ):  # fmt: skip
        page.goto(url)
        accessible(page)
    page.goto(f"/households/{home.id}/history/")
    assert "1,200.00" in page.content()


def test_relief_at_once_and_its_filing(phone, login, accessible, cast, fund):
    home = cast.family(status="edge")
    login(phone, cast.county)
    phone.goto(f"/households/{home.id}/grants/urgent/")
    accessible(phone)
    phone.fill("#id_words", "摔伤送医")
    phone.fill("#id_amount", "900")
    press(phone)
    phone.wait_for_url(lambda url: url.split("/")[-3] == "grants" and url.split("/")[-2].isdigit())
    accessible(phone)
    phone.locator(".btn-primary").first.click()
    accessible(phone)
    phone.fill("#id_paper", "金救备1号")
    press(phone)
    phone.wait_for_url(lambda url: url.split("/")[-3] == "grants" and url.split("/")[-2].isdigit())
    assert Grant.objects.get().filing_paper == "金救备1号" and Entry.objects.count() == 2
    accessible(phone)
