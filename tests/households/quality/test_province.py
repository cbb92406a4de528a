"""A generated province: clean it has no fault, and each check finds what was planted in it."""

from datetime import date, datetime

import pytest

from households.models import Fault, Household
from households.population.making import make_population
from households.population.troubles import FAULTS, SHARES
from households.quality.checks import CHECKS
from households.quality.running import check_province
from tests.cast import NOW, SHANGHAI
from tests.households.quality.family import family
from tests.households.quality.situations import PLACES, SITUATIONS

UNTIL = date(2020, 5, 31)


def check(cast, at=NOW):
    return check_province(cast.divisions["340000000000"], at=at)


def told():
    """Household -> codes of what was found there."""
    codes = {}
    for household, code in Fault.objects.values_list("household_id", "code"):
        codes.setdefault(household, set()).add(code)
    return codes


@pytest.mark.parametrize("until", [UNTIL, date(2021, 8, 31), date(2026, 10, 31)])
def test_a_clean_province_has_no_fault(cast, until):
    make_population(households=300, seed=4, until=until, months=3, clean=True)
    check(cast, datetime(until.year, until.month, until.day, 23, tzinfo=SHANGHAI))
    assert told() == {}


def test_each_check_finds_what_was_planted_in_a_clean_province(cast):
    make_population(households=300, seed=4, until=UNTIL, clean=True)
    made = list(Household.objects.order_by("id"))
    planted = {code: family(cast, pair[0]).id for code, pair in SITUATIONS.items()}
    given_up = made[0]
    crooked = next(home for home in made if home.village_id != given_up.village_id)
    crooked.township = cast.divisions["341525100000"]
    crooked.save()
    lost = given_up.village
    lost.valid_to = UNTIL
    lost.save()
    check(cast)
    codes = told()
    assert {code for code, home in planted.items() if code not in codes.get(home, ())} == set()
    assert set(planted) | PLACES == {check.code for check in CHECKS}
    assert 114 in codes.pop(given_up.id) and codes.pop(crooked.id) == {115}
    there = {home.id for home in made if home.village_id != lost.id}
    assert there & set(codes) == set()


def test_what_an_unclean_one_lacks_is_found(cast):
    assert set(SHARES) >= FAULTS
    make_population(households=600, seed=4, until=UNTIL, months=3)
    check(cast, datetime(2020, 5, 31, 23, tzinfo=SHANGHAI))
    assert set(Fault.objects.values_list("code", flat=True)) >= {116, 132, 170, 478, 490}
