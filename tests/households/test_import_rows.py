"""What a spoilt file does: the good goes in, each bad cell is named, nothing is guessed."""

from datetime import date

import pytest

from households.models import Household, ImportState, IncomeStatement, Member
from tests.households.faults import (
    CARD,
    CLASS,
    HEADER,
    ID,
    KIND,
    NAME,
    NUMBER,
    PERSON,
    RELATION,
    SIZE,
    Export,
    an_id,
    load,
    refusals,
)


def counts(imported):
    return {
        kind: {word: number for word, number in imported.counts[kind].items() if number}
        for kind in ("households", "members", "incomes")
    }


def test_a_good_file_goes_in_whole(cast):
    imported = load(cast, Export(2))
    assert imported.problem == ""
    assert counts(imported) == {
        "households": {"new": 2}, "members": {"new": 6}, "incomes": {"new": 2},
    }  # fmt: skip
    household = Household.objects.get(number="34152400000001")
    assert household.village.name == "豹迹岩村委会"
    assert (household.status, household.exited_class) == ("exited", "supported")
    assert (household.house_grade, household.house_material) == ("A", "brick_concrete")
    assert (household.since, household.identified_on) == (date(2020, 6, 25), date(2014, 3, 1))
    assert (household.origin, household.origin_id) == ("import", imported.id)
    assert household.phone.open() == "13866496171"
    assert household.phone_masked == "138****6171"
    assert household.head_name == "李大山"
    assert household.head_initials == "lds"
    assert (household.causes, household.group_name) == (["因病"], "东畈组")
    head, spouse, son = household.members.order_by("number")
    assert (head.relation, head.sex, head.born_on) == ("head", "male", date(1972, 4, 26))
    assert (spouse.relation, spouse.sex) == ("spouse", "female")
    assert (son.school, son.labour, son.work_months) == ("none", "ordinary", 10)
    assert (head.chronic_illness, head.disabled, head.medical_insurance) == (False, False, True)
    income = household.incomes.get()
    assert (income.window_from, income.window_to) == (date(2019, 6, 1), date(2020, 5, 31))
    assert (str(income.net), str(income.stated_per_capita)) == ("48400.00", "16133.33")
    assert income.stated_on == date(2020, 6, 25)


def test_nothing_personal_is_stored_in_plain(cast):
    export = Export(1)
    for row in export.rows:
        row |= {"备注": "身份证341524197203049550，电话13866496171"}
    export.header.append("备注")
    load(cast, export)
    for model in (Household, Member):
        for row in model.objects.values():
            assert "13866496171" not in str(row)
            assert export.rows[0][ID] not in str(row)


def test_once_more_changes_nothing(cast):
    load(cast, Export(3))
    before = list(Household.objects.order_by("id").values("id", "version", "recorded_at"))
    again = load(cast, Export(3))
    assert counts(again) == {
        "households": {"unchanged": 3}, "members": {"unchanged": 9}, "incomes": {"unchanged": 3},
    }  # fmt: skip
    assert list(Household.objects.order_by("id").values("id", "version", "recorded_at")) == before


def test_a_dry_run_says_the_same_and_writes_nothing(cast):
    imported = load(cast, Export(2), dry=True)
    assert imported.state == ImportState.CHECKED
    assert counts(imported)["members"] == {"new": 6}
    assert not Household.objects.exists()


def spoil(column, value, index=0):
    export = Export(2)
    export.rows[index][column] = value
    return export


