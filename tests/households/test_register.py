from datetime import date

import pytest

from households.models import HouseholdPast, MemberPast
from households.register import Outdated, RegisterRefusal, record_household, record_member
from tests.cast import NOW


def change(household, cast, on=date(2020, 6, 20), **changes):
    return record_household(
        household, on=on, origin="correction", by=cast.county.officer, at=NOW, **changes
    )


def test_the_old_version_is_kept_with_its_period(cast):
    household = cast.household(house_grade="B")
    assert change(household, cast, house_grade="D", because="inspected") == ["house_grade"]
    past = HouseholdPast.objects.get(household=household)
    assert (past.house_grade, past.since, past.until) == ("B", date(2020, 6, 1), date(2020, 6, 20))
    assert (household.house_grade, household.since) == ("D", date(2020, 6, 20))
    assert household.because == "inspected"


def test_what_does_not_change_makes_no_version(cast):
    household = cast.household(phone="13866496171")
    assert change(household, cast, phone="13866496171", house_grade="A") == []
    assert not household.past.exists()


def test_a_protected_value_is_kept_sealed_in_the_past(cast):
    household = cast.household(phone="13866496171")
    change(household, cast, phone="13900000000")
    past = household.past.get()
    assert past.phone.open() == "13866496171"
    assert past.phone_masked == "138****6171"
    assert household.phone_index != past.phone_index


def test_history_cannot_be_written_before_what_holds(cast):
    household = cast.household()
    with pytest.raises(RegisterRefusal):
        change(household, cast, on=date(2020, 5, 1), house_grade="D")
    assert not household.past.exists()


def test_of_two_who_looked_at_the_same_version_one_is_told(cast):
    household = cast.household()
    seen = household.version
    change(household, cast, house_grade="B", seen_version=seen)
    with pytest.raises(Outdated):
        change(household, cast, house_grade="C", seen_version=seen)
    household.refresh_from_db()
    assert household.house_grade == "B"


def test_a_household_that_is_no_longer_exited_has_no_class(cast):
    household = cast.household()
    change(household, cast, status="returned")
    assert household.exited_class == ""


def test_two_changes_of_one_day_are_both_kept(cast):
    household = cast.household()
    member = cast.member(household, labour="ordinary")
    for labour in ("weak", "lost"):
        record_member(
            member,
            on=date(2020, 6, 20),
            origin="visit",
            by=cast.village.officer,
            at=NOW,
            labour=labour,
        )
    kept = MemberPast.objects.filter(member=member).order_by("id").values_list("labour", flat=True)
    assert list(kept) == ["ordinary", "weak"]
