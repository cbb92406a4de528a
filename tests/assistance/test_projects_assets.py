"""Assets from the register to their write-off, and their leases."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from assistance.funds.refusals import Late
from assistance.models import Asset, AssetAct, Collective, Rent
from assistance.projects.assets import (
    ask_write_off,
    change_asset,
    decide_write_off,
    transfer_asset,
)
from assistance.projects.collective import book_back, earn, sum_of
from assistance.projects.leases import end_lease, follow_rents
from assistance.projects.refusals import ProjectRefusal
from assistance.projects.upkeep import ask_repair, inspect, note_upkeep, repaired
from duties.models import Task
from tests.assistance.project_things import PLACE, asset_of, income, leased
from tests.cast import NOW, SHANGHAI, TODAY

pytestmark = pytest.mark.django_db


def test_three_levels_see_the_same_row_and_nobody_else(cast):
    asset = asset_of(cast)
    assert (asset.number, asset.value) == ("A-341524105207-2019-0001", 320000)
    for name in ("village", "township", "county", "city", "province", "auditor"):
        assert list(Asset.objects.visible_to(getattr(cast, name))) == [asset], name
    others = "next_village next_township stranger other_city other_province assigned education"
    for name in others.split():
        assert not Asset.objects.visible_to(getattr(cast, name)).exists(), name


def test_the_village_keeps_and_does_not_register(cast):
    with pytest.raises(ProjectRefusal):
        asset_of(cast, by=cast.village)
    with pytest.raises(ProjectRefusal):
        asset_of(cast, by=cast.next_township)
    asset = asset_of(cast)
    changed = change_asset(asset, use="idle", because="停产", by=cast.village, at=NOW)
    assert changed.use == "idle"
    assert AssetAct.objects.get(what="changed").changes == {"use": ["in_use", "idle"]}
    for stranger in (cast.next_village, cast.stranger, cast.education):
        with pytest.raises(ProjectRefusal):
            change_asset(asset, use="in_use", because="改", by=stranger, at=NOW)


def test_who_saw_an_older_row_is_told(cast):
    asset = asset_of(cast)
    change_asset(asset, use="idle", because="停产", seen_version=1, by=cast.village, at=NOW)
    with pytest.raises(Late):
        change_asset(asset, use="broken", because="坏", seen_version=1, by=cast.township, at=NOW)


def test_upkeep_money_has_a_source_and_value_is_the_sum(cast):
    with pytest.raises(ProjectRefusal):
        asset_of(cast, upkeep=Decimal(500))
    with pytest.raises(ProjectRefusal):
        asset_of(cast, money={"relief": Decimal(5)})
    asset = asset_of(cast, upkeep=Decimal(500), upkeep_source="collective")
    assert asset.value == sum(row.amount for row in asset.money.all())


def test_a_repair_has_a_deadline_and_ends_with_the_repair(cast):
    asset = asset_of(cast)
    with pytest.raises(ProjectRefusal):
        ask_repair(asset, words="屋顶漏水", days=5, by=cast.township, at=NOW)
    ask_repair(asset, words="屋顶漏水", days=5, by=cast.county, at=NOW)
    task = Task.objects.get(kind="asset_repair")
    assert (task.at_id, task.role) == (cast.village.division_id, "village")
    assert task.due_on == date(2020, 7, 2)  # 26 and 27 June are holidays, the 28th is worked
    with pytest.raises(ProjectRefusal):
        ask_repair(asset, words="再次", days=5, by=cast.county, at=NOW)
    income(cast, 1000)
    said = {"on": TODAY, "words": "换瓦", "amount": Decimal(400), "source": "collective"}
    repaired(asset, **said, by=cast.village, at=NOW)
    task.refresh_from_db()
    asset.refresh_from_db()
    assert (task.outcome, asset.use) == ("repaired", "in_use")
    assert Collective.objects.get().balance == 600


def test_upkeep_beyond_the_collectives_money_is_refused_whole(cast):
    asset = asset_of(cast)
    said = {"on": TODAY, "words": "维护", "amount": Decimal(10), "source": "collective"}
    with pytest.raises(ProjectRefusal, match="0.00"):
        note_upkeep(asset, **said, by=cast.village, at=NOW)
    assert not AssetAct.objects.filter(what="upkeep").exists()
    note_upkeep(asset, **(said | {"source": "fiscal"}), by=cast.village, at=NOW)
    assert AssetAct.objects.filter(what="upkeep").count() == 1


def test_an_older_inspection_changes_no_state(cast):
    asset = asset_of(cast)
    inspect(asset, on=TODAY, words="在用", found="idle", by=cast.county, at=NOW)
    past = TODAY - timedelta(days=9)
    inspect(asset, on=past, words="补记", found="broken", by=cast.township, at=NOW)
    asset.refresh_from_db()
    assert (asset.use, asset.inspected_on) == ("idle", TODAY)


def test_written_off_by_another_of_the_county_and_never_deleted(cast):
    asset = asset_of(cast)
    ask_write_off(asset, because="塌了", by=cast.village, at=NOW)
    assert Task.objects.get(kind="asset_write_off").at == cast.county.division
    for nobody in (cast.village, cast.township, cast.stranger):
        with pytest.raises(ProjectRefusal):
            decide_write_off(asset, approve=True, because="同意", by=nobody, at=NOW)
    decide_write_off(asset, approve=False, because="再修", by=cast.county, at=NOW)
    asset.refresh_from_db()
    assert asset.state == "kept"
    ask_write_off(asset, because="修不好", by=cast.county, at=NOW)
    with pytest.raises(ProjectRefusal):
        decide_write_off(asset, approve=True, because="同意", by=cast.county, at=NOW)
    second = cast.post("county", "341524000000")
    decide_write_off(asset, approve=True, because="同意", by=second, at=NOW)
    asset.refresh_from_db()
    assert asset.state == "written_off" and not Task.objects.open().exists()
    with pytest.raises(ProjectRefusal):
        inspect(asset, on=TODAY, words="看", found="idle", by=cast.village, at=NOW)


def test_a_transfer_stays_in_the_county_and_says_its_paper(cast):
    asset = asset_of(cast)
    said = {
        "owner": "collective", "keeper": "cooperative", "keeper_name": "茶叶合作社",
        "supervisor": "镇扶贫办", "on": TODAY, "because": "移交合作社",
    }  # fmt: skip
    with pytest.raises(ProjectRefusal):
        transfer_asset(asset, **said, paper="", by=cast.township, at=NOW)
    with pytest.raises(ProjectRefusal):
        transfer_asset(asset, **said, paper="移1", by=cast.village, at=NOW)
    far = cast.divisions["341525100201"]
    with pytest.raises(ProjectRefusal):
        transfer_asset(asset, **said, paper="移1", at_division=far, by=cast.county, at=NOW)
    moved = transfer_asset(asset, **said, paper="移1", by=cast.township, at=NOW)
    assert (moved.keeper, moved.keeper_name) == ("cooperative", "茶叶合作社")


def test_a_rent_is_due_late_paid_in_parts_and_no_more(cast):
    asset = asset_of(cast)
    lease = leased(cast, asset)
    assert [rent.due_on.year for rent in lease.rents.all()] == [2019, 2020, 2021, 2022, 2023]
    with pytest.raises(ProjectRefusal):
        leased(cast, asset, paper="租2", since=date(2024, 5, 1), until=date(2026, 1, 1),
               first_due_on=date(2024, 5, 2))  # fmt: skip
    assert follow_rents(at=NOW).opened == 2
    first = lease.rents.first()
    task = Task.objects.get(kind="rent_late", key=str(first.pk))
    assert (task.at_id, task.role, task.household_id) == (asset.at_id, "village", None)
    village = cast.divisions[PLACE]
    said = {"what": "rent", "on": TODAY, "party": "徽春", "paper": "收9", "rent": first}
    earn(village, amount=Decimal(5000), **said, by=cast.village, at=NOW)
    with pytest.raises(ProjectRefusal, match="7,000.00"):
        earn(village, amount=Decimal(7001), **said, by=cast.village, at=NOW)
    last, _new = earn(village, amount=Decimal(7000), **said, by=cast.village, at=NOW)
    task.refresh_from_db()
    assert task.outcome == "mended" and follow_rents(at=NOW).opened == 0
    book_back(last, because="退款", by=cast.village, at=NOW)
    assert Rent.objects.get(pk=first.pk).paid == 5000
    book = Collective.objects.get()
    assert book.balance == sum_of(book) == 5000 and follow_rents(at=NOW).opened == 1


def test_a_lease_that_ends_early_leaves_what_was_due(cast):
    lease = leased(cast, asset_of(cast))
    with pytest.raises(ProjectRefusal):
        end_lease(lease, on=TODAY, because=" ", by=cast.village, at=NOW)
    end_lease(lease, on=TODAY, because="经营不善", by=cast.village, at=NOW)
    later = datetime(2023, 1, 1, tzinfo=SHANGHAI)
    assert [r.due_on.year for r in Rent.objects.overdue(later.date())] == [2019, 2020]


def test_only_the_collectives_asset_is_leased(cast):
    with pytest.raises(ProjectRefusal):
        leased(cast, asset_of(cast, owner="state"))
