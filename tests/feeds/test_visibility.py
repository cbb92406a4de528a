"""Who sees which uploads and rows: a department its own, overseers their area, nobody else."""

import pytest

from feeds.kinds import KINDS, kinds_of
from feeds.models import FeedRow, FeedUpload
from tests.feeds.files import COUNTY, NEXT_COUNTY, feed, number_of, officer_of

CITY = "341500000000"
HEAD = "姓名 身份证号 月补助金额"
ROW = ["汪大山", number_of(1), "350"]


@pytest.fixture
def upload(cast, people):
    return feed("low_income", HEAD, [ROW], officer_of(cast, "low_income"))


SEES = {"county", "city", "province", "auditor"}


def test_overseers_of_the_area_see_it_and_villages_do_not(cast, upload):
    for role in cast.ROLES:
        seen = FeedUpload.objects.visible_to(getattr(cast, role))
        assert seen.exists() == (role in SEES), role
    assert not FeedUpload.objects.visible_to(None).exists()


def test_a_department_sees_its_own_alone(cast, upload):
    colleague = cast.post("department", COUNTY, department="civil_affairs")
    assert FeedUpload.objects.visible_to(colleague).get() == upload
    assert FeedRow.objects.visible_to(colleague).exists()
    for post in (
        cast.post("department", COUNTY, department="medical_insurance"),
        cast.post("department", NEXT_COUNTY, department="civil_affairs"),
        cast.post("department", CITY, department="civil_affairs"),
    ):
        assert not FeedUpload.objects.visible_to(post).exists(), str(post)
        assert not FeedRow.objects.visible_to(post).exists(), str(post)


def test_rows_are_seen_with_their_household(cast, upload):
    for role in cast.ROLES:
        seen = FeedRow.objects.visible_to(getattr(cast, role)).exists()
        assert seen == (role in SEES | {"village", "township"}), role


def test_a_department_uploads_only_what_it_is_in_charge_of(cast):
    assert {kind.code for kind in kinds_of(cast.water)} == {"water"}
    assert {kind.code for kind in kinds_of(officer_of(cast, "medical_payment"))} == {
        "medical_payment",
        "medical_insurance",
    }
    for role in ("village", "county", "province", "auditor", "administrator"):
        assert kinds_of(getattr(cast, role)) == []
    assert kinds_of(cast.post("department", COUNTY, department="insurance")) == []


def test_a_city_matches_the_people_of_all_its_counties(cast, people):
    next_door = cast.household("341525100201")
    cast.member(next_door, name="吴家旺", resident_id=number_of(7))
    office = cast.post("department", CITY, department="civil_affairs")
    rows = [ROW, ["吴家旺", number_of(7), "350"]]
    assert feed("low_income", HEAD, rows, office).counts["matched"] == 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_department_that_exists(cast, kind):
    assert KINDS[kind] in kinds_of(officer_of(cast, kind))
