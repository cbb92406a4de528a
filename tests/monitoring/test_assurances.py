"""Assurance and water problems: on the list while the facts say so, off it when they are mended."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from duties.models import Task
from households.findings import Findings
from households.visiting import record_visit
from monitoring.assurances.following import follow_assurances
from monitoring.review import review_month
from tests.cast import NOW, SHANGHAI

pytestmark = pytest.mark.django_db
MONTH_END = datetime(2020, 6, 30, 23, 30, tzinfo=SHANGHAI)
AFTER = datetime(2020, 7, 3, 10, 0, tzinfo=SHANGHAI)


def visit(cast, home, at, **assurances):
    return record_visit(
        home, client_id=uuid4(), visited_on=at.date(), made_at=at, method="in_person",
        findings=Findings(assurances=assurances), by=cast.village, at=at,
    )[0]  # fmt: skip


def review(cast, at=MONTH_END, month=date(2020, 6, 1)):
    return review_month(province=cast.province.division, month=month, by=None, at=at)


def open_problems():
    rows = Task.objects.open().filter(kind="assurance")
    return {(task.household_id, task.figures["problem"], task.role) for task in rows}


def test_what_the_review_finds_not_secure_is_listed_once(cast):
    home = cast.family(water_safe=False)
    cast.family()
    review(cast)
    assert follow_assurances(at=AFTER).opened == 1
    assert follow_assurances(at=AFTER).opened == 0
    assert open_problems() == {(home.id, "water", "township")}
    task = Task.objects.get(kind="assurance")
    assert (task.at, task.figures["found_on"]) == (home.township, "2020-06-30")


def test_what_a_visit_finds_insecure_is_listed_without_a_review(cast):
    home = cast.household(status="general")
    visit(cast, home, NOW, food="insecure", clothing="at_risk", water="secure")
    follow_assurances(at=NOW)
    assert open_problems() == {(home.id, "food", "village")}


def test_a_later_visit_mends_what_the_review_found(cast):
    home = cast.family(unsafe_house=True)
    review(cast)
    follow_assurances(at=AFTER)
    visit(cast, home, AFTER, food="secure", housing="")
    assert follow_assurances(at=AFTER).ended == 0
    visit(cast, home, AFTER + timedelta(days=1), housing="secure")
    assert follow_assurances(at=AFTER + timedelta(days=2)).ended == 1
    assert Task.objects.get(kind="assurance").outcome == "mended"


@pytest.mark.parametrize("clothing", ["secure", ""])  # without it the review cannot tell
def test_the_review_takes_over_what_a_visit_found(cast, clothing):
    home = cast.family()
    visit(cast, home, NOW, food="insecure", clothing=clothing)
    follow_assurances(at=NOW)
    review(cast)
    follow_assurances(at=MONTH_END)
    assert open_problems() == {(home.id, "food", "village")}
    visit(cast, home, AFTER, food="secure", clothing="insecure")
    follow_assurances(at=AFTER)
    assert open_problems() == {(home.id, "clothing", "village")}


def test_the_page_counts_what_its_rows_list(cast, client):
    now = timezone.now()
    for days in (2, 4, 9):
        home = cast.family()
        Task.objects.create(
            kind="assurance", key=f"{home.id}-water", household=home, at=home.township,
            role="township", figures={"problem": "water", "source": "visit", "found_on": "x"},
            opened_at=now - timedelta(days=days), due_on=now.date(),
        )  # fmt: skip
    mended = Task.objects.order_by("opened_at").first()
    Task.objects.filter(pk=mended.pk).update(ended_at=now, outcome="mended")
    client.force_login(cast.county.officer)
    page = client.get(reverse("assurances"))
    figures = page.context["figures"]
    assert [figures[name] for name in ("found", "mended", "open", "open_water")] == [3, 1, 2, 2]
    assert (round(page.context["median"]), round(figures["longest"])) == (3, 4)
    row = page.context["rows"][0]
    assert (row.division, row.figures["open"], round(row.median)) == (home.township, 2, 3)
    for state, number in (("open", 2), ("mended", 1), ("", 3)):
        rows = client.get(reverse("assurance_rows"), {"state": state})
        assert len(rows.context["page"]) == number
    assert not client.get(reverse("assurance_rows"), {"problem": "food"}).context["page"].rows
    client.force_login(cast.stranger.officer)
    assert client.get(reverse("assurances")).context["figures"]["found"] == 0


def test_a_village_sees_its_houses_and_water_though_the_township_mends_them(cast, client):
    home = cast.family(water_safe=False)
    review(cast)
    follow_assurances(at=AFTER)
    client.force_login(cast.village.officer)
    found = client.get(reverse("assurance_rows"), {"days": 365}).context["page"].rows
    assert [task.household for task in found] == [home]
