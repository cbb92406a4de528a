"""The burden meter counts what is stored, tells whoever asks, and ranks nobody."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from duties.doing import open_task
from households.findings import Findings
from households.visiting import record_visit
from monitoring.burden.before import told_before, told_of
from monitoring.burden.counting import count_burden, figures_of, median_village, sums_of
from monitoring.campaigns.opening import open_campaign
from monitoring.models import Burden
from tests.cast import NOW, SHANGHAI, TODAY

pytestmark = pytest.mark.django_db
SIX = dict.fromkeys(("food", "clothing", "education", "medical", "housing", "water"), "secure")


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def visit(cast, home, on, by="village", **changes):
    at = datetime(on.year, on.month, on.day, 9, tzinfo=SHANGHAI)
    said = {"findings": Findings(assurances=dict(SIX)), "seconds_spent": 120, **changes}
    return record_visit(
        home, client_id=uuid4(), visited_on=on, made_at=at, method="in_person",
        by=getattr(cast, by), at=at, **said,
    )  # fmt: skip


def task(cast, home, key, at=NOW):
    return open_task(
        "request", key=key, household=home, at_division=home.village, words="x",
        by=cast.township, at=at,
    )  # fmt: skip


def counted(month=TODAY):
    count_burden(month)
    return sums_of(Burden.objects.filter(month=month.replace(day=1)))


def test_answers_given_again_are_those_of_filled_forms_that_repeat_the_last_visit(cast):
    home = cast.household()
    visit(cast, home, date(2020, 5, 10))
    visit(cast, home, date(2020, 6, 2), findings=Findings(assurances={**SIX, "water": "at_risk"}))
    visit(cast, home, date(2020, 6, 20), unchanged=True)
    sums = counted()
    assert (sums["visits"], sums["one_tap"], sums["answers"], sums["again"]) == (2, 1, 6, 5)
    assert round(figures_of(sums).again) == 83
    assert figures_of(sums).minutes == 2


def test_a_visit_that_meets_a_request_is_not_a_second_one(cast):
    once, twice, tasked = (cast.household() for _n in range(3))
    task(cast, once, "1")
    visit(cast, once, TODAY)
    visit(cast, twice, TODAY)
    visit(cast, twice, TODAY - timedelta(days=3))
    task(cast, tasked, "2")
    task(cast, tasked, "3")
    task(cast, cast.household(), "4", at=NOW - timedelta(days=40))
    sums = counted()
    assert (sums["asked"], sums["twice"], sums["requests"]) == (3, 2, 3)


def test_counted_again_it_is_counted_anew(cast):
    home = cast.household()
    visit(cast, home, TODAY)
    assert counted()["visits"] == 1
    visit(cast, home, TODAY)
    assert counted()["visits"] == 2
    assert Burden.objects.count() == 1
    assert counted(date(2020, 5, 1))["visits"] is None


def test_the_middle_village_is_the_middle_one(cast):
    for code, by, seconds in (
        ("341524105207", "village", 60), ("341524105201", "next_village", 240),
        ("341524106210", "next_township", 600),
    ):  # fmt: skip
        visit(cast, cast.household(code), TODAY, by=by, seconds_spent=seconds)
    count_burden(TODAY)
    middle = median_village(TODAY.replace(day=1), cast.county.division)
    assert (middle.minutes, middle.again, middle.twice) == (4, 0, 0)


def test_whoever_sends_a_request_is_told_before(cast, client):
    now = timezone.now()
    home = cast.household(status="edge")
    task(cast, home, "1", at=now)
    count_burden(timezone.localdate(now))
    words = "Open requests on the desks of these 2 villages: 1. 1 household was visited or asked"
    assert told_before(cast.township.division).startswith(words)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(cast.township.officer)
    assert words in client.get(reverse("task_ask")).content.decode()
    client.force_login(cast.county.officer)
    page = client.get(reverse("campaign_new", args=["edge"])).content.decode()
    assert "The list would have 1 household. 1 of them was visited or asked" in page
    page = client.get(reverse("finding_new"), {"division": cast.village.division.code})
    assert "Open requests on the desk of this village: 1." in page.content.decode()


def test_a_list_is_told_with_who_would_be_asked_a_second_time(cast):
    now = timezone.now()
    first, _second = (cast.household(status="edge") for _n in range(2))
    homes = type(first).objects.filter(status="edge")
    assert told_of(homes).endswith("0 of them were visited or asked this month and would be asked "
                                   "a second time.")  # fmt: skip
    open_campaign(kind="edge", since=TODAY, until=timezone.localdate() + timedelta(days=9),
                  by=cast.county, at=now)  # fmt: skip
    assert "2 of them were" in told_of(homes)


def test_the_page_shows_the_own_figures_and_no_other_village(cast, client):
    today = timezone.localdate()
    visit(cast, cast.household(), today)
    visit(cast, cast.household("341524105201"), today, by="next_village", seconds_spent=600)
    count_burden(today)
    client.force_login(cast.village.officer)
    page = client.get(reverse("burden"))
    assert (page.context["own"].minutes, page.context["middle"].minutes) == (2, 6)
    assert cast.next_village.division.name not in page.content.decode()
    client.force_login(cast.county.officer)
    page = client.get(reverse("burden"))
    assert page.context["own"].minutes == 6
    assert [sums["visits"] for _month, sums, _figures in page.context["trend"]] == [2]
