"""Loading divisions: all or nothing, repeatable, and given-up codes keep their rows."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.division_file import DivisionFileRefused
from accounts.loading import SHIPPED, load_divisions
from accounts.models import Division

JIANGXI = """code,name,valid_from,valid_to,successor
36,江西省
3607,赣州市
360728,定南县
360728100,历市镇
360728100201,修建村委会
360728100202,恩荣村委会
"""

pytestmark = pytest.mark.django_db


def load(text):
    return load_divisions(text.encode())


def faults_of(text):
    with pytest.raises(DivisionFileRefused) as refused:
        load(text)
    return [(fault.line, fault.value) for fault in refused.value.faults]


def test_all_of_anhui_is_shipped():
    assert load_divisions(SHIPPED.read_bytes())["new"] == Division.objects.count()
    valid = Division.objects.valid_on(date(2023, 6, 30))
    assert [valid.filter(level=n).count() for n in range(1, 6)] == [1, 16, 119, 1685, 18334]
    village = Division.objects.get(code="341524108204")
    assert village.full_name == "六安市金寨县汤家汇镇豹迹岩村委会"
    assert village.parent == village.township and village.village == village


def test_a_second_load_changes_nothing():
    load(JIANGXI)
    before = list(Division.objects.values())
    assert load(JIANGXI) == {"new": 0, "changed": 0, "unchanged": 6}
    assert list(Division.objects.values()) == before


def test_the_five_levels_follow_from_the_code():
    load(JIANGXI)
    by_code = {division.code: division for division in Division.objects.all()}
    village = by_code["360728100201"]
    assert village.province == by_code["360000000000"]
    assert village.city == by_code["360700000000"]
    assert village.county == by_code["360728000000"]
    assert village.township == village.parent == by_code["360728100000"]
    assert by_code["360728000000"].township is None
    assert by_code["360728000000"].level == 3


def test_a_new_name_is_taken_and_the_row_stays():
    load(JIANGXI)
    row = Division.objects.get(code="360728100202")
    counts = load("code,name\n360728100202,恩荣社区居委会\n")
    assert counts == {"new": 0, "changed": 1, "unchanged": 0}
    row.refresh_from_db()
    assert row.name == "恩荣社区居委会"


def test_a_given_up_code_keeps_its_row_and_names_its_successor():
    load_divisions(SHIPPED.read_bytes())
    old = Division.objects.get(code="340221000000")
    assert (old.name, old.successor.code, old.successor.name) == (
        "芜湖县",
        "340210000000",
        "湾沚区",
    )
    assert old.valid_to and old not in Division.objects.valid_on(date(2023, 6, 30))


@pytest.mark.parametrize(
    ("row", "line", "value"),
    [
        ("36072,定南县", 8, "36072"),
        ("３６０７２９,全南县", 8, "３６０７２９"),
        ("360728100201,修建村委会", 8, "360728100201"),
        ("360729100201,孤村村委会", 8, "360729100201"),
        ("360729,", 8, ""),
        ("360729," + "长" * 81, 8, "长" * 20),
        ("360729,全\0南县", 8, "全\0南县"),
        ("360729,全南县,2020/06/30", 8, "2020/06/30"),
        ("360729,全南县,,2020-02-30", 8, "2020-02-30"),
        ("360729,全南县,2020-06-30,2020-06-30", 8, "2020-06-30"),
        ("360729,全南县,,2020-06-30,360799", 8, "360799000000"),
        ("360729,全南县,,,360728", 8, "360728"),
        ("360729,全南县,,2020-06-30,360728100", 8, "360728100000"),
        ("360729,全南县,,2020-06-30,360729", 8, "360729000000"),
    ],
)
def test_a_fault_names_its_line_and_value_and_nothing_is_loaded(row, line, value):
    assert faults_of(JIANGXI + row + "\n") == [(line, value)]
    assert not Division.objects.exists()


def test_a_circle_of_successors_through_what_is_stored_is_refused():
    load(JIANGXI + "360729,全南县,,2020-06-30,360728\n")
    assert faults_of("code,name,valid_to,successor\n360728,定南县,2021-01-01,360729\n") == [
        (2, "360729000000")
    ]


def test_every_fault_is_told_at_once():
    assert faults_of(JIANGXI + "x,一\n36x,二\n") == [(8, "x"), (9, "36x")]


def test_a_file_of_another_coding_or_without_columns_is_refused():
    with pytest.raises(DivisionFileRefused):
        load_divisions(JIANGXI.encode("gb18030"))
    assert faults_of("编码,名称\n36,江西省\n") == [(1, "code")]
    assert faults_of("code,name\n") == [(1, "")]
    assert faults_of("code,name\n36," + "长" * 200_000) == [(2, "")]


def test_the_command_loads_any_file_and_tells_what_it_did(tmp_path):
    file, told = tmp_path / "36.csv", StringIO()
    file.write_text("\ufeff" + JIANGXI, encoding="utf-8")
    call_command("load_divisions", str(file), stdout=told)
    assert "6" in told.getvalue() and Division.objects.count() == 6
    file.write_text(JIANGXI + "9,坏\n", encoding="utf-8")
    with pytest.raises(CommandError, match="8.*9"):
        call_command("load_divisions", str(file))
