"""Whom the rows of a file mean: members of the department's own division, never guessed."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Division
from feeds.models import FeedRow, UploadState
from tests.feeds.files import (
    AS_OF,
    NEXT_COUNTY,
    NOW,
    as_csv,
    as_xlsx,
    feed,
    keep,
    number_of,
    officer_of,
    reasons,
    take_in,
)

HEAD = "姓名 身份证号 个人自付金额"


@pytest.fixture
def insurance(cast):
    return officer_of(cast, "medical_payment")


def counted(upload):
    names = "rows matched members no_hit name_differs several_hits rows_refused new".split()
    return {name: upload.counts[name] for name in names if upload.counts[name]}


def test_a_row_finds_its_member(insurance, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload = feed("medical_payment", HEAD, [["汪大山", number_of(1), "12,000.50"]], insurance)
    upload.refresh_from_db()
    assert (upload.state, counted(upload)) == (
        UploadState.LOADED,
        {"rows": 1, "matched": 1, "members": 1, "new": 1},
    )
    row = FeedRow.objects.get()
    assert (row.member, row.household) == (people[0], people[0].household)
    assert row.values == {"amount": 12000.50, "count": 1}
    assert (row.begins, row.on, row.name_matches) == (date(2020, 1, 1), AS_OF, True)
    assert not upload.file, "what was taken in is not kept"


def test_payments_of_one_person_add_up(insurance, people):
    rows = [["汪大山", number_of(1), amount] for amount in ("100.10", "0200", "0.20", "0.20")]
    feed("medical_payment", HEAD, rows, insurance)
    assert Decimal(str(FeedRow.objects.get().values["amount"])) == Decimal("300.50")


def test_dated_payments_add_up_by_month_to_the_cent(insurance, people):
    said = [("2020-01-31", "0.10"), ("20200102", "0.20"), ("2020年3月5日", "1,234.5元"),
            ("2020-03-06", "999999.99"), ("", "7"), ("2020-05-31", "4000000.005")]  # fmt: skip
    rows = [["汪大山", number_of(1), amount, day] for day, amount in said]
    content = as_csv([*HEAD.split(), "结算日期"], rows)
    assert take_in(keep(content, "medical_payment", insurance)).counts["matched"] == 6
    values = FeedRow.objects.get().values
    assert Decimal(str(values["amount"])) == Decimal("5001241.8")
    assert values["count"] == 6
    assert {month: str(said) for month, said in values["months"].items()} == {
        "2020-01": "0.3", "2020-03": "1001234.49", "2020-05": "4000000.01",
    }  # fmt: skip


def test_who_is_nobody_here_is_told_and_not_kept(cast, insurance, people):
    away = cast.household("341525100201")
    cast.member(away, name="吴家旺", resident_id=number_of(7))
    gone = cast.member(people[0].household, name="汪老", resident_id=number_of(8))
    gone.left_on = date(2020, 3, 1)
    gone.save()
    rows = [
        ["吴家旺", number_of(7), "1"],
        ["汪老", number_of(8), "1"],
        ["没有人", number_of(9), "1"],
    ]
    upload = feed("medical_payment", HEAD, rows, insurance)
    assert reasons(upload) == [(2, "no_hit"), (3, "no_hit"), (4, "no_hit")]
    assert counted(upload) == {"rows": 3, "no_hit": 3}
    assert not FeedRow.objects.exists()
    trouble = upload.troubles.first()
    assert trouble.masked == "341524********0072"[:14] + number_of(7)[14:]
    assert number_of(7) not in str(upload.troubles.values()) and "吴家旺" not in str(
        upload.troubles.values()
    )
    assert trouble.open_person() == (number_of(7), "吴家旺")


@pytest.mark.parametrize("neighbours", [True, False])
def test_a_province_finds_all_its_own_and_nobody_else(cast, people, neighbours):
    own, foreign = cast.household("341525100201"), cast.household("360728100201")
    cast.member(own, name="吴家旺", resident_id=number_of(7))
    cast.member(foreign, name="赖定南", resident_id=number_of(9))
    if not neighbours:
        foreign.delete()
        Division.objects.filter(code__startswith="36")._raw_delete("default")  # protects itself
    officer = officer_of(cast, "medical_payment", "340000000000")
    rows = [["汪大山", number_of(1), "1"], ["吴家旺", number_of(7), "2"],
            ["赖定南", number_of(9), "3"]]  # fmt: skip
    upload = feed("medical_payment", HEAD, rows, officer)
    assert reasons(upload) == [(4, "no_hit")]
    assert set(FeedRow.objects.values_list("household", flat=True)) == {
        people[0].household_id, own.id,
    }  # fmt: skip


def test_another_name_is_kept_apart(insurance, people):
    upload = feed("medical_payment", HEAD, [["王大山", number_of(1), "9"]], insurance)
    assert reasons(upload) == [(2, "name_differs")]
    row = FeedRow.objects.get()
    assert not row.name_matches
    assert not FeedRow.objects.current("medical_payment").exists()
    assert "汪大山" not in str(upload.troubles.get().sentence)


def test_a_name_with_other_dots_is_the_same(cast, insurance, people):
    people[0].name = "阿迪力·买买提"
    people[0].save()
    upload = feed("medical_payment", HEAD, [["阿迪力．买买提", number_of(1), "9"]], insurance)
    assert upload.counts["matched"] == 1


def test_one_number_at_two_members_is_nobody(cast, insurance, people):
    cast.member(people[0].household, name="汪大山", resident_id=number_of(1))
    upload = feed("medical_payment", HEAD, [["汪大山", number_of(1), "9"]], insurance)
    assert reasons(upload) == [(2, "several_hits")] and not FeedRow.objects.exists()


def test_rows_that_contradict_each_other_are_not_believed(cast, people):
    rows = [
        ["汪大山", number_of(1), "一级"],
        ["汪大山", number_of(1), "二级"],
        ["陈秀兰", number_of(2), "三级"],
        ["陈秀兰", number_of(2), "三级"],
    ]
    upload = feed("disability", "姓名 身份证号 残疾等级", rows, officer_of(cast, "disability"))
    assert reasons(upload) == [(3, "person_twice"), (5, "same_twice")]
    assert [row.member for row in FeedRow.objects.all()] == [people[1]]


def test_several_cars_stand_beside_each_other(cast, people):
    rows = [["汪大山", number_of(1), model, "80000"] for model in ("轿车", "货车", "轿车")]
    feed("vehicles", "姓名 身份证号 车辆类型 价格", rows, officer_of(cast, "vehicles"))
    items = FeedRow.objects.get().values["items"]
    assert sorted(item["model"] for item in items) == ["货车", "轿车"]


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_files_come_in_both_kinds_with_title_rows(insurance, people, make):
    titles = [["金寨县医保结算明细"], ["截至时间：2020-05-31"]]
    content = make(HEAD.split(), [["汪大山", number_of(1), "9"]], titles)
    upload = keep(content, "medical_payment", insurance, as_of=None)
    assert take_in(upload).counts["matched"] == 1
    assert (upload.as_of, upload.preview["row"]) == (AS_OF, 3)


def test_offices_write_gb18030(insurance, people):
    content = as_csv(HEAD.split(), [["汪大山", number_of(1), "9"]], encoding="gb18030")
    assert take_in(keep(content, "medical_payment", insurance)).counts["matched"] == 1


def test_the_same_file_again_is_nothing_new(insurance, people):
    content = as_csv(HEAD.split(), [["汪大山", number_of(1), "9"]])
    first = take_in(keep(content, "medical_payment", insurance))
    assert keep(content, "medical_payment", insurance) == first
    other = as_csv(HEAD.split(), [["汪大山", number_of(1), "9.00"], ["路人", number_of(9), "1"]])
    second = take_in(keep(other, "medical_payment", insurance))
    assert second.state == UploadState.LOADED and second.counts["new"] == 0
    assert FeedRow.objects.count() == 1


def test_two_of_the_same_waiting_are_taken_in_once(insurance, people):
    content = as_csv(HEAD.split(), [["汪大山", number_of(1), "9"]])
    one, two = (keep(content, "medical_payment", insurance) for _n in range(2))
    assert take_in(one).state == UploadState.LOADED
    assert take_in(two).state == UploadState.SAME and two.same_as == one
    assert FeedRow.objects.count() == 1


def test_the_newest_row_is_current_and_says_whether_it_is_news(cast, people):
    office = officer_of(cast, "disability")
    head, person = "姓名 身份证号 残疾等级", ["汪大山", number_of(1)]
    feed("disability", head, [[*person, "三级"]], office, as_of=date(2020, 4, 30))
    feed("disability", head, [[*person, "三级"]], office, as_of=date(2020, 5, 31), name="五月.csv")
    assert [row.news for row in FeedRow.objects.order_by("id")] == [True, False]
    feed("disability", head, [[*person, "二级"]], office, as_of=date(2020, 6, 20))
    feed("disability", head, [[*person, "一级"]], office, as_of=date(2020, 3, 31))
    current = FeedRow.objects.current("disability").get()
    assert (current.on, current.values, current.news) == (date(2020, 6, 20), {"grade": 2}, True)
    until = FeedRow.objects.current("disability", until=date(2020, 5, 31)).get()
    assert until.values == {"grade": 3}
    assert FeedRow.objects.changed_since("disability", NOW).count() == 1


def test_another_countys_department_finds_nobody_here(cast, people):
    stranger = officer_of(cast, "medical_payment", NEXT_COUNTY)
    upload = feed("medical_payment", HEAD, [["汪大山", number_of(1), "9"]], stranger)
    assert counted(upload) == {"rows": 1, "no_hit": 1}
