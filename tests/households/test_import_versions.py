"""An import writes versions, respects what is newer, and can be taken back."""

from datetime import date, timedelta

import pytest

from households import importing
from households.models import (
    Household,
    HouseholdPast,
    ImportState,
    IncomeStatement,
    Member,
    MemberPast,
    Visit,
)
from households.register import record_household, record_member
from households.stating import FIGURES, latest_of, mark_of, state_income
from tests.cast import NOW
from tests.households.faults import NAME, PERSON, Export, load, refusals

JULY = date(2020, 7, 25)


def undo(imported, cast, at=NOW + timedelta(days=1)):
    return importing.undo_import(imported, because="传错了文件", by=cast.county, at=at)


def snapshot():
    """Everything of the register but versions' counters."""
    models = (Household, Member, IncomeStatement, HouseholdPast, MemberPast)
    rows = [model.objects.order_by("id").values() for model in models]
    return [
        [{name: str(value) for name, value in row.items() if name != "version"} for row in table]
        for table in rows
    ]


def test_a_change_keeps_the_past(cast):
    load(cast, Export(1))
    export = Export(1)
    export.household(0, 住房等级="C", 是否危房户="是")
    export.rows[1]["务工时间(月)"] = "6"
    imported = load(cast, export, exported_on=JULY)
    assert imported.counts["households"]["changed"] == 1
    assert imported.counts["members"]["changed"] == 1
    household = Household.objects.get()
    assert (household.house_grade, household.unsafe_house, household.since) == ("C", True, JULY)
    assert household.version == 2
    past = HouseholdPast.objects.get()
    assert (past.house_grade, past.since, past.until) == ("A", date(2020, 6, 25), JULY)
    assert past.phone.open() == "13866496171"
    member = MemberPast.objects.get()
    assert (member.member.number, member.work_months) == ("3415240000000102", 0)


def test_a_blank_cell_erases_nothing(cast):
    load(cast, Export(1))
    export = Export(1)
    export.household(0, 住房等级="", 户联系电话="", 开户银行="")
    export.rows[0]["民族"] = ""
    imported = load(cast, export, exported_on=JULY)
    assert imported.counts["households"]["unchanged"] == 1
    assert Household.objects.get().phone.open() == "13866496171"


def test_a_column_that_is_not_there_touches_nothing(cast):
    load(cast, Export(1))
    export = Export(1)
    for name in ("住房等级", "工资性收入", "健康状况", "人数"):
        export.header.remove(name)
    imported = load(cast, export, exported_on=JULY)
    assert imported.counts["households"]["unchanged"] == 1
    assert imported.counts["incomes"]["unchanged"] == 1


def test_an_older_export_does_not_overwrite(cast):
    load(cast, Export(1), exported_on=JULY)
    export = Export(1)
    export.household(0, 住房等级="D")
    export.rows[1]["劳动技能"] = "丧失劳动力"
    imported = load(cast, export)
    assert imported.counts["households"]["older"] == 1
    assert imported.counts["members"]["older"] == 1
    assert imported.notes["older"]["count"] == 1
    assert Household.objects.get().house_grade == "A"


def test_what_a_visit_found_later_stays(cast):
    load(cast, Export(1))
    household = Household.objects.get()
    record_household(
        household, on=JULY, origin="visit", by=cast.village.officer, at=NOW, house_grade="D"
    )
    # The same file again says nothing new; another of that day is older than the visit.
    assert load(cast, Export(1)).counts["households"]["unchanged"] == 1
    again = load(cast, Export(1).household(0, 住房等级="B"))
    assert again.counts["households"]["older"] == 1
    assert Household.objects.get().house_grade == "D"


def test_incomes_of_a_window_are_stated_anew_when_they_differ(cast):
    load(cast, Export(1))
    export = Export(1)
    export.household(0, 工资性收入="12000.00")
    imported = load(cast, export, exported_on=JULY)
    assert imported.counts["incomes"]["changed"] == 1
    latest, first = IncomeStatement.objects.all()
    assert (latest.wage, latest.stated_on, first.wage) == (12000, JULY, 38000)


def test_a_moved_household_keeps_its_old_village_as_past(cast):
    load(cast, Export(1))
    imported = load(cast, Export(1, place="漆店"), exported_on=JULY)
    assert imported.counts["moved"] == 1
    assert Household.objects.get().village.name == "漆店村委会"
    assert HouseholdPast.objects.get().village.name == "豹迹岩村委会"


def test_a_person_without_number_is_found_by_the_id(cast):
    load(cast, Export(1))
    export = Export(1)
    export.header.remove(PERSON)
    assert load(cast, export).counts["members"]["unchanged"] == 3


def test_taken_back_everything_is_as_before(cast):
    load(cast, Export(2))
    before = snapshot()
    export = Export(3)
    export.household(0, 住房等级="C", 工资性收入="1.00")
    export.rows[0]["与户主关系"], export.rows[1]["与户主关系"] = "配偶", "户主"
    imported = load(cast, export, exported_on=JULY)
    assert snapshot() != before
    undone = undo(imported, cast)
    assert snapshot() == before
    assert (undone.state, undone.undone_by) == (ImportState.UNDONE, cast.county)
    assert undone.undone_because == "传错了文件"


def test_taken_back_a_mended_statement_is_as_before(cast):
    load(cast, Export(1))
    before = snapshot()
    export = Export(1)
    export.household(0, 工资性收入="1.00")
    imported = load(cast, export)
    assert IncomeStatement.objects.get().wage == 1
    undo(imported, cast)
    assert snapshot() == before


