"""A township asks its villages for something; a cadre answers it on the phone."""

import pytest
from django.utils import timezone

from accounts.workdays import add_workdays
from duties.models import Task

pytestmark = pytest.mark.django_db(transaction=True)
FIT = "document.documentElement.scrollWidth - window.innerWidth"


def test_a_request_on_its_way(cast, page, phone, login, accessible):
    due = add_workdays(timezone.localdate(), 3)
    login(page, cast.township)
    page.goto("/tasks/")
    page.get_by_role("link", name="向下级交办").click()
    accessible(page)
    page.get_by_label("各村").check()
    page.get_by_label("交办事项").fill("清点水井")
    page.get_by_label("期限").fill(f"{due}")
    page.get_by_role("button", name="交办任务").click()
    page.wait_for_url("**/tasks/?tab=all&kind=request")
    accessible(page)
    assert page.locator("tbody tr").count() == 2

    login(phone, cast.village)
    phone.goto("/")
    phone.get_by_text("清点水井").click()
    accessible(phone)
    assert phone.evaluate(FIT) <= 0
    phone.get_by_role("link", name="办结任务").click()
    phone.get_by_label("已完成").check()
    phone.get_by_label("办理结果").fill("七口，两口已干")
    phone.get_by_role("button", name="办结任务").click()
    phone.wait_for_url("**/tasks/*/")
    accessible(phone)
    task = Task.objects.get(at=cast.village.division)
    assert (task.outcome, task.result) == ("done", "七口，两口已干")

    page.goto(f"/tasks/{task.pk}/")
    assert "七口，两口已干" in page.locator("main").inner_text()
