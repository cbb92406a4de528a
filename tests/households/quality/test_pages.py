"""The pages of data quality and the waivers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import Refused
from households.models import Fault, QualityRun, Waiver
from households.quality import listing
from households.quality.check import Severity
from households.quality.checks import BY_CODE, CHECKS
from households.quality.mending import PLACES, mended_at
from households.quality.rolling import roll_up
from households.quality.waiving import LONGEST, waive
from povertywatch.menu import open_errors
from tests.cast import NOW, TODAY
from tests.households.quality.family import family

AT = NOW
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def told(cast):
    """An error and a hint in one village, an error next door and one with the stranger."""
    here, next_door = family(cast), family(cast, code="341524105201")
    strange = family(cast, code="341525100201")
    made = [(here, 101), (here, 113), (next_door, 101), (strange, 101)]
    rows = [Fault.objects.create(household=h, code=code, found_on=TODAY) for h, code in made]
    count(cast)
    return rows


def count(cast, today=None):
    """As the run does at its end."""
    for code in ("340000000000", "360000000000"):
        roll_up(cast.divisions[code], today=today or timezone.localdate())


def page(client, post, name="faults", args=(), **params):
    client.force_login(post.officer)
    return client.get(reverse(name, args=args), params)


def waived(fault, by, until=LATER, because="户口本如此，已核对"):
    return waive(fault, because=because, until=until, by=by, at=AT)


def test_every_check_is_mended_somewhere(cast):
    assert {check.mend for check in CHECKS} <= set(PLACES)
    home = family(cast)
    member = home.members.first()
    for check in CHECKS:
        fault = Fault(pk=1, household=home, member=member, code=check.code)
        for post in (cast.village, cast.township, cast.auditor):
            assert mended_at(fault, post)[0].startswith("/")


def test_one_sees_the_faults_of_ones_own_division(cast, told, client):
    for post, number in [(cast.village, 2), (cast.township, 3), (cast.stranger, 1)]:
        assert len(page(client, post).context["page"]) == number
    assert page(client, cast.village, "fault", [told[2].id]).status_code == 404


def test_filters_and_counts(cast, told, client):
    context = page(client, cast.county, severity="error").context
    assert {row.household_id for row in context["page"]} == {t.household_id for t in told[::2]}
    below = dict(page(client, cast.township).context["below"])
    assert {place.name: row["error"] for place, row in below.items()} == {
        "豹迹岩村委会": 1, "斗林村委会": 1,
    }  # fmt: skip
    assert len(page(client, cast.county, check="113").context["page"]) == 1
    assert len(page(client, cast.county, division="341524105201").context["page"]) == 1


def test_more_faults_cost_no_more_statements(cast, told, client):
    page(client, cast.county)
    with CaptureQueriesContext(connection) as before:
        page(client, cast.county)
    for code in (102, 103, 104, 105):
        Fault.objects.create(household=told[0].household, code=code, found_on=TODAY)
    count(cast)
    with CaptureQueriesContext(connection) as after:
        page(client, cast.county)
    assert len(after) == len(before)


def test_the_worst_first_from_page_to_page(cast, told, client):
    for code in range(114, 200):
        if code in BY_CODE:
            Fault.objects.create(household=told[0].household, code=code, found_on=TODAY)
    count(cast)
    first = page(client, cast.village).context["page"]
    second = page(client, cast.village, after=first.older).context["page"]
    order = list(Severity)
    ranks = [order.index(row.check_.severity) for row in [*first, *second]]
    assert ranks == sorted(ranks) and len(second) and len(ranks) == Fault.objects.filter(
        household=told[0].household).count()  # fmt: skip


def test_by_check_the_worst_first(cast, told, client):
    Fault.objects.filter(id=told[0].id).update(waived_until=timezone.localdate())
    count(cast)
    told = page(client, cast.county, "checks").context["told"]
    numbers = [(check.code, number, waived) for check, number, waived in told]
    assert numbers == [(101, 1, 1), (113, 1, 0)]


def test_trend_tells_what_stood_after_each_run(cast, told, client):
    for days in (0, 1):
        day = TODAY + timedelta(days=days)
        QualityRun.objects.create(
            province=cast.divisions["340000000000"], day=day, at=NOW + timedelta(days=days),
            standing=0, opened=0, fixed=0,
        )  # fmt: skip
        count(cast, day)
        Fault.objects.filter(id=told[0].id).update(fixed_on=day)
    trend = page(client, cast.township).context["trend"]["days"]
    assert trend == [(TODAY, 2, 0, 1), (day, 1, 0, 1)]


def test_a_waived_fault_is_not_open_until_then(cast, told):
    waived(told[0], cast.township)
    rows = Fault.objects.visible_to(cast.village)
    assert told[0] not in rows.open(LATER)
    assert told[0] in rows.waived(LATER)
    assert told[0] in rows.open(LATER + timedelta(days=1))
    waived(told[0], cast.county, LATER + timedelta(days=2), "再次核对")
    log = Waiver.objects.values_list("because", "by")
    assert set(log) == {("户口本如此，已核对", cast.township.id), ("再次核对", cast.county.id)}


def test_the_menu_counts_open_errors(cast, told):
    Fault.objects.filter(id=told[2].id).update(waived_until=timezone.localdate())
    assert set(open_errors(cast.township)) == {told[0]}


@pytest.mark.parametrize("until", [TODAY, TODAY + LONGEST + timedelta(days=1)])
def test_a_waiver_ends_and_not_yesterday(cast, told, until):
    with pytest.raises(Refused):
        waived(told[0], cast.township, until)
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("who", ["village", "assigned", "auditor", "stranger", "next_township"])
def test_nobody_waives_below_the_township_or_elsewhere(cast, told, who):
    with pytest.raises(Refused):
        waived(told[0], getattr(cast, who))
    assert not Waiver.objects.exists()


def test_what_is_fixed_is_not_waived(cast, told):
    Fault.objects.update(fixed_on=TODAY)
    with pytest.raises(Refused):
        waived(told[0], cast.township)


def test_waived_in_the_page(cast, told, client):
    client.force_login(cast.township.officer)
    until = timezone.localdate() + timedelta(days=10)
    address = reverse("waive_fault", args=[told[0].id])
    proposed = timezone.localdate() + timedelta(days=90)
    assert f'value="{proposed.isoformat()}"' in client.get(address).content.decode()
    refused = client.post(address, {"because": "已核对", "until": until})
    assert refused.status_code == 200 and not Waiver.objects.exists()
    client.post(address, {"because": "户口本如此，已核对", "until": until})
    assert (
        "户口本如此，已核对" in page(client, cast.village, "fault", [told[0].id]).content.decode()
    )


def test_every_page_forth_and_back_whatever_the_counts(cast, told, client, monkeypatch):
    """Pages of five through faults of many checks; one check is taken to be too many to fetch."""
    monkeypatch.setattr(listing, "FEW", 3)
    homes = [family(cast) for _n in range(6)]
    for code in (101, 113, 130, 409):
        for home in homes:
            Fault.objects.create(household=home, code=code, found_on=TODAY)
    Fault.objects.filter(household=homes[2]).update(waived_until=TODAY)
    count(cast)
    rows = Fault.objects.visible_to(cast.village).open(timezone.localdate())
    numbers = {code: (99, 0) for code in (101, 113, 130, 409, 404)}
    wanted = list(rows.with_rank().order_by("rank", "code", "id"))
    seen, params = [], {}
    while True:
        found = listing.page_of_faults(rows, numbers, params, size=5)
        seen.append(list(found))
        if not found.older:
            break
        params = {"after": str(found.older)}
    assert [row for part in seen for row in part] == wanted and len(seen) > 4
    back = listing.page_of_faults(rows, numbers, {"before": str(seen[2][0].pk)}, size=5)
    assert list(back) == seen[1] and back.older and back.newer
