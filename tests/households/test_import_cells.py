"""What a cell may say, and what becomes of it."""

from datetime import date

import pytest

from households.national import identifiers, values
from households.national.identifiers import Bad
from tests.households.faults import an_id

TODAY = "2020-06-25"
GOOD = "34152419720304955X"


@pytest.mark.parametrize(
    "cell",
    [
        GOOD,
        "34152419720304955x",
        " 341524 19720304 955X ",
        "３４１５２４１９７２０３０４９５５Ｘ",
        "'34152419720304955X",
        "\u200b34152419720304955X\ufeff",
        "341524\u3000197203049 55x",
    ],
)
def test_an_id_is_understood_however_it_is_written(cell):
    found = identifiers.resident_id(cell, today=TODAY)
    assert (found.number, found.born_on, found.sex) == (GOOD, "1972-03-04", "male")


def test_fifteen_digits_become_eighteen():
    found = identifiers.resident_id("341524720304955", today=TODAY)
    assert found.number == GOOD


def test_the_area_code_is_no_reason():
    assert identifiers.resident_id(an_id("99999919720304955"), today=TODAY)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("3.41524E+17", "id_by_excel"),
        ("3.4E+17", "id_by_excel"),
        ("341524197203049000", "id_by_excel"),
        ("341524197204262600.0", "id_by_excel"),
        ("34152419720304955", "id_length"),
        ("3415241972030495551", "id_length"),
        ("34152419720304955A", "id_characters"),
        ("341524197203049550", "id_check_digit"),
        (an_id("34152419720230955"), "birth_impossible"),
        (an_id("34152419721304955"), "birth_impossible"),
        (an_id("34152418200304955"), "birth_impossible"),
        (an_id("34152420300304955"), "birth_future"),
    ],
)
def test_a_wrong_id_is_refused(cell, reason):
    with pytest.raises(Bad) as refused:
        identifiers.resident_id(cell, today=TODAY)
    assert refused.value.reason == reason


def test_the_sentence_names_the_right_check_digit():
    with pytest.raises(Bad) as refused:
        identifiers.resident_id("341524197203049550", today=TODAY)
    assert refused.value.details == {"should": "X"}


@pytest.mark.parametrize(
    ("card", "grade"),
    [(GOOD + "41", "1"), (GOOD + "44", "4"), (GOOD + "71B1".replace("B", "0"), "1")],
)
def test_a_disability_card_gives_its_grade(card, grade):
    found = identifiers.disability_card(card, today=TODAY)
    assert (found.number, found.grade, found.card) == (GOOD, grade, card)


@pytest.mark.parametrize(
    ("card", "reason"),
    [(GOOD + "81", "card_kind_or_grade"), (GOOD + "45", "card_kind_or_grade"),
     (GOOD, "card_length"), ("3.41524E+19", "id_by_excel")],
)  # fmt: skip
def test_a_wrong_card_is_refused(card, reason):
    with pytest.raises(Bad) as refused:
        identifiers.disability_card(card, today=TODAY)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("cell", "phone"),
    [("138-6649-6171", "13866496171"), ("+86 13866496171", "13866496171"),
     ("１３８６６４９６１７１", "13866496171"), ("0564-7356789", "0564-7356789")],
)  # fmt: skip
def test_phones(cell, phone):
    assert identifiers.phone(cell) == phone


@pytest.mark.parametrize("cell", ["1386649617", "12866496171", "无", "138664961711"])
def test_wrong_phones(cell):
    with pytest.raises(Bad):
        identifiers.phone(cell)


def test_bank_cards_by_their_check_digit():
    assert identifiers.bank_account("6217 7949 7189 5478 440") == "6217794971895478440"
    for cell in ("6217794971895478441", "6.21779E+18", "6217794971895470000"):
        with pytest.raises(Bad):
            identifiers.bank_account(cell)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("38000.00", "38000.00"), ("38,000.5", "38000.50"), ("３８０００元", "38000.00"),
     ("３８０００", "38000.00"), ("¥1,200", "1200.00"), ("0", "0"), ("16133.333", "16133.33")],
)  # fmt: skip
def test_amounts(cell, amount):
    assert values.amount("yuan")(cell) == amount


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("-5", "negative"), ("40%", "percent"), ("无", "none_or_unknown"), ("很多", "not_a_number"),
     ("9000000", "out_of_range"), ("1E+5", "number_by_excel"), ("3.8万", "not_a_number")],
)  # fmt: skip
def test_wrong_amounts(cell, reason):
    with pytest.raises(Bad) as refused:
        values.amount("yuan")(cell)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("cell", "day"),
    [("201403", "2014-03-01"), ("2014-03-05", "2014-03-05"), ("2014年3月", "2014-03-01"),
     ("2014/3/5 00:00:00", "2014-03-05"), ("41703", "2014-03-05"), ("20140305", "2014-03-05"),
     ("2014.03", "2014-03-01")],
)  # fmt: skip
def test_days(cell, day):
    assert values.dated(TODAY)(cell) == day


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("202013", "date_impossible"), ("2014-02-30", "date_impossible"), ("去年", "date_wrong"),
     ("202112", "date_future")],
)  # fmt: skip
def test_wrong_days(cell, reason):
    with pytest.raises(Bad) as refused:
        values.dated(TODAY)(cell)
    assert refused.value.reason == reason


def test_a_window_is_twelve_months_and_ends_with_its_month():
    assert values.month_last("202002") == "2020-02-29"
    assert values.is_twelve_months(values.month_first("201906"), values.month_last("202005"))
    assert not values.is_twelve_months(values.month_first("201906"), values.month_last("202006"))


@pytest.mark.parametrize(
    ("cell", "found"),
    [("健康", "fff"), ("残疾,长期慢性病", "tft"), ("长期慢性病、残疾", "tft"),
     ("患有大病；残疾", "ftt"), ("患有大病", "ftf"), ("残疾 患有大病", "ftt")],
)  # fmt: skip
def test_health_in_any_order(cell, found):
    assert "".join(values.health(cell).values()) == found


@pytest.mark.parametrize("cell", ["慢病", "健康,残疾", "一般"])
def test_health_that_nobody_understands(cell):
    with pytest.raises(Bad):
        values.health(cell)


@pytest.mark.parametrize(
    ("cell", "school"),
    [("非在校生", "none"), ("学前教育", "preschool"), ("小学五年级", "primary"),
     ("七年级", "junior"), ("初中", "junior"), ("初中二年级", "junior"),
     ("高中一年级", "senior"), ("中职", "senior"), ("技校", "senior"), ("大专", "tertiary"),
     ("本科", "tertiary"), ("辍学", "none")],
)  # fmt: skip
def test_school(cell, school):
    assert values.school(cell)[0] == school


def test_months_and_years_have_bounds():
    assert values.months("8个月") == "8.0"
    for wrong in ("13", "-1", "半年"):
        with pytest.raises(Bad):
            values.months(wrong)
    assert values.year(TODAY)("2018年") == "2018"
    for wrong in ("2010", str(date(2021, 1, 1).year), "一八年"):
        with pytest.raises(Bad):
            values.year(TODAY)(wrong)