CELLS = [
    (ID, "3.41524E+17", "id_by_excel"),
    (ID, "34152419720426261A", "id_characters"),
    (ID, "12345", "id_length"),
    ("健康状况", "慢病", "unknown_code"),
    ("务工时间(月)", "14", "out_of_range"),
    ("劳动技能", "强劳动力", "unknown_code"),
    (RELATION, "", "relation_missing"),
    (RELATION, "邻居", "unknown_code"),
    ("文化程度", "秀才", "unknown_code"),
    ("在校生状况", "私塾", "unknown_code"),
    ("是否享受低保", "可能", "unknown_code"),
    (CARD, "34152419720426261900", "card_kind_or_grade"),
    (CARD, "123", "card_length"),
    ("人联系电话", "123", "phone_wrong"),
    ("务工所在地", "=1+1", "formula"),
    ("民族", "很" * 30, "too_long"),
    (KIND, "富裕户", "unknown_code"),
    (CLASS, "特等", "unknown_code"),
    ("脱贫年度", "1999", "out_of_range"),
    ("主要致贫原因", "因懒", "unknown_code"),
    ("收入起始年月", "201913", "date_impossible"),
    ("收入截止年月", "202006", "window_not_a_year"),
    ("工资性收入", "-1", "negative"),
    ("工资性收入", "三万", "not_a_number"),
    ("工资性收入", "", "income_incomplete"),
    ("转移性收入", "无", "none_or_unknown"),
    ("人均纯收入", "40%", "percent"),
    ("住房等级", "E", "unknown_code"),
    ("住房结构", "宫殿", "unknown_code"),
    ("是否危房户", "也许", "unknown_code"),
    ("户联系电话", "1386649617", "phone_wrong"),
    ("银行卡号", "6.21779E+18", "number_by_excel"),
    ("首次识别时间", "202013", "date_impossible"),
    ("首次识别时间", "203001", "date_future"),
]


@pytest.mark.parametrize(("column", "value", "reason"), CELLS)
def test_a_bad_cell_is_named_and_does_not_lose_its_row(cast, column, value, reason):
    imported = load(cast, spoil(column, value))
    assert (4, column, reason) in refusals(imported)
    assert {row for row, _column, _reason in refusals(imported)} == {4}
    assert counts(imported)["members"]["new"] == 6
    assert counts(imported)["households"] == {"new": 2}
    assert all(refusal.sentence for refusal in imported.refusals.all())


def test_a_refused_id_stays_unknown(cast):
    load(cast, spoil(ID, "3.41524E+17"))
    head = Member.objects.get(number="3415240000000101")
    assert not head.resident_id
    assert (head.born_on, head.sex) == (None, "")


def test_refused_values_are_shown_masked(cast):
    imported = load(cast, spoil(ID, "341524197204262610"))
    assert imported.refusals.get().value == "341524********2610"


def test_ids_that_end_in_000_are_doubted_when_others_were_rounded(cast):
    ends_so = next(
        an_id(f"34152419720426{n:02d}0"[:17]) for n in range(100)
        if an_id(f"34152419720426{n:02d}0"[:17]).endswith("000")
    )  # fmt: skip
    assert refusals(load(cast, spoil(ID, ends_so))) == []
    export = Export(2, start=11)
    export.rows[0][ID] = ends_so
    export.rows[3][ID] = "3.41524E+17"
    assert (4, ID, "id_by_excel") in refusals(load(cast, export))


def test_a_row_without_household_number_goes_nowhere(cast):
    imported = load(cast, spoil(NUMBER, "", index=2))
    assert refusals(imported) == [(6, NUMBER, "number_missing")]
    assert counts(imported)["members"] == {"new": 5}
    assert imported.counts["rows_refused"] == 1


def test_a_row_without_any_key_of_the_person_goes_nowhere(cast):
    export = Export(1)
    export.rows[2] |= {PERSON: "", ID: "3.4E+17"}
    imported = load(cast, export)
    assert (6, ID, "person_key_missing") in refusals(imported)
    assert counts(imported)["members"] == {"new": 2}


