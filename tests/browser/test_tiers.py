"""A village suggests the tiers of thirty households with the keyboard alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitoring.models import TierLine, TierRound
from monitoring.tiers.rounds import open_tier_rounds, round_month
from tests.monitoring.tiers import home

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timezone.localdate()


@pytest.fixture
def made(cast):
    for n in range(30):
        home(cast, visited=DAY - timedelta(days=2), head_name=f"汪{n:02d}")
    opened_on = {"month": round_month(DAY), "by": None, "at": timezone.now()}
    open_tier_rounds(division=cast.county.division, **opened_on)
    TierLine.objects.update(analysis="yellow")
    return TierRound.objects.get()


def test_thirty_households_by_keyboard(page, login, cast, made, accessible):
    login(page, cast.village)
    page.goto(f"/tiers/{made.pk}/")
    accessible(page)
    page.keyboard.press("Enter")  # begins at the first household
    page.keyboard.press("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")
    for _n in range(29):
        page.keyboard.press("Enter")
    assert page.locator("[data-chosen]").inner_text().endswith("30")
    page.keyboard.press("Enter")  # the focus has gone on to the button
    page.wait_for_selector(".alert-ok")
    tiers = list(made.lines.order_by("id").values_list("suggested", flat=True))
    assert sorted(tiers) == ["blue", "red"] + ["yellow"] * 28
    assert made.lines.filter(state="review").count() == 30
