"""Every check finds its planted fault, and leaves alone what lies just beside it."""

import pytest
from django.db import transaction

from households.models import Fault
from households.quality.checks import BY_CODE, CHECKS
from households.quality.running import check_province
from tests.cast import NOW, TODAY, Cast
from tests.households.quality.family import family
from tests.households.quality.situations import PLACES, SITUATIONS


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    """All situations side by side, checked once: (code, 0 hit or 1 miss) -> codes found."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = Cast()
        homes = {
            (code, n): family(cast, changes).id
            for code, pair in SITUATIONS.items()
            for n, changes in enumerate(pair)
        }
        homes["clean"] = family(cast).id
        check_province(cast.divisions["340000000000"], at=NOW)
        codes = {}
        for household, code in Fault.objects.values_list("household_id", "code"):
            codes.setdefault(household, set()).add(code)
        yield {key: codes.get(home, set()) for key, home in homes.items()}
        transaction.set_rollback(True)


@pytest.mark.parametrize("code", SITUATIONS)
def test_found_where_it_is_and_not_beside_it(found, code):
    assert code in found[code, 0], BY_CODE[code].words
    assert code not in found[code, 1], BY_CODE[code].words


def test_a_family_without_a_fault_has_none(found):
    assert found["clean"] == set()


def test_each_check_has_its_situations_and_a_code_of_its_own():
    codes = [check.code for check in CHECKS]
    assert len(codes) == len(set(codes)) >= 100
    assert set(codes) == set(SITUATIONS) | PLACES


def test_a_code_given_up_and_a_wrong_line(cast):
    village = cast.divisions["341524105207"]
    home, fine = family(cast), family(cast, code="341524105201")
    village.valid_to = TODAY
    village.save()
    home.township = cast.divisions["341524106000"]
    home.save()
    check_province(cast.divisions["340000000000"], at=NOW)
    codes = Fault.objects.filter(household=home).values_list("code", flat=True)
    assert set(codes) == PLACES
    assert not Fault.objects.filter(household=fine).exists()
