"""Rows of every kind: what a good one says, and why a crooked one is not taken."""

# ruff: noqa: E501 - a row of the table reads best on one line
import pytest

from feeds.kinds import KINDS, MANY, SUM
from feeds.models import FeedRow, UploadState
from feeds.reasons import OWN, sentence
from tests.feeds.files import feed, keep, number_of, officer_of, reasons, take_in

# Kind: the columns after name and number, a good row, what it says, and (cell, reason) by column.
ROWS = {
    "medical_payment": ("个人自付 医院", "1200.50 县医院", {"amount": 1200.5, "count": 1},
                        {0: [("一千", "not_a_number"), ("-3", "negative"), ("50%", "percent"),
                             ("", "cell_missing"), ("=A1", "formula"), ("9999999", "out_of_range")]}),
    "medical_insurance": ("参保状态", "正常参保", {"enrolled": True},
                          {0: [("可能", "unknown_code")]}),
    "low_income": ("月补助金额 保障类别", "350 A类", {"granted": True, "amount": 350, "category": "A类"},
                   {0: [("三百", "not_a_number")]}),
    "extreme_poverty": ("供养方式", "分散供养", {"granted": True, "care": "分散供养"},
                        {0: [("散" * 41, "too_long")]}),
    "disability": ("残疾等级 发证日期", "二级 2019-03-01", {"grade": 2, "certified_on": "2019-03-01"},
                   {0: [("五级", "unknown_code"), ("", "cell_missing")],
                    1: [("2019-02-30", "date_impossible"), ("明年", "date_wrong"),
                        ("2021-01-01", "date_future")]}),
    "school": ("年级 学校", "小学五年级 汤家汇小学",
               {"school": "primary", "school_words": "小学五年级", "place": "汤家汇小学"},
               {0: [("上学", "unknown_code"), ("", "cell_missing")]}),
    "house_grade": ("鉴定等级 鉴定日期", "C级 20200301", {"grade": "C", "appraised_on": "2020-03-01"},
                    {0: [("E", "unknown_code"), ("", "cell_missing")]}),
    "water": ("是否达标 水质", "达标 合格", {"water_safe": True, "water_quality": True},
              {0: [("还行", "unknown_code"), ("", "cell_missing")]}),
    "employment": ("务工月数 务工地点", "7 合肥市", {"months": 7.0, "place": "合肥市"},
                   {0: [("13", "out_of_range"), ("半年", "not_a_number"), ("", "cell_missing")]}),
    "pension": ("待遇状态 金额", "领取 135.5", {"enrolled": True, "amount": 135.5},
                {0: [("不详", "unknown_code")]}),
    "vehicles": ("车型 价格", "小型轿车 86000",
                 {"items": [{"model": "小型轿车", "value": 86000}]}, {0: [("", "cell_missing")]}),
    "companies": ("企业名称 注册资本", "金寨某公司 50000000",
                  {"items": [{"company": "金寨某公司", "capital": 50000000}]},
                  {0: [("", "cell_missing")], 1: [("五千万", "not_a_number")]}),
    "property": ("坐落 建筑面积", "梅山镇 98.50", {"items": [{"place": "梅山镇", "area": 98.5}]},
                 {0: [("", "cell_missing")]}),
    "deaths": ("死亡日期", "2020-04-03", {"died_on": "2020-04-03"},
               {0: [("", "cell_missing"), ("2020-13-01", "date_impossible")]}),
    "disaster": ("灾种 受灾日期 损失", "洪涝 2020-05-20 8000",
                 {"items": [{"disaster": "洪涝", "happened_on": "2020-05-20", "loss": 8000}]},
                 {0: [("", "cell_missing")]}),
    "hazard_spot": ("隐患点", "屋后滑坡", {"threatened": True, "spot": "屋后滑坡"},
                    {0: [("=1+1", "formula")]}),
    "veterans": ("优抚类别", "在乡复员军人", {"category": "在乡复员军人"}, {0: [("军" * 41, "too_long")]}),
    "epidemic": ("病例类型 确诊日期", "确诊 2020-02-03",
                 {"state": "confirmed", "found_on": "2020-02-03"},
                 {0: [("", "cell_missing"), ("发热", "unknown_code")]}),
}  # fmt: skip
CROOKED = [
    (kind, place, cell, reason)
    for kind, (_columns, _row, _said, faults) in ROWS.items()
    for place, cells in faults.items()
    for cell, reason in cells
]
IDS = {
    "identity_missing": "",
    "id_length": number_of(1)[:17],
    "id_check_digit": number_of(1)[:17] + ("1" if number_of(1)[17] != "1" else "2"),
    "id_by_excel": "3.41524E+17",
    "birth_impossible": "341524198013040014",
    "birth_future": "341524202512010014",
}


