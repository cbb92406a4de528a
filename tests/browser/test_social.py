"""Social help and the charity shop in a real browser: a need is noted on the phone, published,
answered by a company without an account, checked, matched, delivered and thanked for."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assistance.models import (
    Measure,
    PointAccount,
    PointEntry,
    SocialMatch,
    SocialNeed,
    SocialOffer,
)
from assistance.points.booking import earn
from assistance.points.rules import add_good, set_rule

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = "两个孩子学习，缺两套书桌椅"


def press(page):
    page.locator("form.pw-form .btn-primary").click()


def enter(page, login, post):
    page.context.clear_cookies()
    login(page, post)


def test_from_the_need_to_the_thanks(phone, page, login, accessible, cast):
    home = cast.family(group_name="大湾组")
    login(phone, cast.village)
    phone.goto(f"/households/{home.id}/measures/")
    phone.locator(f"a[href='/households/{home.id}/needs/new/']").click()
    accessible(phone)
    phone.select_option("#id_kind", "goods")
    phone.fill("#id_amount", "2")
    phone.fill("#id_words", "孩子上网课没有桌椅")
    press(phone)
    assert phone.locator(".pw-errors").is_visible(), "without consent nothing is noted"
    phone.check("#id_agreed")
    press(phone)
    phone.wait_for_url(re.compile(r"/social/\d+/$"))
    accessible(phone)
    need = SocialNeed.objects.get()
    enter(page, login, cast.township)
    page.goto("/social/")
    accessible(page)
    page.locator(f"a[href='/social/{need.pk}/']").click()
    page.locator(f"a[href='/social/{need.pk}/publish/']").click()
    page.fill("#id_public_words", "大湾组汪大山家缺书桌椅")
    press(page)
    assert page.locator(".pw-errors").is_visible(), "names are not published"
    page.fill("#id_public_words", PUBLIC)
    press(page)
    page.wait_for_url(f"**/social/{need.pk}/")
    accessible(page)
    _offer(phone, accessible, need)
    given = SocialOffer.objects.get()
    page.goto("/social/offers/")
    accessible(page)
    page.locator(f"a[href='/social/offers/{given.pk}/']").click()
    accessible(page)
    page.locator(f"a[href='/social/offers/{given.pk}/accept/']").click()
    accessible(page)
    press(page)
    page.wait_for_url(f"**/social/offers/{given.pk}/")
    page.locator(f"a[href='/social/{need.pk}/match/{given.pk}/']").click()
    accessible(page)
    press(page)
    page.wait_for_url(f"**/social/{need.pk}/")
    accessible(page)
    found = SocialMatch.objects.get()
    enter(phone, login, cast.village)
    phone.goto(f"/social/{need.pk}/")
    phone.locator(f"a[href='/social/matches/{found.pk}/deliver/']").click()
    accessible(phone)
    press(phone)
    assert phone.locator(".pw-errors").is_visible(), "a delivery has a proof"
    phone.fill("#id_proof", "捐收字1号")
    press(phone)
    phone.wait_for_url(f"**/social/{need.pk}/")
    phone.locator(f"a[href='/social/matches/{found.pk}/answer/']").click()
    phone.fill("#id_result_words", "书桌已用上")
    phone.fill("#id_thanks", "谢谢，孩子有书桌了")
    press(phone)
    phone.wait_for_url(f"**/social/{need.pk}/")
    assert Measure.objects.get().result == "done"
    phone.context.clear_cookies()
    phone.goto("/give/state/")
    phone.fill("#id_receipt", given.receipt)
    press(phone)
    accessible(phone)
    assert "谢谢，孩子有书桌了" in phone.content() and "汪大山" not in phone.content()


def _offer(phone, accessible, need):
    """As anybody, without an account."""
    phone.context.clear_cookies()
    phone.goto("/give/")
    accessible(phone)
    assert PUBLIC in phone.content()
    for secret in ("汪大山", "豹迹岩", "大湾组", need.household.number):
        assert secret not in phone.content(), secret
    phone.locator(f"a[href='/give/{need.public_id}/']").click()
    accessible(phone)
    press(phone)
    assert phone.locator(".pw-errors").is_visible()
    accessible(phone)
    phone.check("input[name=giver][value=company]")
    phone.fill("#id_name", "恒兴家具")
    phone.fill("#id_phone", "13912345678")
    phone.fill("#id_amount", "2")
    phone.check("#id_consent")
    phone.locator("form.pw-form .btn-primary").dblclick()
    phone.wait_for_url("**/give/done/")
    accessible(phone)


def test_points_are_earned_spent_and_posted(phone, page, login, accessible, cast):
    home, now = cast.family(), timezone.now()
    today = timezone.localdate(now)
    said = {"division": cast.village.division, "points": 10, "by": cast.village, "at": now}
    rule = set_rule(words="庭院整洁", since=today - timedelta(days=60), **said)
    add_good(name="毛巾", stock=3, **said)
    last_month = today.replace(day=1) - timedelta(days=1)
    earn(home, rule=rule, on=last_month, by=cast.village, at=now)
    login(phone, cast.village)
    phone.goto(f"/households/{home.id}/measures/")
    phone.locator(f"a[href='/households/{home.id}/points/']").click()
    accessible(phone)
    phone.locator(f"a[href='/households/{home.id}/points/earn/']").click()
    accessible(phone)
    phone.locator("form.pw-form .btn-primary").dblclick()
    phone.wait_for_url(f"**/households/{home.id}/points/")
    assert PointEntry.objects.count() == 2
    phone.locator(f"a[href='/households/{home.id}/points/spend/']").click()
    phone.fill("#id_count", "3")
    press(phone)
    assert phone.locator(".pw-errors").is_visible(), "never below nothing"
    phone.fill("#id_count", "2")
    press(phone)
    phone.wait_for_url(f"**/households/{home.id}/points/")
    assert PointAccount.objects.get().balance == 0
    login(page, cast.village)
    for url in ("/points/", "/points/shop/", "/points/lists/", "/points/shop/rules/new/",
                "/points/shop/goods/new/"):  # fmt: skip
        page.goto(url)
        accessible(page)
    page.goto("/points/lists/new/")
    accessible(page)
    press(page)
    page.wait_for_url(re.compile(r"/points/lists/\d+/$"))
    accessible(page)
    assert "汪**" in page.content() and "汪大山" not in page.content()
