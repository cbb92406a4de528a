"""The newest source is the fact, and the pages say which (AH 3.2, decision 78)."""

from datetime import date

import pytest
from django.urls import reverse

from feeds.models import FeedUpload
from feeds.naming import source_words
from households import importing
from households.models import HouseholdPast, IncomeStatement, MemberPast
from households.register import record_household, record_member
from monitoring.explaining import explain_now
from monitoring.policy.judging import judge_now
from monitoring.policy.parameters import figures_on
from tests.cast import NOW, TODAY
from tests.feeds.files import AS_OF, feed, number_of, officer_of
from tests.households.faults import Export, load

JUNE = date(2020, 6, 20)
# A file of one row about 汪大山: the kind, its header, its cells, and what the register then holds.
FACTS = {
    "medical_insurance": ("参保状态", "未参保", "member", {"medical_insurance": False}),
    "low_income": ("月补助金额", "350", "member", {"low_income_allowance": True}),
    "extreme_poverty": ("供养方式", "分散供养", "member", {"extreme_poverty_support": True}),
    "disability": ("残疾等级", "二级", "member", {"disabled": True, "disability_grade": 2}),
    "school": ("学籍状态", "初中八年级", "member", {"school": "junior"}),
    "employment": ("务工月数", "3", "member", {"work_months": 3}),
    "pension": ("参保状态", "已参保", "member", {"pension": True}),
    "house_grade": ("鉴定等级", "D级", "household", {"house_grade": "D", "unsafe_house": True}),
    "water": ("是否达标 水量是否达标", "不达标 不达标", "household",
              {"water_safe": False, "water_quantity": False}),
    "hazard_spot": ("隐患点", "屋后滑坡", "household", {"hazard_spot": True}),
}  # fmt: skip


def tell(cast, kind, cells="", *, as_of=JUNE, by=None, person=("汪大山", 1)):
    column, usual, _about, _facts = FACTS[kind]
    name, place = person
    row = [name, number_of(place), *(cells or usual).split()]
    return feed(kind, f"姓名 身份证号 {column}", [row], by or officer_of(cast, kind), as_of=as_of)


def judged(home, day=TODAY):
    figures = figures_on(day, [home.county])
    return judge_now([home.id], as_of=day, figures=figures)[home.id]


def pieces(home, day=TODAY):
    return [piece for answer in explain_now(home, day).answers for piece in answer.pieces]


@pytest.mark.parametrize("kind", FACTS)
def test_what_the_department_says_is_what_the_register_holds(cast, home, people, kind):
    _column, _usual, about, facts = FACTS[kind]
    row = people[0] if about == "member" else home
    upload = tell(cast, kind)
    assert upload.counts["facts"]["written"] == 1
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in facts} == facts
    assert (row.origin, row.origin_id, row.since) == ("department", upload.id, JUNE)
    model = MemberPast if about == "member" else HouseholdPast
    past = model.objects.get()
    assert (past.until, past.origin) == (JUNE, "import")


@pytest.mark.parametrize("kind", FACTS)
def test_the_same_again_writes_no_version(cast, home, people, kind):
    tell(cast, kind)
    upload = tell(cast, kind, as_of=TODAY)
    assert upload.counts["facts"]["written"] == 0
    assert MemberPast.objects.count() + HouseholdPast.objects.count() == 1


def test_the_review_reads_it_and_says_whose_it_is(cast, home):
    assert judged(home)["uninsured"] is False
    tell(cast, "medical_insurance")
    assert judged(home)["uninsured"] is True
    assert judged(home, date(2020, 6, 15))["uninsured"] is False, "as it was known before"
    said = [p.origin for p in pieces(home) if p.value and "汪大山" in p.label]
    assert source_words(FeedUpload.objects.get()) in said


def test_the_page_of_the_household_says_whose_it_is(cast, home, client):
    upload = tell(cast, "house_grade")
    client.force_login(cast.county.officer)
    body = client.get(f"/households/{home.id}/").content.decode()
    assert source_words(upload) in body


def test_a_younger_visit_stays(cast, home, people):
    record_member(
        people[0], on=TODAY, origin="visit", by=None, at=NOW, medical_insurance=False
    )  # fmt: skip
    upload = tell(cast, "medical_insurance", "参保")
    people[0].refresh_from_db()
    assert people[0].medical_insurance is False
    assert upload.counts["facts"] == {"disagree": 0, "older": 1, "written": 0}


def test_a_younger_change_of_something_else_does_not_hold_it_up(cast, home, people):
    record_member(people[0], on=TODAY, origin="visit", by=None, at=NOW, work_months=4)
    tell(cast, "medical_insurance")
    people[0].refresh_from_db()
    assert people[0].medical_insurance is False
    assert people[0].since == TODAY, "it enters with the day of the row's last change"
    assert judged(home)["uninsured"] is True and judged(home)["longest_work"] == 10


def test_a_visit_after_it_wins(cast, home, people):
    tell(cast, "medical_insurance")
    record_member(people[0], on=TODAY, origin="visit", by=None, at=NOW, medical_insurance=True)
    assert judged(home)["uninsured"] is False
    upload = tell(cast, "medical_insurance", "未参保 ", as_of=AS_OF)
    people[0].refresh_from_db()
    assert people[0].medical_insurance is True and upload.counts["facts"]["written"] == 0