def test_a_new_person_needs_a_name_a_known_one_does_not(cast):
    imported = load(cast, spoil(NAME, "", index=2))
    assert refusals(imported) == [(6, NAME, "name_missing")]
    assert counts(imported)["members"] == {"new": 5, "refused": 1}
    load(cast, Export(2))
    export = Export(2)
    export.rows[2] |= {NAME: "", "民族": "回族"}
    assert counts(load(cast, export))["members"] == {"changed": 1, "unchanged": 5}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"行政村": "无此村"}, "place_unknown"),
        ({"行政村": ""}, "village_missing"),
        ({"行政村": "豹迹石村"}, "place_like"),
        ({"乡(镇)": "无此镇"}, "place_unknown"),
    ],
)
def test_a_village_that_nobody_finds(cast, cells, reason):
    export = Export(2)
    export.household(0, **cells)
    imported = load(cast, export)
    assert {reason} == {found for _row, _column, found in refusals(imported)}
    assert {row for row, _column, _reason in refusals(imported)} == {4, 5, 6}
    assert counts(imported) == {
        "households": {"new": 1, "refused": 1}, "members": {"new": 3, "refused": 3},
        "incomes": {"new": 1, "refused": 1},
    }  # fmt: skip


def test_known_household_with_an_unclear_village_keeps_its_place(cast):
    load(cast, Export(1))
    export = Export(1)
    export.household(0, 行政村="无此村", 住房等级="C")
    assert counts(load(cast, export))["households"] == {"changed": 1}
    household = Household.objects.get()
    assert (household.village.name, household.house_grade) == ("豹迹岩村委会", "C")


@pytest.mark.parametrize("village", ["豹迹岩", "豹迹岩村", "豹迹岩村委会", "豹迹岩村民委员会"])
def test_villages_by_any_ending(cast, village):
    export = Export(1)
    export.household(0, 行政村=village)
    assert refusals(load(cast, export)) == []


@pytest.mark.parametrize("said", ["筹备组居委会（三）", "筹备组居委会(三)", "筹备组居委会（３）"])
def test_brackets_and_figures_of_either_width_are_one(cast, said):
    from accounts.models import Division

    official = said.replace("(", "（").replace(")", "）")
    village = cast.divisions["341524105207"]
    Division.objects.filter(pk=village.pk).update(name=official)
    export = Export(1)
    export.household(0, 行政村=said)
    assert refusals(load(cast, export)) == []
    assert Household.objects.get().village == village


def test_village_by_code(cast):
    export = Export(1)
    export.header = [name for name in HEADER if name not in HEADER[:4]] + ["行政区划代码"]
    export.household(0, 行政区划代码="341524105207")
    assert refusals(load(cast, export)) == []
    assert Household.objects.get().village.code == "341524105207"


def test_two_villages_of_one_name_are_not_guessed(cast):
    from accounts.models import Division

    twin = cast.divisions["341524106210"]
    Division.objects.filter(pk=twin.pk).update(name="豹迹岩村委会")
    export = Export(1)
    export.header.remove("乡(镇)")
    imported = load(cast, export)
    assert imported.problem and "乡" in imported.problem
    export = Export(1)
    export.household(0, **{"乡(镇)": ""})
    assert {reason for *_cell, reason in refusals(load(cast, export))} == {"place_two"}


def test_a_code_given_up_stands_for_its_successor(cast):
    from accounts.models import Division

    old, new = cast.divisions["341524105207"], cast.divisions["341524105201"]
    Division.objects.filter(pk=old.pk).update(successor=new, valid_to=date(2020, 1, 1))
    load(cast, Export(1))
    assert Household.objects.get().village == new


def test_rows_outside_the_division_are_refused(cast):
    export = Export(1)
    export.family(9, "迎驾厂")
    imported = load(cast, export)
    assert {(row, reason) for row, _c, reason in refusals(imported)} == {
        (7, "not_your_division"), (8, "not_your_division"), (9, "not_your_division"),
    }  # fmt: skip
    assert Household.objects.count() == 1


def test_a_township_may_not_take_a_household_from_another(cast):
    load(cast, Export(1, place="漆店"))
    imported = load(cast, Export(1), by=cast.township)
    assert {reason for *_cell, reason in refusals(imported)} == {"household_elsewhere"}
    assert Household.objects.get().village.name == "漆店村委会"


