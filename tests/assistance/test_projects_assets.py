"""Assets from the register to their write-off, and their leases."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

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
BESIDE, NEXT = "341524105201", "341524106000"


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


@pytest.mark.parametrize(
    "since, until", [(date(9990, 1, 1), date(9999, 1, 1)), (date(1, 1, 1), date(2, 1, 1))]
)
def test_a_lease_in_no_year_of_ours_is_refused(cast, since, until):
    with pytest.raises(ProjectRefusal):
        leased(cast, asset_of(cast), since=since, until=until, first_due_on=since)


def test_a_rent_due_on_the_29th_of_february_stays_within_its_lease(cast):
    leap = date(2020, 2, 29)
    lease = leased(cast, asset_of(cast), since=leap, until=date(2024, 3, 1), first_due_on=leap)
    days = [str(rent.due_on) for rent in lease.rents.all()]
    assert days == ["2020-02-29", "2021-02-28", "2022-02-28", "2023-02-28", "2024-02-29"]


def test_what_was_sent_for_one_asset_is_not_the_answer_of_another(cast):
    one, other, sent = asset_of(cast), asset_of(cast), uuid4()
    seen = {"on": TODAY, "words": "完好", "found": "in_use", "client_id": sent}
    inspect(one, **seen, by=cast.village, at=NOW)
    with pytest.raises(ProjectRefusal):
        inspect(other, **seen, by=cast.village, at=NOW)
    leased(cast, one, client_id=sent)
    with pytest.raises(ProjectRefusal):
        leased(cast, other, client_id=sent)
    with pytest.raises(ProjectRefusal):
        asset_of(cast, by=cast.next_township, code=NEXT, client_id=one.client_id)


def test_a_repair_goes_with_the_asset_to_its_new_place(cast):
    asset = asset_of(cast)
    ask_repair(asset, words="换瓦", days=9, by=cast.county, at=NOW)
    due_on = Task.objects.open().get(kind="asset_repair").due_on
    to = cast.township.division
    transfer_asset(
        asset, owner="collective", keeper="office", keeper_name="镇政府", supervisor="县扶贫办",
        at_division=to, paper="移1", on=TODAY, because="划转", by=cast.county, at=NOW,
    )  # fmt: skip
    task = Task.objects.open().get(kind="asset_repair")
    assert (task.at, task.role, task.due_on) == (to, "township", due_on)


@pytest.mark.parametrize("words", ["联系13912345678", "３４１５２４１９７００１０１００１Ｘ"])
def test_no_number_of_a_person_stands_in_the_ledger_or_the_books(cast, words):
    with pytest.raises(ProjectRefusal):
        asset_of(cast, keeper_name=words)
    asset = asset_of(cast)
    with pytest.raises(ProjectRefusal):
        inspect(asset, on=TODAY, words=words, found="idle", by=cast.village, at=NOW)
    with pytest.raises(ProjectRefusal):
        ask_write_off(asset, because=words, by=cast.village, at=NOW)
    with pytest.raises(ProjectRefusal):
        income(cast, 10, party=words)


def test_a_payment_of_a_rent_is_rent_whatever_was_sent(cast):
    rent = leased(cast, asset_of(cast)).rents.first()
    assert income(cast, 100, what="donation", rent=rent).what == "rent"
    with pytest.raises(ProjectRefusal):
        income(cast, 100, village=BESIDE, by=cast.next_village, rent=rent)


def test_a_rent_after_the_end_of_its_lease_falls_away_when_it_was_paid_too_early(cast):
    lease = leased(cast, asset_of(cast))
    ahead = lease.rents.get(due_on__year=2021)
    entry = income(cast, 100, what="rent", rent=ahead)
    end_lease(lease, on=TODAY, because="经营不善", by=cast.village, at=NOW)
    book_back(entry, because="退款", by=cast.village, at=NOW)
    ahead.refresh_from_db()
    assert (ahead.paid, ahead.cancelled) == (0, True)
