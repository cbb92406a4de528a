"""Coverage of visits: counted by division and person, and every figure lists its households."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from households.models import Household
from households.visiting import record_visit
from monitoring.coverage import KINDS

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.localdate() - timedelta(days=200)


def visited(cast, home, method):
    now = timezone.now()
    record_visit(
        home, client_id=uuid4(), visited_on=timezone.localdate(now), made_at=now, method=method,
        by=cast.village, at=now,
    )  # fmt: skip


@pytest.fixture
def homes(cast):
    """Seen, called, late, and one of the next village that nobody is in charge of."""
    mine = {"in_charge": cast.assigned.officer, "last_visited_on": LONG_AGO}
    made = [cast.household(**mine) for _n in range(3)]
    visited(cast, made[0], "in_person")
    visited(cast, made[1], "phone")
    made.append(cast.household("341524105201", last_visited_on=LONG_AGO))
    cast.household("341525100201", last_visited_on=LONG_AGO)
    cast.household(status="general")  # nobody has to visit
    return made


def figures(page):
    return {name: page.context["figures"][name] for name in KINDS}


def test_figures_of_the_township(cast, client, homes):
    client.force_login(cast.township.officer)
    page = client.get(reverse("coverage"))
    assert figures(page) == {
        "wanted": 4, "visited": 2, "in_person": 1, "otherwise": 1, "due": 0, "overdue": 2
    }  # fmt: skip
    assert [(row["division"].name[:2], row["overdue"]) for row in page.context["rows"]] == [
        ("斗林", 1), ("豹迹", 1),
    ]  # fmt: skip
    people = [(row["officer"], row["wanted"]) for row in page.context["people"]]
    assert people == [(cast.assigned.officer, 3), (None, 1)]


def test_each_figure_lists_its_households(cast, client, homes):
    client.force_login(cast.county.officer)
    whole = figures(client.get(reverse("coverage")))
    for kind, number in whole.items():
        page = client.get(reverse("coverage_rows", args=[kind]))
        assert len(page.context["page"]) == number, kind
    by_phone = client.get(reverse("coverage_rows", args=["otherwise"])).context["page"]
    assert by_phone.rows == [homes[1]]
    for person, found in ((cast.assigned.officer.pk, {homes[2]}), ("nobody", {homes[3]})):
        page = client.get(reverse("coverage_rows", args=["overdue"]), {"person": person})
        assert set(page.context["page"]) == found


def test_a_persons_own_page(cast, client, homes):
    client.force_login(cast.assigned.officer)
    page = client.get(reverse("coverage_person", args=[cast.assigned.officer.pk]))
    assert {home.pk for home in page.context["page"]} == {home.pk for home in homes[:3]}
    for other in (cast.stranger, cast.next_township):
        client.force_login(other.officer)
        page = client.get(reverse("coverage_person", args=[cast.assigned.officer.pk]))
        assert page.status_code == 404
    client.force_login(cast.next_village.officer)
    assert client.get(reverse("coverage_rows", args=["due"]), {"person": "x"}).status_code == 404


def test_a_household_that_moved_counts_where_it_lives(cast, client, homes):
    there = cast.next_township.division
    Household.objects.filter(pk=homes[2].pk).update(township=there)
    client.force_login(cast.next_township.officer)
    assert figures(client.get(reverse("coverage")))["overdue"] == 1
