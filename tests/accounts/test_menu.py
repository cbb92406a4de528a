"""The menu follows the roles: every entry opens, and what may not be opened is not there."""

import pytest
from django.urls import reverse

from monitoring.models import RedFlag, Run
from tests.cast import NOW, Cast


@pytest.fixture
def enter(client):
    def enter(post):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def addresses(answer):
    groups = [entry["href"] for group in answer.context["menu"] for entry in group["entries"]]
    return groups + [tab["href"] for tab in answer.context["tabs"]]


@pytest.mark.parametrize("role", Cast.ROLES)
def test_every_entry_opens_for_the_role_that_sees_it(enter, cast, role):
    client = enter(getattr(cast, role))
    found = addresses(client.get(reverse("me")))
    assert reverse("me") in found
    for address in set(found):
        assert client.get(address).status_code == 200, address


def test_an_administrator_is_led_to_no_household(enter, cast):
    answer = enter(cast.administrator).get(reverse("officers"))
    assert reverse("households") not in addresses(answer)
    assert 'id="search"' not in answer.text


def test_a_phone_has_at_most_five_tabs_with_the_own_account_last(enter, cast):
    for role in ("village", "province", "administrator", "education"):
        tabs = enter(getattr(cast, role)).get(reverse("me")).context["tabs"]
        assert 3 <= len(tabs) <= 5
        assert tabs[-1]["href"] == reverse("me")
        assert [tab["current"] for tab in tabs].count(True) == 1


def test_flags_are_counted_for_the_own_division_only(enter, cast):
    run = Run.objects.create(
        province=cast.divisions["340000000000"],
        month="2020-05-01",
        as_of="2020-05-31",
        asked_at=NOW,
    )
    RedFlag.objects.create(
        household=cast.family(),
        opened_by=run,
        opened_on="2020-05-31",
        deadline_on="2020-06-30",
        rules=1,
    )
    for role, count in (("county", 1), ("stranger", 0), ("province", 1), ("next_village", 0)):
        menu = enter(getattr(cast, role)).get(reverse("me")).context["menu"]
        rows = {entry["href"]: entry["count"] for group in menu for entry in group["entries"]}
        assert rows[reverse("flags")] == count, role
