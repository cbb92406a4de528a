"""A red household to its end: plan from the proposals, approval, a course for thirty people as one
act, a grant paid from the relief fund, the rule turns, and the closing guard sees all of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from assistance.models import AssistancePlan, Grant, GroupAction, Measure
from households.register import record_household
from monitoring.cases.casework import open_case
from monitoring.models import RedFlag
from monitoring.policy.parameters import set_parameter
from monitoring.review import review_month
from tests.assistance.money import fund_of
from tests.cast import NOW
from tests.monitoring.chains import visit

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
LAST = TODAY.replace(day=1) - timedelta(days=1)  # the end of last month
BEFORE = LAST.replace(day=1) - timedelta(days=1)


def reviewed(cast, month):
    given = {"by": cast.province, "at": timezone.now()}
    review_month(province=cast.province.division, month=month.replace(day=1), **given)


def graded(household, grade, on):
    said = {"on": on, "origin": "visit", "by": None, "at": NOW}
    record_household(household, house_grade=grade, **said)


@pytest.fixture
def red(cast):
    household = cast.family(
        in_charge=cast.assigned.officer, responsible_name="李传明", listed_on=BEFORE
    )
    set_parameter(
        name="line", territory=cast.province.division, since=BEFORE.replace(month=1, day=1),
        value=7000, because="省定标准", by=cast.province, at=timezone.now(),
    )  # fmt: skip
    graded(household, "D", BEFORE - timedelta(days=9))
    visit(cast, household, on=BEFORE - timedelta(days=9))
    reviewed(cast, BEFORE)
    assert RedFlag.objects.open().get().household == household
    return household


@pytest.fixture
def neighbours(cast):
    for n in range(30):
        home = cast.household(head_name=f"邻{n}", exited_class="supported")
        cast.member(home, name=f"邻{n}", labour="ordinary", relation="head")


def said(words):
    with override("zh-hans"):
        return gettext(words)


def test_from_red_to_the_closing_guard(new_page, phone, login, accessible, cast, red, neighbours):
    begins = LAST.replace(day=3)
    # The village draws up the plan on a phone: the answer to the red rule is ticked already.
    login(phone, cast.village)
    phone.goto(f"/households/{red.id}/plan/")
    accessible(phone)
    phone.locator(".page-actions .btn-primary, .pw-actions .btn-primary").first.click()
    accessible(phone)
    assert phone.locator("#id_line-0-use").is_checked()
    assert phone.input_value("#id_line-0-kind") == "house_repair"
    phone.fill("#id_line-0-words", "后墙加固，两间")
    phone.fill("#id_line-0-started_on", begins.isoformat())
    phone.fill("#id_work_team", "张队长")
    phone.fill("#id_cadres", "李书记")
    phone.fill("#id_valid_from", begins.isoformat())
    # The true wishes are missing: said first, and what was typed stays.
    phone.click("button[value=submit]")
    assert phone.locator(".pw-errors").is_visible()
    assert phone.input_value("#id_line-0-words") == "后墙加固，两间"
    phone.fill("#id_wishes", "想把后墙修好，安心过冬")
    phone.click("button[value=submit]")
    phone.wait_for_url(f"**/households/{red.id}/plan/")
    plan = AssistancePlan.objects.get()
    assert plan.state == "submitted"

    # The township finds it among its tasks and approves it.
    town = new_page()
    login(town, cast.township)
    town.goto(f"/plans/{plan.pk}/")
    accessible(town)
    town.click("aside .btn-primary")
    town.locator(".alert").first.wait_for()
    plan.refresh_from_db()
    assert plan.state == "approved"
    repair = Measure.objects.get()
    assert (repair.household, repair.words, repair.plan) == (red, "后墙加固，两间", plan)

    # A course for thirty people is one act.
    town.goto("/measures/for-many/new/")
    accessible(town)
    town.select_option("#id_kind", "training")
    town.fill("#id_title", "采茶培训班，五天")
    town.fill("#id_due_on", (TODAY + timedelta(days=5)).isoformat())
    town.click("form.pw-form .btn-primary")
    accessible(town)
    town.locator("label[for=all]").click()
    town.click(".pw-batch .btn-primary")
    accessible(town)
    assert not GroupAction.objects.get().measures.exists()
    town.locator(".page-actions .btn-primary, .pw-actions .btn-primary").first.click()
    town.locator(".alert").first.wait_for()
    assert GroupAction.objects.get().measures.count() == 30

    # A grant of the county's relief fund for the repair: asked for, signed twice, paid.
    fund_of(cast, cash=5000)
    person = new_page()
    login(person, cast.assigned)
    person.goto(f"/households/{red.id}/grants/new/")
    person.select_option("#id_need", "housing")
    person.fill("#id_words", "后墙加固自筹部分")
    person.fill("#id_amount", "800")
    person.click("form.pw-form .btn-primary")
    person.wait_for_url("**/grants/*/")
    grant = Grant.objects.get()
    login_and_do = ((phone, "sign"), (town, "sign"))
    for page, act in login_and_do:
        page.goto(f"/grants/{grant.pk}/{act}/")
        page.click("form.pw-form .btn-primary")
        page.wait_for_url(f"**/grants/{grant.pk}/")
    county = new_page()
    login(county, cast.county)
    county.goto(f"/grants/{grant.pk}/pay/")
    county.click("form.pw-form .btn-primary")
    county.wait_for_url(f"**/grants/{grant.pk}/")
    grant.refresh_from_db()
    assert grant.state == "paid"

    # The wall stands: the measure ends, the rule turns with the next review.
    phone.goto(f"/measures/{repair.pk}/end/")
    phone.locator("label:has(> input[value=done])").click()
    phone.click("form.pw-form .btn-primary")
    phone.wait_for_url(f"**/measures/{repair.pk}/")
    graded(red, "B", LAST - timedelta(days=3))
    visit(cast, red, on=LAST - timedelta(days=3))
    reviewed(cast, LAST)
    phone.goto(f"/households/{red.id}/plan/")
    assert said("turned") in phone.locator(".pw-effect").first.inner_text()

    # The closing guard sees measures and result.
    case = open_case(
        procedure="closing_exited", household=red, proposal={}, because="房屋已加固，风险消除",
        by=cast.village, at=timezone.now(),
    )  # fmt: skip
    county.goto(f"/cases/{case.pk}/")
    page = county.content()
    for words in (
        "The rules that called for the mark are no longer red.",
        "Every risk has a measure that answers it.",
        "Every measure has a result, or a reason why it is still open.",
        "Assurances and drinking water are secure.",
    ):
        assert said(words) in page, words

    # The household's own sheet holds plan, measure and money.
    county.goto(f"/households/{red.id}/handbook/")
    sheet = county.locator("main").inner_text()
    assert "后墙加固，两间" in sheet and "800.00" in sheet and "想把后墙修好" in sheet