def test_what_is_not_known_is_told_by_any_day(cast, home, people):
    people[0].medical_insurance = None
    people[0].since = TODAY
    people[0].save()
    tell(cast, "medical_insurance", "参保", as_of=AS_OF)
    people[0].refresh_from_db()
    assert people[0].medical_insurance is True


def test_another_name_is_no_fact(cast, home, people):
    upload = tell(cast, "medical_insurance", person=("王大山", 1))
    assert upload.counts["facts"]["written"] == 0
    people[0].refresh_from_db()
    assert people[0].medical_insurance is True


def test_two_members_must_say_the_same_of_their_house(cast, home):
    rows = [["汪大山", number_of(1), "A"], ["陈秀兰", number_of(2), "D"]]
    upload = feed("house_grade", "姓名 身份证号 等级", rows, officer_of(cast, "house_grade"))
    assert upload.counts["facts"] == {"disagree": 1, "older": 0, "written": 0}
    home.refresh_from_db()
    assert home.house_grade == "A"


def test_of_water_each_was_looked_at_by_itself(cast, home):
    record_household(
        home, on=TODAY, origin="visit", by=None, at=NOW, water_quantity=False, water_quality=True
    )
    tell(cast, "water", "不达标 达标")
    home.refresh_from_db()
    assert home.water_safe is False, "older in the register than the feed"
    assert home.water_quantity is False, "younger in the register"


# Medical costs


def pay(cast, *payments, begins=date(2020, 1, 1), as_of=AS_OF, name="a.csv", **options):
    rows = [[who, number_of(place), amount] for who, place, amount in payments]
    office = officer_of(cast, "medical_payment")
    return feed("medical_payment", "姓名 身份证号 个人自付", rows, office,
                begins=begins, as_of=as_of, name=name, **options)  # fmt: skip


def latest(home):
    return IncomeStatement.objects.filter(household=home).first()


def test_payments_inside_the_window_are_the_least_that_was_spent(cast, home, client):
    upload = pay(cast, ("汪大山", 1, "12000"), ("陈秀兰", 2, "9000.50"), ("汪大山", 1, "3000"))
    assert upload.counts["facts"]["written"] == 1
    statement = latest(home)
    assert str(statement.medical) == "24000.50"
    assert (statement.stated_on, statement.origin) == (date(2020, 6, 11), "department")
    assert home.incomes.count() == 2, "what was stated before is kept"
    assert str(judged(home)["rigid"]) == "24000.50"
    said = [piece.origin for piece in pieces(home) if "24,000.50" in piece.value]
    assert said and all(source_words(upload) in origin for origin in said), said
    client.force_login(cast.county.officer)
    body = client.get(reverse("household_income", args=[home.id])).content.decode()
    assert source_words(upload) in body


def test_a_statement_that_says_more_stays(cast, home):
    assert pay(cast, ("汪大山", 1, "799.99")).counts["facts"]["written"] == 0
    assert latest(home).medical == 800 and home.incomes.count() == 1


def test_periods_that_overlap_are_counted_once(cast, home):
    pay(cast, ("汪大山", 1, "5000"), as_of=date(2020, 3, 31), name="一季度.csv")
    pay(cast, ("汪大山", 1, "9000"), name="五月.csv")
    assert latest(home).medical == 9000
    pay(cast, ("汪大山", 1, "1000"), begins=date(2019, 6, 1), as_of=date(2019, 12, 31))
    assert latest(home).medical == 10000


def test_payments_outside_the_window_are_not_of_it(cast, home):
    pay(cast, ("汪大山", 1, "50000"), begins=date(2019, 1, 1), as_of=date(2019, 12, 31))
    assert latest(home).medical == 800


def test_of_a_longer_period_only_what_is_dated_inside_counts(cast, home):
    """The window of the statement is June 2019 to May 2020."""
    rows = [
        ["汪大山", number_of(1), amount, day]
        for amount, day in (("900", "2019-05-31"), ("5000", "2019-06-01"), ("6000", "2020-05-31"),
                            ("7000", "2020-06-01"), ("8000", ""))
    ]  # fmt: skip
    office = officer_of(cast, "medical_payment")
    upload = feed("medical_payment", "姓名 身份证号 个人自付 结算日期", rows, office,
                  begins=date(2019, 1, 1), as_of=TODAY)  # fmt: skip
    assert upload.counts["matched"] == 5
    assert str(latest(home).medical) == "11000.00"


def test_a_statement_of_today_is_put_right_where_it_stands(cast, home):
    home.incomes.update(stated_on=TODAY)
    pay(cast, ("汪大山", 1, "20000"))
    assert [str(s.medical) for s in home.incomes.all()] == ["20000.00"]


def test_an_import_that_a_department_has_built_on_is_not_taken_back(cast):
    imported = load(cast, Export(1))
    person = Export(1).rows[0]
    rows = [[person["姓名"], person["证件号码"], "小轿车"]]
    upload = feed("vehicles", "姓名 身份证号 车型", rows, officer_of(cast, "vehicles"))
    assert upload.counts["matched"] == 1
    with pytest.raises(importing.ImportRefusal):
        importing.undo_import(imported, because="传错了文件", by=cast.county, at=NOW)
