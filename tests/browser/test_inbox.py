"""A county officer clears fifty prepared cases with the keyboard: choose, preview, approve."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitoring.models import Case, ParameterValue, What
from tests.cast import NOW
from tests.monitoring.desks import lying

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timezone.localdate()
FIT = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def line(cast):
    """The line of the year in which the test runs, so that a listing can be judged."""
    return ParameterValue.objects.create(
        name="line",
        territory=cast.province.division,
        since=DAY.replace(month=1, day=1),
        value=5000,
        set_by=cast.province,
        set_at=NOW,
    )


def prepared(cast, number, **facts):
    """A case of an edge household, under the line and with a risk, on the county's desk."""
    facts = {"head_name": f"汪{number:02d}", "hazard_spot": True} | facts
    case = lying(cast, "edge_listing", 4, due=DAY + timedelta(days=number % 9), **facts)
    cast.income(case.household, wage=3000, business=0, property=0, transfer=0, expenses=0)
    return case


def test_fifty_cases_by_keyboard(cast, line, page, login, accessible):
    cases = [prepared(cast, n) for n in range(50)]
    login(page, cast.county)
    page.goto("/cases/")
    accessible(page)
    page.keyboard.press("a")
    assert page.locator("[data-count]").inner_text().endswith("50")
    page.keyboard.press("b")
    page.wait_for_selector("#panel h2:focus")
    accessible(page)
    assert page.locator(".ib-ok").inner_text().startswith("50")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/cases/batch/done/", timeout=60_000)
    accessible(page)
    assert page.locator("tbody tr").count() == 50
    listed = Case.objects.filter(pk__in=[case.pk for case in cases], step=5, state="open")
    assert listed.count() == 50 == listed.filter(household__status="edge").count()
    reasons = {case.acts.get(what=What.PASSED, step=4).because for case in listed}
    assert len(reasons) == 1 and "" not in reasons
    page.goto("/cases/")
    assert page.locator("tbody tr").count() == 0


def test_rows_are_walked_chosen_and_left_by_keyboard(cast, line, page, login):
    for n in range(3):
        prepared(cast, n)
    prepared(cast, 3, hazard_spot=False)  # no risk: cannot be listed
    login(page, cast.county)
    page.goto("/cases/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("tr[aria-selected=true]").count() == 2
    page.keyboard.press("b")
    page.wait_for_selector("#panel h2:focus")
    assert page.locator(".ib-ok").inner_text().startswith("1")
    assert page.locator("#panel .ib-lines").count() == 2
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel", state="hidden")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "汪03"
    assert page.locator("tr[aria-selected=true]").count() == 2


def test_without_scripts_everything_is_a_form(cast, line, new_page, login):
    for n in range(2):
        prepared(cast, n)
    plain = new_page(java_script_enabled=False)
    login(plain, cast.county)
    plain.goto("/cases/")
    plain.click("[data-all]")
    plain.click("button[value=pass]")
    plain.fill("#because", "情况属实，同意")
    plain.click("form[data-once] button.btn-primary")
    assert plain.locator("tbody tr").count() == 2
    assert Case.objects.filter(step=5).count() == 2


def test_cases_of_two_steps_are_told_apart(cast, line, page, login):
    prepared(cast, 1)
    lying(cast, "tier", 2, head_name="备案户")
    login(page, cast.county)
    page.goto("/cases/")
    page.keyboard.press("a")
    page.keyboard.press("b")
    page.wait_for_selector("#panel .ib-groups")
    page.click("#panel .ib-groups li:first-child button")
    page.wait_for_selector("#panel form[data-once]")
    page.click("#panel form[data-once] button.btn-primary")
    page.wait_for_url("**/cases/batch/done/")
    assert page.locator("tbody tr").count() == 1


def test_on_a_phone_rows_are_cards_and_nothing_overflows(cast, line, phone, login, accessible):
    for n in range(3):
        prepared(cast, n)
    login(phone, cast.county)
    for address in ("/cases/", "/cases/?tab=all", "/cases/?tab=done", "/"):
        phone.goto(address)
        accessible(phone)
        assert phone.evaluate(FIT) <= 0, address
    phone.goto("/cases/")
    phone.check(".pick input >> nth=0")
    phone.click("button[value=pass]")
    phone.wait_for_url("**/cases/batch/?**")
    accessible(phone)
    assert phone.evaluate(FIT) <= 0


def test_a_department_answers(cast, line, page, login, accessible):
    case = prepared(cast, 1)
    asked = case.enquiries.create(
        department="education",
        asked_at_division=cast.county.division,
        question="有无失学儿童",
        asked_by=cast.county,
        asked_at=NOW,
        due_on=DAY,
    )
    login(page, cast.education)
    page.goto("/enquiries/")
    accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/enquiries/{asked.pk}/")
    accessible(page)
    page.click("label:has(input[value=no])")
    page.fill("#id_answer", "没有失学儿童")
    page.click("main form .btn-primary")
    page.wait_for_url("**/enquiries/")
    asked.refresh_from_db()
    assert asked.speaks_against is False