def test_values_of_a_household_that_differ_are_nobodys(cast):
    export = Export(2)
    export.rows[1] |= {"住房等级": "D", "户联系电话": "13912345678"}
    imported = load(cast, export)
    assert sorted(refusals(imported)) == [
        (5, "住房等级", "rows_differ"), (5, "户联系电话", "rows_differ"),
    ]  # fmt: skip
    details = imported.refusals.get(column="住房等级").details
    assert (details["other"], details["others"]) == (4, "A")
    household = Household.objects.get(number="34152400000001")
    assert (household.house_grade, household.phone_masked) == ("", "")
    assert household.house_material == "brick_concrete"


def test_a_blank_on_one_row_is_no_difference(cast):
    export = Export(1)
    export.rows[1]["住房等级"] = ""
    assert refusals(load(cast, export)) == []
    assert Household.objects.get().house_grade == "A"


def test_the_same_row_twice_goes_in_once(cast):
    export = Export(1)
    export.rows.append(dict(export.rows[2]))
    imported = load(cast, export)
    assert refusals(imported) == [(7, PERSON, "duplicate_row")]
    assert Member.objects.count() == 3


def test_a_person_number_with_two_contents_is_nobodys(cast):
    export = Export(1)
    export.rows.append(dict(export.rows[2]) | {NAME: "王别人", ID: an_id("34152419990101123")})
    imported = load(cast, export)
    assert {(row, reason) for row, _c, reason in refusals(imported)} == {
        (6, "person_twice"), (7, "person_twice"),
    }  # fmt: skip


def test_one_person_in_two_households_of_the_file(cast):
    export = Export(2)
    export.rows[5][ID] = export.rows[2][ID]
    imported = load(cast, export)
    assert refusals(imported) == [
        (6, ID, "person_in_two_households"), (9, ID, "person_in_two_households"),
    ]  # fmt: skip
    assert Member.objects.count() == 4


def test_the_household_that_the_register_knows_keeps_its_person(cast):
    load(cast, Export(1))
    export = Export(2)
    export.rows[5][ID] = export.rows[2][ID]
    imported = load(cast, export)
    assert [(row, reason) for row, _c, reason in refusals(imported)] == [
        (9, "person_in_two_households")
    ]


def test_a_person_of_another_household_is_not_taken_from_it(cast):
    load(cast, Export(1))
    export = Export(1, start=2)
    export.rows[2][ID] = Export(1).rows[2][ID]
    imported = load(cast, export)
    refusal = imported.refusals.get()
    assert (refusal.row, refusal.reason) == (6, "person_elsewhere")
    assert refusal.details["number"] == "34152400000001"


def test_another_household_out_of_sight_is_not_named(cast):
    load(cast, Export(1, place="漆店"))
    export = Export(1, start=2)
    export.rows[2][ID] = Export(1).rows[2][ID]
    refusal = load(cast, export, by=cast.township).refusals.get()
    assert (refusal.reason, refusal.details) == ("person_elsewhere_unseen", {})
    assert "34152400000001" not in refusal.sentence


def test_number_and_id_of_two_different_members(cast):
    load(cast, Export(1))
    export = Export(1)
    export.rows[1][ID] = export.rows[2][ID]
    export.rows.pop(2)
    imported = load(cast, export)
    assert [(row, reason) for row, _c, reason in refusals(imported)] == [(5, "two_candidates")]


def test_a_household_has_one_head(cast):
    imported = load(cast, spoil(RELATION, "户主", index=1))
    assert refusals(imported) == [(4, RELATION, "two_heads"), (5, RELATION, "two_heads")]
    assert not Member.objects.filter(household__number="34152400000001", relation="head").exists()


def test_a_new_head_in_the_place_of_the_old(cast):
    load(cast, Export(1))
    export = Export(1)
    export.rows[0][RELATION], export.rows[1][RELATION] = "配偶", "户主"
    imported = load(cast, export, exported_on=date(2020, 7, 1))
    assert refusals(imported) == []
    household = Household.objects.get()
    assert household.head_name == export.rows[1][NAME]
    assert household.members.get(relation="head").name == export.rows[1][NAME]


