"""What departments know stands beside cases and households; the register is kept once."""

import pytest
from django.urls import reverse

from households.models import Household
from monitoring.cases.casework import open_case
from monitoring.comparison.running import compare
from monitoring.models import Difference
from tests.cast import NOW
from tests.monitoring.comparison.test_rules import plant

pytestmark = pytest.mark.django_db


def enter(client, post):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_evidence_against_listing_stands_beside_the_case_and_the_household(client, cast):
    home, _member = plant(cast, "vehicles")
    compare(cast.county.division, at=NOW)
    case = open_case(
        procedure="tier", household=home, proposal={"tier": "yellow"}, because="收入减少",
        by=cast.village, at=NOW,
    )  # fmt: skip
    enter(client, cast.village)
    for address in (reverse("household", args=[home.pk]), reverse("case", args=[case.pk])):
        assert "大众朗逸" in client.get(address).content.decode()
    Household.objects.filter(pk=home.pk).update(water_safe=False)  # the water department's line
    enter(client, cast.water)
    page = client.get(reverse("household", args=[home.pk]))
    assert page.status_code == 200 and "大众朗逸" not in page.content.decode()


def test_a_village_keeps_the_register_on_the_page_of_the_difference(client, cast):
    home, _member = plant(cast, "death")
    compare(cast.county.division, at=NOW)
    found = Difference.objects.get(rule="death")
    enter(client, cast.village)
    page = client.get(reverse("difference", args=[found.pk])).content.decode()
    assert "汪大山" in page
    address = reverse("difference_keep", args=[found.pk])
    assert client.post(address, {"mark": found.mark, "because": ""}).status_code == 422
    client.post(address, {"mark": found.mark, "because": "同名，已到派出所核对。"})
    found.refresh_from_db()
    assert (found.state, found.by) == ("kept", cast.village)
    assert client.get(address).status_code == 403
    beside = client.get(reverse("household", args=[home.pk])).content.decode()
    assert "同名，已到派出所核对。" in beside


def test_the_rules_are_listed_with_what_they_found(client, cast):
    plant(cast, "death")
    compare(cast.county.division, at=NOW)
    enter(client, cast.county)
    table = client.get(reverse("comparison")).context["table"]
    assert {line["row"].code: line["open"] for line in table if line["open"]} == {"death": 1}
    enter(client, cast.stranger)
    table = client.get(reverse("comparison")).context["table"]
    assert not any(line["open"] for line in table)
