import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Reveal
from accounts.refusals import Refused
from accounts.reveals import reveal
from tests.cast import NOW


@pytest.fixture
def household(cast):
    return cast.household(phone="13866496171")


def test_a_row_is_written_before_the_value_is_shown(cast, household):
    plain = reveal(household, "phone", because="call the family", by=cast.township, at=NOW)
    assert plain == "13866496171"
    row = Reveal.objects.get()
    assert (row.post, row.division, row.subject_id) == (
        cast.township,
        household.village,
        household.id,
    )
    assert (row.field, row.because, row.at) == ("phone", "call the family", NOW)


def test_a_member_is_logged_under_the_village_of_the_household(cast, household):
    member = cast.member(household, resident_id="342426196503122310")
    assert reveal(member, "resident_id", because="check the card", by=cast.county, at=NOW)
    assert Reveal.objects.get().division == household.village


@pytest.mark.parametrize("because", ["", "   ", "abc", " a b "])
def test_without_a_reason_nothing_is_shown(cast, household, because):
    with pytest.raises(Refused):
        reveal(household, "phone", because=because, by=cast.township, at=NOW)
    assert not Reveal.objects.exists()


@pytest.mark.parametrize("who", ["auditor", "education", "administrator", "assigned"])
def test_who_may_not_reveal_sees_nothing(cast, household, who):
    with pytest.raises(PermissionDenied):
        reveal(household, "phone", because="call the family", by=getattr(cast, who), at=NOW)


def test_a_contact_person_reveals_phones_of_the_own_households(cast, household):
    assigned = cast.assigned
    own = cast.household(phone="13912345678", bank_account="6217", in_charge=assigned.officer)
    assert reveal(own, "phone", because="call the family", by=assigned, at=NOW) == "13912345678"
    with pytest.raises(PermissionDenied):
        reveal(own, "bank_account", because="call the family", by=assigned, at=NOW)
    with pytest.raises(PermissionDenied):
        reveal(household, "phone", because="call the family", by=assigned, at=NOW)


@pytest.mark.parametrize("who", ["stranger", "next_village", "other_city", "other_province"])
def test_a_foreign_household_stays_closed(cast, household, who):
    with pytest.raises(PermissionDenied):
        reveal(household, "phone", because="call the family", by=getattr(cast, who), at=NOW)
    assert not Reveal.objects.exists()
