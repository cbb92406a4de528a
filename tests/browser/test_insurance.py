"""An insurance claim in a real browser: opened in the village on a phone, reviewed by township and
county, accepted and paid; every page accessible, on the phone and on the desk."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assistance.models import InsuranceClaim, InsurancePolicy, PremiumPayment
from tests.assistance.insured import policy_of
from tests.assistance.test_insurance_pages import photo

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def policy(cast):
    year = TODAY.year
    days = {"starts_on": TODAY.replace(month=1, day=1), "ends_on": TODAY.replace(month=12, day=31)}
    return policy_of(cast, year=year, **days, at=timezone.now())


@pytest.fixture
def bill(tmp_path):
    kept: SimpleUploadedFile = photo()
    path = tmp_path / "bill.jpg"
    path.write_bytes(kept.read())
    return path


def press(page):
    page.locator("form.pw-form .btn-primary").click()


def enter(page, login, post):
    page.context.clear_cookies()
    login(page, post)


def test_from_the_village_to_the_payout(phone, page, login, accessible, cast, policy, bill):
    home = cast.family(in_charge=cast.assigned.officer)
    login(phone, cast.village)
    phone.goto(f"/households/{home.id}/measures/")
    phone.locator(f"a[href='/households/{home.id}/claims/new/']").click()
    accessible(phone)
    phone.select_option("#id_peril", "accident")
    phone.fill("#id_happened_on", str(TODAY))
    phone.fill("#id_words", "从屋顶摔下，县医院手术")
    phone.fill("#id_loss", "0")
    press(phone)
    assert phone.locator(".pw-errors").is_visible()
    assert phone.input_value("#id_words") == "从屋顶摔下，县医院手术"
    phone.fill("#id_loss", "18600")
    phone.locator("form.pw-form .btn-primary").dblclick()
    phone.wait_for_url(lambda url: url.split("/")[-2].isdigit())
    claim = InsuranceClaim.objects.get()
    url = f"/claims/{claim.pk}/"
    accessible(phone)
    phone.locator(f"a[href='{url}papers/add/']").click()
    accessible(phone)
    phone.select_option("#id_kind", "bill")
    phone.set_input_files("#id_file", bill)
    press(phone)
    phone.wait_for_url(f"**{url}#papers")
    phone.locator(f"a[href='{url}check/']").click()
    accessible(phone)
    phone.fill("#id_words", "腿部骨折，情况属实")
    press(phone)
    phone.wait_for_url(f"**{url}")
    phone.locator(f"a[href='{url}submit/']").click()
    press(phone)
    phone.wait_for_url(f"**{url}")
    for post in (cast.township, cast.county):
        enter(page, login, post)
        page.goto("/claims/")
        accessible(page)
        page.locator(f"a[href='{url}']").click()
        accessible(page)
        page.locator(f"a[href='{url}pass-on/']").click()
        accessible(page)
        press(page)
        page.wait_for_url(f"**{url}")
    page.locator(f"a[href='{url}accept/']").click()
    accessible(page)
    page.fill("#id_amount", "99999")
    page.fill("#id_paper", "核赔1号")
    press(page)
    assert page.locator(".pw-errors").is_visible() and "18,600.00" in page.content()
    page.fill("#id_amount", "12000")
    press(page)
    page.wait_for_url(f"**{url}")
    page.locator(f"a[href='{url}pay/']").click()
    page.fill("#id_paper", "赔付1号")
    page.locator("form.pw-form .btn-primary").dblclick()
    page.wait_for_url(f"**{url}")
    claim.refresh_from_db()
    assert (claim.state, claim.amount) == ("paid", Decimal(12_000))
    accessible(page)
    for path in (
        "/insurance/", f"/insurance/{policy.pk}/", "/claims/?state=paid",
        "/ledgers/insurance-claims/",
        f"/households/{home.id}/measures/", f"{url}take-back/", "/funds/limits/",
    ):  # fmt: skip
        page.goto(path)
        accessible(page)
    page.goto(f"/households/{home.id}/handbook/")
    assert "12,000.00" in page.content()


def test_a_policy_and_its_premium_are_entered(page, phone, login, accessible, cast):
    login(page, cast.county)
    page.goto("/insurance/")
    page.locator("a[href='/insurance/new/']").click()
    accessible(page)
    for name, value in {
        "number": "防贫1号", "insurer": "人保财险", "farm_population": "500000",
        "persons": "50000", "premium_per_head": "20", "city_percent": "40", "cap": "20000",
    }.items():  # fmt: skip
        page.fill(f"#id_{name}", value)
    page.locator("form.pw-form .btn-primary").dblclick()
    page.wait_for_url(lambda url: url.split("/")[-2].isdigit())
    policy = InsurancePolicy.objects.get()
    assert policy.premium == 1_000_000
    accessible(page)
    enter(phone, login, cast.city)
    phone.goto(f"/insurance/{policy.pk}/")
    accessible(phone)
    phone.locator(f"a[href='/insurance/{policy.pk}/premium/']").click()
    accessible(phone)
    phone.fill("#id_amount", "400000")
    phone.fill("#id_paper", "财支1号")
    press(phone)
    phone.wait_for_url(f"**/insurance/{policy.pk}/")
    row = PremiumPayment.objects.get()
    assert (row.payer, row.amount) == ("city", 400_000)
    accessible(phone)
