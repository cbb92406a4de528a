"""What the national system must be told, from one export to the next."""

from datetime import date, timedelta

import pytest

from households import importing
from households.models import Difference, Household, Member, Said
from households.models.choices import Origin
from households.outgoing.finding import find_differences
from households.outgoing.lines import CLEARED, lines_of
from households.outgoing.units import Headers
from households.outgoing.words import said_of, village_names
from households.register import record_household, record_member
from tests.cast import NOW
from tests.households.faults import CLASS, KIND, NUMBER, RELATION, Export, load

JUNE, JULY, AUGUST = date(2020, 6, 25), date(2020, 7, 25), date(2020, 8, 25)
GRADE, PHONE, LABOUR, MONTHS = "住房等级", "户联系电话", "劳动技能", "务工时间(月)"
VISITED = date(2020, 7, 3)


def find(cast, code="341524000000", day=VISITED):
    find_differences(cast.divisions[code], at=NOW + (day - NOW.date()))


def told(rows=None):
    """{(member, column): (said, here)} in the national system's words."""
    rows = list(Difference.objects.open() if rows is None else rows)
    villages = village_names(rows)
    return {
        (row.member.name if row.member else "", row.column): tuple(
            said_of(row.column, values, row.member, villages) for values in (row.said, row.here)
        )
        for row in rows
    }


def correct(row, on=VISITED, origin=Origin.VISIT, **changes):
    act = record_household if isinstance(row, Household) else record_member
    act(row, on=on, origin=origin, origin_id=7, by=None, at=NOW, **changes)


@pytest.fixture
def home(cast):
    load(cast, Export(2))
    return Household.objects.get(number="34152400000001")


def head(home):
    return home.members.get(relation="head")


def test_nothing_differs_after_an_import(cast, home):
    find(cast)
    assert told() == {}


def test_what_a_visit_changed_in_the_words_of_the_export(cast, home):
    correct(home, house_grade="C", phone="13900001234", water_quality=False)
    correct(head(home), labour="lost", work_months=0, major_illness=True)
    find(cast)
    assert told() == {
        ("", "house_grade"): ("A", "C"),
        ("", "phone"): ("138****6171", "139****1234"),
        ("李大山", "labour"): ("普通劳动力", "丧失劳动力"),
        ("李大山", "work_months"): ("8", "0"),
        ("李大山", "health"): ("健康", "患有大病"),
    }
    row = Difference.objects.get(column="house_grade")
    assert (row.since, row.origin, row.origin_id) == (VISITED, "visit", 7)
    assert (row.exported_on, row.found_on) == (JUNE, VISITED)
    headers = Headers(home.province_id)
    assert headers.of("member", "work_months") == MONTHS
    assert headers.of("household", "exited_class") == CLASS


def test_no_identifier_is_kept_in_plain(cast, home):
    correct(home, phone="13900001234")
    find(cast)
    row = Difference.objects.get()
    assert "13900001234" not in str(row.here) and set(row.here) == {"phone_index", "phone_masked"}


def test_since_when_and_from_what_though_more_was_changed_later(cast, home):
    correct(home, house_grade="C")
    later = VISITED + timedelta(days=5)
    correct(home, on=later, origin=Origin.CORRECTION, group_name="新组")
    find(cast, day=later)
    rows = {row.column: (row.since, row.origin) for row in Difference.objects.open()}
    assert rows == {"house_grade": (VISITED, "visit"), "group_name": (later, "correction")}


def test_found_again_it_is_the_same_and_taken_back_it_ends(cast, home):
    correct(home, house_grade="C")
    find(cast)
    first = Difference.objects.get()
    find(cast, day=VISITED + timedelta(days=1))
    assert Difference.objects.get().found_on == first.found_on
    correct(home, house_grade="A")
    find(cast, day=VISITED + timedelta(days=2))
    row = Difference.objects.get()
    assert row.ended_on == VISITED + timedelta(days=2) and row.entered is False


def test_an_export_that_says_the_same_again_leaves_our_correction_on_the_list(cast, home):
    correct(home, house_grade="C", phone="13900001234")
    correct(head(home), labour="lost")
    load(cast, Export(2), exported_on=JULY)
    home.refresh_from_db()
    assert (home.house_grade, home.phone_masked) == ("C", "139****1234")
    assert head(home).labour == "lost"
    find(cast)
    assert set(told()) == {("", "house_grade"), ("", "phone"), ("李大山", "labour")}
    assert set(Difference.objects.values_list("exported_on", flat=True)) == {JULY}