def test_a_head_who_is_missing_from_the_file_stays_head(cast):
    load(cast, Export(1))
    export = Export(1)
    export.rows.pop(0)
    export.rows[0][RELATION] = "户主"
    imported = load(cast, export)
    assert refusals(imported) == [(4, RELATION, "head_elsewhere")]
    assert Household.objects.get().head_name == Export(1).rows[0][NAME]


def test_who_is_not_in_the_export_stays_and_is_told(cast):
    load(cast, Export(1))
    export = Export(1)
    export.rows.pop(2)
    export.household(0, **{SIZE: "2"})
    imported = load(cast, export)
    assert imported.notes["absent"] == {
        "count": 1, "some": [["34152400000001", Export(1).rows[2][NAME]]],
    }  # fmt: skip
    assert Member.objects.count() == 3


def test_a_number_of_persons_that_differs_is_told_not_refused(cast):
    export = Export(1)
    export.household(0, **{SIZE: "5"})
    imported = load(cast, export)
    assert (refusals(imported), imported.notes["size_differs"]["count"]) == ([], 1)


def test_class_and_kind_that_contradict(cast):
    export = Export(1)
    export.household(0, **{KIND: "边缘户"})
    imported = load(cast, export)
    assert {reason for *_cell, reason in refusals(imported)} == {"class_against_kind"}
    assert Household.objects.get().status == "edge"


@pytest.mark.parametrize(
    ("kind", "own", "status", "exited_class"),
    [
        ("脱贫户", "脱贫监测户", "exited", "monitored"),
        ("脱贫户", "不享受政策", "exited", "independent"),
        ("脱贫监测户", "", "exited", "monitored"),
        ("边缘户", "", "edge", ""),
        ("边缘易致贫户", "", "edge", ""),
        ("突发严重困难户", "", "sudden", ""),
        ("一般农户", "", "general", ""),
    ],
)
def test_kinds_of_household(cast, kind, own, status, exited_class):
    export = Export(1)
    export.household(0, **{KIND: kind, CLASS: own})
    assert refusals(load(cast, export)) == []
    household = Household.objects.get()
    assert (household.status, household.exited_class) == (status, exited_class)


def test_a_disability_card_in_either_column(cast):
    export = Export(1)
    export.rows[0] |= {"健康状况": "长期慢性病,残疾", CARD: export.rows[0][ID] + "42"}
    export.rows[1] |= {"健康状况": "残疾", ID: export.rows[1][ID] + "31"}
    assert refusals(load(cast, export)) == []
    first, second, _third = Member.objects.order_by("number")
    assert (first.disability_grade, second.disability_grade) == (2, 1)
    assert (first.disabled, first.chronic_illness, second.disabled) == (True, True, True)
    assert second.resident_id.open() == Export(1).rows[1][ID]


def test_a_card_of_another_person(cast):
    export = Export(1)
    export.rows[0] |= {"健康状况": "残疾", CARD: export.rows[1][ID] + "42"}
    assert refusals(load(cast, export)) == [(4, CARD, "card_of_other_person")]


def test_incomes_without_their_months_are_not_taken(cast):
    export = Export(1)
    export.household(0, 收入起始年月="", 收入截止年月="")
    imported = load(cast, export)
    assert {reason for *_cell, reason in refusals(imported)} == {"window_missing"}
    assert not IncomeStatement.objects.exists()


def test_a_shifted_row_is_not_read(cast):
    export = Export(1)
    content = export.csv().decode().splitlines()
    content[5] += ",多出来的"
    imported = load(cast, "\r\n".join(content).encode())
    assert refusals(imported) == [(6, "", "row_shifted")]


def test_notes_and_blank_rows_are_passed_over(cast):
    export = Export(1)
    export.rows.insert(1, {})
    export.rows.append({"市(盟、州)": "填表人：周某"})
    export.rows.append({})
    imported = load(cast, export)
    assert (imported.counts["rows"], imported.counts["notes"], refusals(imported)) == (3, 1, [])
