"""The counts by division say what the rows say: after a run, a waiver, a household mended."""

from datetime import timedelta

import pytest
from django.db.models import Count, Q

from accounts.models.divisions import LEVEL_COLUMNS, Level
from households.models import Fault, FaultCount, FaultTrend, Household
from households.population.making import make_population
from households.quality import counting
from households.quality.running import check_province, look_again
from households.quality.waiving import waive
from tests.cast import NOW, TODAY
from tests.households.quality.family import family

LATER = NOW + timedelta(days=1)


def check(cast, at=NOW):
    return check_province(cast.divisions["340000000000"], at=at)


def counted():
    return {
        (row.division_id, row.code): (row.open, row.waived)
        for row in FaultCount.objects.all()
        if row.open or row.waived
    }


def of_rows(today=TODAY):
    """The same from the rows, level by level."""
    told = {}
    for level in Level:
        waived = Count("id", filter=Q(waived_until__gte=today))
        place = f"household__{LEVEL_COLUMNS[level]}"
        rows = Fault.objects.standing().values_list(place, "code")
        for division, code, number, some in rows.annotate(n=Count("id"), waived=waived):
            told[division, code] = number - some, some
    return told


@pytest.fixture
def province(cast):
    make_population(households=200, seed=9, until=TODAY.replace(day=1) - timedelta(days=1))
    family(cast, {"h": {"group_name": ""}, "child": {"nation": ""}, "spouse": {"nation": ""}})
    family(cast, {"h": {"group_name": ""}}, code="341525100201")
    check(cast)
    return cast


def test_counts_at_every_level_are_those_of_the_rows(province):
    assert counted() == of_rows() and len(counted()) > 30
    Household.objects.filter(tier="").update(tier="blue")
    Fault.objects.filter(code=113).update(waived_until=TODAY)
    check(province)
    assert counted() == of_rows()
    assert (0, 1) in counted().values()
    check(province, LATER)
    assert counted() == of_rows(LATER.date())


def test_a_waiver_counts_at_once(province):
    fault = Fault.objects.visible_to(province.township).get(code=113)
    until = TODAY + timedelta(days=9)
    waive(fault, because="自然村只有一组", until=until, by=province.township, at=NOW)
    assert counted() == of_rows()
    place = province.divisions["341524105000"]
    rows = Fault.objects.visible_to(province.township)
    assert counting.by_code(rows, province.township, place, TODAY)[113] == (0, 1)


def test_a_household_looked_at_again_counts_at_once(province):
    fault = Fault.objects.visible_to(province.township).get(code=113)
    Household.objects.filter(id=fault.household_id).update(group_name="东组", phone_masked="")
    assert look_again(fault.household, at=LATER) == (1, 1)
    fault.refresh_from_db()
    assert fault.fixed_on == LATER.date()
    assert counted() == of_rows()
    assert look_again(fault.household, at=LATER) == (0, 0)


def test_looking_again_leaves_what_is_compared_across_households(cast):
    one = family(cast, {"h": {"phone": "13712340005"}})
    family(cast, {"h": {"phone": "13712340005"}})
    check(cast)
    assert look_again(one, at=NOW) == (0, 0)
    assert Fault.objects.standing().filter(code=606).count() == 2


def test_who_sees_single_households_is_told_of_those(cast):
    home = family(cast, {"h": {"group_name": ""}})
    family(cast, {"h": {"group_name": "", "in_charge": None}})
    check(cast)
    rows = Fault.objects.visible_to(cast.assigned)
    told = counting.by_code(rows, cast.assigned, cast.assigned.division, TODAY)
    assert told == {113: (1, 0)} and list(rows.values_list("household", flat=True)) == [home.id]
    assert counting.trend(cast.assigned, cast.assigned.division) == {}


def test_of_long_past_months_the_last_day_stays(cast):
    family(cast, {"h": {"group_name": ""}})
    for back in (101, 100, 99, 2, 0):
        check(cast, NOW - timedelta(days=back))
    province = cast.divisions["340000000000"]
    kept = FaultTrend.objects.of(province).order_by("day").values_list("day", flat=True)
    # 16, 17 and 18 March, then June.
    assert list(kept) == [TODAY - timedelta(days=back) for back in (99, 2, 0)]


def test_open_serious_faults_by_household(cast):
    home = family(cast, {"h": {"status": ""}, "head": {"sex": ""}, "child": {"nation": ""}})
    waived = family(cast, {"h": {"status": ""}})
    family(cast, {"child": {"nation": ""}})
    check(cast)
    Fault.objects.filter(household=waived).update(waived_until=TODAY)
    rows = Fault.objects.open(TODAY).serious().by_household()
    assert list(rows) == [
        {"household": home.id, "village": home.village_id, "faults": 2, "since": TODAY}
    ]