def test_entered_there_it_is_seen_with_the_next_export(cast, home):
    correct(home, house_grade="C", phone="13900001234")
    find(cast)
    entered = Export(2).household(0, **{GRADE: "C"})
    load(cast, entered, exported_on=JULY)
    find(cast, day=JULY)
    assert set(told()) == {("", "phone")}
    row = Difference.objects.entered().get()
    assert (row.column, row.ended_on) == ("house_grade", JULY)
    load(cast, entered.household(0, **{PHONE: "13900001234"}), exported_on=AUGUST)
    find(cast, day=AUGUST)
    assert told() == {} and Difference.objects.entered().count() == 2


def test_news_of_the_national_system_is_taken_and_ends_it_otherwise(cast, home):
    correct(home, house_grade="C", group_name="新组")
    find(cast)
    load(cast, Export(2).household(0, **{GRADE: "D"}), exported_on=JULY)
    home.refresh_from_db()
    assert (home.house_grade, home.group_name) == ("D", "新组")
    find(cast, day=JULY)
    assert set(told()) == {("", "group_name")}
    assert Difference.objects.get(column="house_grade").entered is False


def test_an_older_export_changes_nothing_and_a_dry_run_keeps_nothing(cast, home):
    correct(home, house_grade="C")
    load(cast, Export(2).household(0, **{GRADE: "D"}), exported_on=JULY, dry=True)
    assert not Said.objects.exists()
    load(cast, Export(2).household(0, **{GRADE: "B"}), exported_on=JUNE - timedelta(days=9))
    find(cast)
    assert told() == {("", "house_grade"): ("A", "C")}


def test_an_import_taken_back_said_nothing(cast, home):
    correct(home, house_grade="C")
    imported = load(cast, Export(2).household(0, **{GRADE: "C"}), exported_on=JULY)
    find(cast, day=JULY)
    assert told() == {}
    importing.undo_import(imported, because="文件不对", by=cast.county, at=NOW)
    find(cast, day=JULY)
    assert told() == {("", "house_grade"): ("A", "C")}


def test_the_class_that_a_case_decided(cast):
    load(cast, Export(1).household(0, **{KIND: "脱贫监测户", CLASS: ""}))
    home = Household.objects.get()
    correct(home, origin=Origin.CASE, exited_class="supported")
    Household.objects.update(decided_on=VISITED)
    load(cast, Export(1).household(0, **{KIND: "脱贫监测户", CLASS: ""}), exported_on=JULY)
    find(cast)
    assert told() == {("", "exited_class"): ("脱贫监测户", "享受政策")}


def test_another_head_stays_head(cast, home):
    old, new = head(home), home.members.get(relation="spouse")
    correct(old, relation="spouse")
    correct(new, relation="head")
    load(cast, Export(2), exported_on=JULY)
    assert head(home) == new
    find(cast)
    assert told()["李大山", "relation"] == ("户主", "配偶")


def test_who_joined_and_who_left(cast, home):
    son = home.members.get(relation="child")
    correct(son, left_on=VISITED)
    Member.objects.create(
        household=home, name="李小燕", relation="grandchild", since=VISITED,
        recorded_at=NOW, origin=Origin.VISIT, origin_id=7,
    )  # fmt: skip
    find(cast)
    assert set(told()) == {("李小军", "left"), ("李小燕", "joined")}
    export = Export(2)
    export.rows = [row for row in export.rows
                   if (row[NUMBER], row[RELATION]) != (home.number, "之子")]  # fmt: skip
    load(cast, export.household(0, 人数="2"), exported_on=JULY)
    find(cast, day=JULY)
    assert set(told()) == {("李小燕", "joined")}
    assert Difference.objects.entered().get().column == "left"


def test_a_household_that_no_export_knows(cast, home):
    new = cast.household(origin="visit", since=VISITED)
    cast.member(new, relation="head", origin="visit")
    find(cast)
    assert set(told()) == {("", "new_household")}
    assert Difference.objects.get().household == new


def test_only_of_the_division_asked_for(cast, home):
    load(cast, Export(1, place="斗林", start=5))
    correct(Household.objects.get(number="34152400000005"), house_grade="C")
    find(cast, "341524105207")
    assert told() == {}
    find(cast, "341524105201")
    assert set(told()) == {("", "house_grade")}


def test_what_no_file_has_a_column_for_is_not_asked_of_it(cast):
    export = Export(1)
    export.header.remove(LABOUR)
    load(cast, export)
    correct(Member.objects.get(relation="head"), labour="lost", work_months=3)
    find(cast)
    assert told() == {("李大山", "work_months"): ("8", "3")}


def test_what_is_said_no_more_is_to_be_cleared(cast, home):
    correct(home, bank_name="", causes=[])
    find(cast)
    lines = {line.column: (line.said, line.here) for line in lines_of(Difference.objects.all())}
    assert lines == {"开户银行": ("安徽农村商业银行", CLEARED), "主要致贫原因": ("因病", CLEARED)}
