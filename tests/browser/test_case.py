"""A closing walked from the village to the province by five logins, and one that is returned."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitoring.models import Case, CaseAct, RedFlag, State, What
from monitoring.policy.rules import BY_CODE
from tests.monitoring.chains import opened, put_paper, refreshed, subject_of, visit, walked
from tests.monitoring.desks import lying
from tests.monitoring.test_today import flag

DAY = timezone.localdate()
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def household(cast):
    """Flagged for its house, which has been mended; visited since, with a measure that answers."""
    household = subject_of(cast, "closing_exited", head_name="余家旺")
    RedFlag.objects.filter(pk=flag(cast, household).pk).update(rules=BY_CODE["housing"].bit)
    visit(cast, household, on=DAY - timedelta(days=1))
    cast.measure(household, started_on=DAY - timedelta(days=20), due_on=DAY + timedelta(days=20))
    return household


def as_(page, login, post):
    page.context.clear_cookies()
    return login(page, post)


def passes(page):
    """The officer approves by keyboard: ``a`` and Enter."""
    page.locator("h1").click()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert-ok")


def test_a_closing_from_the_village_to_the_province(cast, page, login, accessible, household):
    login(page, cast.village)
    page.goto(f"/households/{household.pk}/cases/")
    accessible(page)
    page.click("a[href$='procedure=closing_exited']")
    accessible(page)
    page.click(".pw-form button")
    page.wait_for_url("**/cases/*/")
    case = Case.objects.get()
    accessible(page)
    passes(page)
    put_paper(refreshed(case), "form", cast.township)
    for post in (cast.township, cast.county, cast.city, cast.province):
        as_(page, login, post)
        page.goto("/cases/")
        page.goto(f"/cases/{case.pk}/")
        passes(page)
    case.refresh_from_db()
    assert case.state == State.DONE
    household.refresh_from_db()
    assert household.exited_class == "supported"
    assert not RedFlag.objects.open().filter(household=household).exists()
    page.goto(f"/cases/{case.pk}/")
    assert page.locator(".pw-steps .done").count() == 5
    accessible(page)


def test_a_closing_is_returned_and_the_next_case_opens(cast, page, login, household):
    now = timezone.now()
    case = walked(cast, opened(cast, "closing_exited", household=household), to=2, at=now)
    other = walked(cast, opened(cast, "closing_exited"), to=2)
    household.measures.update(due_on=DAY - timedelta(days=2))
    login(page, cast.county)
    page.goto(f"/cases/{case.pk}/")
    button = page.locator("form[data-act=return] button")
    assert cast.township.division.name in button.text_content()
    page.check("form[data-act=return] input[value=start]", force=True)
    assert cast.village.division.name in button.text_content()
    assert page.locator("[aria-disabled=true]").count() == 1
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert page.input_value("form[data-act=return] textarea")
    page.keyboard.type("请补录验收结果。")
    button.click()
    page.wait_for_url(f"**/cases/{other.pk}/")
    case = refreshed(case)
    assert case.step == 0 and "请补录验收结果。" in case.acts.last().because


def test_j_and_k_go_through_the_inbox(cast, page, login):
    first, second = (walked(cast, opened(cast, "class_change"), to=1) for _ in range(2))
    login(page, cast.township)
    page.goto(f"/cases/{first.pk}/?tab=todo")
    page.keyboard.press("j")
    page.wait_for_url(f"**/cases/{second.pk}/?tab=todo")
    page.keyboard.press("k")
    page.wait_for_url(f"**/cases/{first.pk}/?tab=todo")


def test_a_phone_reaches_the_decision_without_script(cast, new_page, login, household):
    case = opened(cast, "closing_exited", household=household, by=cast.village)
    phone = new_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    login(phone, cast.village)
    phone.goto(f"/cases/{case.pk}/")
    phone.click("a[href='#decide']")
    phone.fill("form[action$='/pass/'] textarea", "房屋已修好")
    phone.click("form[action$='/pass/'] button")
    phone.wait_for_selector(".alert-ok")
    assert refreshed(case).step == 1


def test_a_double_click_is_one_act(cast, page, login):
    """The button is pressed twice at once, and once more while the answer is on its way."""
    case = lying(cast, "class_change", 1)
    login(page, cast.post("township", "341524105000"))
    page.goto(f"/cases/{case.pk}/")
    page.route(
        f"**/cases/{case.pk}/pass/", lambda route: (page.wait_for_timeout(400), route.continue_())
    )
    page.locator("form[action$='/pass/'] button").dblclick(no_wait_after=True)
    page.wait_for_selector(".alert-ok")
    assert not page.locator(".alert-refused").count()
    acts = CaseAct.objects.filter(case=case, what=What.PASSED, step=1)
    assert acts.count() == 1 and refreshed(case).step == 2


def test_two_windows_with_the_same_page_do_it_once(cast, new_page, login):
    """Without the script's help: the second is told what happened, and loses nothing typed."""
    case = lying(cast, "class_change", 1)
    officer = cast.post("township", "341524105000")
    windows = [new_page(), new_page()]
    for window in windows:
        login(window, officer)
        window.goto(f"/cases/{case.pk}/")
        window.fill("form[action$='/pass/'] textarea", "情况属实")
    windows[0].click("form[action$='/pass/'] button")
    windows[0].wait_for_selector(".alert-ok")
    windows[1].click("form[action$='/pass/'] button")
    windows[1].wait_for_selector(".alert-refused")
    assert "你已经" in windows[1].locator(".alert-refused").inner_text()
    assert CaseAct.objects.filter(case=case, what=What.PASSED, step=1).count() == 1
