"""A village answers a campaign by keyboard alone, and its page is readable by everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitoring.campaigns.opening import open_campaign
from monitoring.models import CampaignLine
from tests.monitoring.test_coverage import visited

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def campaign(cast):
    homes = [cast.household(status="edge", head_name=name) for name in ("段德云", "方志平")]
    for home in homes:
        visited(cast, home, "in_person")
    today = timezone.localdate()
    return open_campaign(
        kind="edge", since=today - timedelta(days=1), until=today + timedelta(days=9),
        by=cast.county, at=timezone.now(),
    )  # fmt: skip


def test_answers_by_keyboard(page, login, cast, campaign):
    login(page, cast.village)
    page.goto(f"/campaigns/{campaign.pk}/lines/")
    page.keyboard.press("1")  # begins at the first household
    page.keyboard.press("Enter")  # keeps the dashed answer, goes on
    page.keyboard.press("2")  # the risk is removed: asks why at once
    page.keyboard.type("两人稳定务工。")
    page.get_by_role("button", name="保存结果").click()
    page.get_by_text("已保存 2 户").wait_for()
    found = dict(CampaignLine.objects.values_list("household__head_name", "answer"))
    assert found == {"段德云": "stands", "方志平": "cleared"}
    assert CampaignLine.objects.get(answer="cleared").words == "两人稳定务工。"


@pytest.mark.parametrize("path", ["/campaigns/{}/", "/campaigns/{}/lines/", "/coverage/",
                                  "/burden/", "/assurances/", "/findings/"])  # fmt: skip
def test_the_pages_are_readable_by_everybody(page, phone, login, accessible, cast, campaign, path):
    for each in (page, phone):
        login(each, cast.village)
        each.goto(path.format(campaign.pk))
        accessible(each)
