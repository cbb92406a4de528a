"""All measures of a post on one page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

LATE = timezone.localdate() - timedelta(days=3)


@pytest.fixture
def measures(cast):
    """Late without a reason, late with one, in time, ended; and a late one of another village."""
    here, there = cast.household(water_safe=False), cast.household("341524105201")
    soon = timezone.localdate() + timedelta(days=9)
    ended = {"ended_on": LATE, "result": "done"}
    return {
        "late": cast.measure(here, "water_supply", due_on=LATE, started_on=LATE),
        "explained": cast.measure(here, due_on=LATE, started_on=LATE, open_because="等材料"),
        "in time": cast.measure(here, due_on=soon),
        "ended": cast.measure(here, started_on=LATE, due_on=None, **ended),
        "next door": cast.measure(there, due_on=LATE, started_on=LATE, by=cast.next_village),
    }


def named(measures, rows):
    return {name for name, measure in measures.items() if measure in rows}


@pytest.mark.parametrize(
    ("role", "query", "shown"),
    [
        ("village", "", {"late", "explained", "in time"}),
        ("village", "which=unexplained", {"late"}),
        ("village", "which=ended", {"ended"}),
        ("village", "which=nonsense&kind=water_supply", {"late"}),
        ("township", "which=unexplained", {"late", "next door"}),
        ("township", "which=unexplained&division=341524105201", {"next door"}),
        ("village", "which=unexplained&division=341524105201", {"late"}),
        ("water", "", {"late"}),
        ("stranger", "", set()),
    ],
)
def test_each_list_holds_its_rows(cast, client, measures, role, query, shown):
    client.force_login(getattr(cast, role).officer)
    page = client.get(f"{reverse('measures')}?{query}")
    assert named(measures, page.context["page"].rows) == shown


def test_the_counts_are_those_of_the_lists(cast, client, measures):
    client.force_login(cast.township.officer)
    assert client.get(reverse("measures")).context["counts"] == [4, 2, 1]


def test_the_menu_counts_what_waits_for_those_who_carry_measures(cast, client, measures):
    waiting = {}
    for role in ("township", "water", "city"):
        client.force_login(getattr(cast, role).officer)
        menu = client.get(reverse("measures")).context["menu"]
        entries = [entry for group in menu for entry in group["entries"]]
        waiting[role] = next(e["count"] for e in entries if e["href"] == reverse("measures"))
    assert waiting == {"township": 2, "water": 1, "city": 0}


def test_queries_do_not_grow_with_the_rows(cast, client, measures, django_assert_max_num_queries):
    for _ in range(20):
        cast.measure(cast.household())
    client.force_login(cast.township.officer)
    client.get(reverse("measures"))
    with django_assert_max_num_queries(24):
        assert len(client.get(reverse("measures")).context["page"]) == 24