def test_a_first_import_taken_back_leaves_nothing(cast):
    undo(load(cast, Export(2)), cast)
    assert snapshot() == [[], [], [], [], []]


def later_change(cast, household):
    record_household(
        household, on=JULY, origin="visit", by=cast.village.officer, at=NOW, house_grade="D"
    )


def later_member_change(cast, household):
    member = household.members.first()
    record_member(member, on=JULY, origin="visit", by=cast.village.officer, at=NOW, nation="回族")


def later_visit(cast, household):
    Visit.objects.create(
        client_id="5f1c2b1e-0000-4000-8000-000000000001", household=household, visited_on=JULY,
        made_at=NOW, received_at=NOW + timedelta(hours=1), method="phone",
    )  # fmt: skip


def worked_out(cast, household):
    """The village works out other figures of the window that the export knows."""
    latest = household.incomes.get()
    figures = {name: getattr(latest, name) for name in FIGURES} | {"wage": 5000}
    return state_income(
        household,
        window_to=latest.window_to,
        figures=figures,
        because="与农户逐项核算",
        seen=mark_of(latest),
        by=cast.village.officer,
        at=NOW + timedelta(days=2),
    )


def test_an_export_that_says_the_same_again_leaves_what_was_worked_out_here(cast):
    load(cast, Export(1))
    ours = worked_out(cast, Household.objects.get())
    imported = load(cast, Export(1), exported_on=JULY)
    assert imported.counts["incomes"]["older"] == 1
    assert latest_of(Household.objects.get()) == ours


def test_an_export_with_new_figures_counts_again(cast):
    load(cast, Export(1))
    household = Household.objects.get()
    worked_out(cast, household)
    export = Export(1)
    export.household(0, 工资性收入="12000")
    imported = load(cast, export, exported_on=JULY)
    assert imported.counts["incomes"]["changed"] == 1
    assert (latest_of(household).wage, household.incomes.count()) == (12000, 3)


def later_income(cast, household):
    cast.income(household, stated_on=JULY, origin="visit", recorded_at=NOW + timedelta(hours=1))


@pytest.mark.parametrize("later", [later_change, later_member_change, later_visit, later_income])
def test_what_others_built_on_is_not_taken_back(cast, later):
    imported = load(cast, Export(1))
    later(cast, Household.objects.get())
    before = snapshot()
    with pytest.raises(importing.ImportRefusal, match="34152400000001"):
        undo(imported, cast)
    assert snapshot() == before


def test_a_second_import_on_top_is_taken_back_first(cast):
    first = load(cast, Export(1))
    export = Export(1)
    export.household(0, 住房等级="C")
    second = load(cast, export, exported_on=JULY)
    with pytest.raises(importing.ImportRefusal):
        undo(first, cast)
    undo(second, cast)
    undo(first, cast)
    assert not Household.objects.exists()


def test_why_it_is_taken_back_has_to_be_said(cast):
    imported = load(cast, Export(1))
    with pytest.raises(importing.ImportRefusal):
        importing.undo_import(imported, because=" ", by=cast.county, at=NOW)


def test_unknown_columns_are_kept(cast):
    export = Export(1)
    export.header += ["与村主干路距离", "特长", "紧急联系人手机"]
    export.household(0, 与村主干路距离="1.2")
    export.rows[0] |= {"特长": "木工", "紧急联系人手机": "13912345678"}
    imported = load(cast, export)
    household = Household.objects.get()
    assert household.extra == {"与村主干路距离": "1.2"}
    head = household.members.get(relation="head")
    assert head.extra["特长"] == "木工"
    assert "13912345678" not in str(head.extra)
    assert imported.columns["further"] == ["与村主干路距离", "特长", "紧急联系人手机"]
    assert load(cast, export).counts["households"]["unchanged"] == 1


def test_measures_of_the_export(cast):
    export = Export(1)
    export.header += ["产业帮扶", "就业帮扶", "健康帮扶"]
    export.household(0, 产业帮扶="是", 就业帮扶="否", 健康帮扶="家庭医生签约")
    load(cast, export)
    household = Household.objects.get()
    assert household.national_measures == ["产业帮扶", "健康帮扶"]
    assert household.extra == {"健康帮扶": "家庭医生签约"}


def test_the_name_of_a_person_may_be_corrected(cast):
    load(cast, Export(1))
    export = Export(1)
    export.rows[0][NAME] = "李大川"
    assert refusals(load(cast, export, exported_on=JULY)) == []
    assert Household.objects.get().head_name == "李大川"
    assert MemberPast.objects.get().name == "李大山"


def test_an_old_file_brings_nobody_back(cast):
    load(cast, Export(1))
    member = Member.objects.get(relation="child")
    record_member(member, on=JULY, origin="visit", by=cast.village.officer, at=NOW, left_on=JULY)
    export = Export(1)
    export.header.remove(PERSON)
    imported = load(cast, export)
    assert imported.counts["members"]["older"] == 1
    assert Member.objects.count() == 3


def test_a_person_missed_before_comes_in_although_the_household_is_newer(cast):
    export = Export(1)
    export.rows.pop()
    load(cast, export)
    record_household(
        Household.objects.get(), on=JULY, origin="visit", by=None, at=NOW, house_grade="D"
    )
    assert load(cast, Export(1)).counts["members"]["new"] == 1
    assert Household.objects.get().house_grade == "D"
