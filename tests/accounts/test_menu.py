"""The menu follows the roles: every entry opens, and what may not be opened is not there."""

import pytest
from django.urls import reverse

from monitoring.models import RedFlag, Run
from povertywatch.menu import ENTRIES, GROUPS, TOP
from povertywatch.menu_making import _together
from tests.cast import NOW, Cast


@pytest.fixture
def enter(client):
    def enter(post):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def a_flag(cast):
    run = Run.objects.create(
        province=cast.divisions["340000000000"],
        month="2020-05-01",
        as_of="2020-05-31",
        asked_at=NOW,
    )
    facts = {"opened_by": run, "opened_on": "2020-05-31", "deadline_on": "2020-06-30", "rules": 1}
    RedFlag.objects.create(household=cast.family(), **facts)


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
    a_flag(cast)
    for role, count in (("county", 1), ("stranger", 0), ("province", 1), ("next_village", 0)):
        menu = enter(getattr(cast, role)).get(reverse("me")).context["menu"]
        rows = {entry["href"]: entry["count"] for group in menu for entry in group["entries"]}
        assert rows[reverse("flags")] == count, role


def groups(client, **cookies):
    client.cookies.load(cookies)
    return {group["code"]: group for group in client.get(reverse("me")).context["menu"]}


def test_every_entry_stands_in_one_of_the_groups_and_the_first_has_no_title():
    assert {entry.group for entry in ENTRIES} == set(GROUPS)
    assert list(GROUPS)[0] == TOP and not GROUPS[TOP]


def test_a_long_menu_opens_with_its_daily_work_and_a_short_one_as_a_whole(enter, cast):
    province = groups(enter(cast.province))
    assert {code for code, group in province.items() if group["open"]} == {"", "daily"}
    assert all(group["open"] for group in groups(enter(cast.administrator)).values())


def test_what_was_closed_and_opened_stays_so_and_the_group_of_the_page_is_open(enter, cast):
    client = enter(cast.province)
    found = groups(client, pw_menu="daily.0-watch.1-nonsense.1-help.7")
    assert (found["daily"]["open"], found["watch"]["open"]) == (False, True)
    assert not found["help"]["open"] and "nonsense" not in found
    menu = client.get(reverse("households")).context["menu"]
    assert next(group for group in menu if group["code"] == "daily")["open"]


def test_a_closed_group_still_tells_what_waits_in_it(enter, cast):
    a_flag(cast)
    client = enter(cast.province)
    found = groups(client, pw_menu="watch.0")
    assert not found["watch"]["open"] and found["watch"]["count"] == 1
    assert _together([{"count": "999+"}, {"count": 2}]) == "999+"
    assert _together([{"count": 600}, {"count": 600}]) == "999+"
    assert _together([{"count": ""}]) == 0


def opened(client):
    menu = client.get(reverse("me")).context["menu"]
    return {e["href"]: e["count"] for group in menu for e in group["entries"]}[reverse("flags")]


def test_counts_are_kept_for_a_while_and_made_anew_after_the_officers_own_act(
    enter, cast, settings
):
    settings.MENU_COUNTS_SECONDS = 60
    client = enter(cast.province)
    assert opened(client) == 0
    a_flag(cast)
    assert opened(client) == 0  # somebody else's doing, within the time
    client.post(reverse("large_print"), {"next": reverse("me")})
    assert opened(client) == 1


def test_what_was_counted_for_one_post_is_shown_to_no_other(enter, cast, settings):
    settings.MENU_COUNTS_SECONDS = 60
    a_flag(cast)
    assert opened(enter(cast.county)) == 1
    assert opened(enter(cast.stranger)) == 0


def test_without_a_cache_everything_is_counted(enter, cast, settings):
    settings.MENU_COUNTS_SECONDS = 60
    nobody = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": nobody}}
    client = enter(cast.province)
    assert opened(client) == 0
    a_flag(cast)
    assert opened(client) == 1