def taken(cast, kind, cells, person=("汪大山", number_of(1))):
    columns = ROWS[kind][0]
    return feed(kind, f"姓名 身份证号 {columns}", [[*person, *cells]], officer_of(cast, kind))


def test_every_kind_is_tried():
    assert set(ROWS) == set(KINDS)


@pytest.mark.parametrize("kind", ROWS)
def test_a_good_row_says_what_it_says(cast, people, kind):
    _columns, row, said, _faults = ROWS[kind]
    upload = taken(cast, kind, row.split())
    assert (upload.state, reasons(upload)) == (UploadState.LOADED, [])
    assert FeedRow.objects.get().values == said
    assert FeedRow.objects.current(kind).get().household == people[0].household


@pytest.mark.parametrize(("kind", "place", "cell", "reason"), CROOKED)
def test_a_crooked_cell_is_named_with_row_and_reason(cast, people, kind, place, cell, reason):
    columns, row, _said, _faults = ROWS[kind]
    cells = row.split()
    cells[place] = cell
    upload = taken(cast, kind, cells)
    trouble = upload.troubles.get()
    assert (trouble.row, trouble.column, trouble.reason) == (2, columns.split()[place], reason)
    assert "%(" not in trouble.sentence
    assert trouble.open_person() == (number_of(1), "汪大山")
    field = next(c.field for c in KINDS[kind].columns if columns.split()[place] in c.names)
    kept = 0 if field in KINDS[kind].needs else 1
    assert FeedRow.objects.count() == kept, "a needed cell takes its row along, another does not"


@pytest.mark.parametrize("reason", IDS)
def test_a_number_that_is_none_means_nobody(cast, people, reason):
    upload = taken(cast, "low_income", ["350", "A类"], person=("汪大山", IDS[reason]))
    trouble = upload.troubles.get()
    assert (trouble.column, trouble.reason) == ("身份证号", reason)
    assert upload.counts["rows_refused"] == 1 and not FeedRow.objects.exists()
    assert number_of(1)[6:14] not in trouble.value


def test_a_name_is_needed(cast, people):
    upload = taken(cast, "low_income", ["350", "A类"], person=("", number_of(1)))
    assert reasons(upload) == [(2, "name_missing")]


def test_who_is_no_longer_granted_is_told_so(cast, people):
    rows = [["汪大山", number_of(1), "停发"]]
    feed("low_income", "姓名 身份证号 保障状态", rows, officer_of(cast, "low_income"))
    assert FeedRow.objects.get().values == {"granted": False}


def test_of_a_comma_too_many_the_row_says_so(cast, people):
    content = f"姓名,身份证号,月补助金额\n汪大山,{number_of(1)},1,200.00\n".encode()
    upload = take_in(keep(content, "low_income", officer_of(cast, "low_income")))
    assert reasons(upload) == [(2, "row_shifted")]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        ("姓名,身份证号,月补助金额\n".encode(), ""),
        (b"PK\x03\x04no workbook", ""),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(cast, people, content, word):
    upload = take_in(keep(content, "low_income", officer_of(cast, "low_income")))
    assert upload.state == UploadState.REFUSED and word in upload.problem and upload.problem
    assert not FeedRow.objects.exists()


def test_every_reason_has_a_sentence():
    details = {"hits": 2, "other": 3}
    assert all(sentence(reason, details) for reason in OWN)


def test_the_table_of_kinds_is_whole():
    numbers = [kind.number for kind in KINDS.values()]
    assert len(set(numbers)) == len(numbers)
    for kind in KINDS.values():
        fields = {column.field for column in kind.columns}
        assert kind.departments and kind.clause and set(kind.needs) <= fields
        assert kind.facts or kind.compared, f"{kind.code} serves nothing"
        assert not (kind.facts and kind.rows in (SUM, MANY))
