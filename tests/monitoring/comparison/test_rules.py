"""What a department knows and the register holds otherwise is asked once, while nothing changes."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from accounts.refusals import Refused
from duties.models import Task
from households.models import Event, Member
from jobs.models import Job
from monitoring.comparison.keeping import keep_register
from monitoring.comparison.rules import CLUE, COUNTER, RULES, TASK
from monitoring.comparison.running import compare
from monitoring.comparison.telling import told
from monitoring.models import Clue, ClueSource, Difference
from tests.cast import NOW
from tests.feeds.files import AS_OF, feed, number_of, officer_of

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 20)
GENERAL = {"status": "general"}
SUPPORTED = {"exited_class": "supported"}

# Rule -> facts of the household, of 汪大山, the file's further columns and cells.
PLANTED = {
    "big_payment": (SUPPORTED, {}, "个人自付", "32000"),
    "disaster": (GENERAL, {}, "灾害种类 受灾日期", "洪涝 2020-05-20"),
    "epidemic": (GENERAL, {}, "病例类型", "确诊病例"),
    "worker_died": (GENERAL, {"labour": "ordinary"}, "死亡日期", "2020-05-20"),
    "severe_disability": (GENERAL, {"disabled": True, "disability_grade": 1}, "残疾等级", "一级"),
    "allowance_unlisted": (GENERAL, {"low_income_allowance": True}, "月补助金额", "350"),
    "death": ({}, {}, "死亡日期", "2020-05-20"),
    "allowance": ({}, {"low_income_allowance": False}, "月补助金额", "350"),
    "extreme_poverty": ({}, {"extreme_poverty_support": False}, "供养方式", "分散供养"),
    "insurance": ({}, {"medical_insurance": True}, "参保状态", "未参保"),
    "house_grade": ({"house_grade": "A"}, {}, "鉴定等级", "D级"),
    "school": ({}, {"school": "junior"}, "学籍状态", "非在校生"),
    "disability": ({}, {"disabled": True, "disability_grade": 3}, "残疾等级", "一级"),
    "water": ({"water_safe": True}, {}, "是否达标", "不达标"),
    "hazard_spot": ({"hazard_spot": False}, {}, "隐患点", "屋后滑坡"),
    "work": ({}, {"work_months": 10}, "务工月数", "0"),
    "disaster_listed": ({}, {}, "灾害种类 受灾日期", "洪涝 2020-05-20"),
    "vehicles": ({}, {}, "品牌型号", "大众朗逸"),
    "companies": ({}, {}, "企业名称", "金寨某商贸有限公司"),
    "property": ({}, {}, "坐落", "梅山镇某小区"),
}  # fmt: skip
BY_ABSENCE = {"allowance_gone", "insurance_gone"}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def plant(cast, code, as_of=AS_OF, rows=None):
    """A file of the day before the register was last written: the register is the younger."""
    home_facts, facts, header, cells = PLANTED[code]
    home = cast.household(**home_facts)
    member = cast.member(home, name="汪大山", relation="head", resident_id=number_of(1), **facts)
    row = ["汪大山", number_of(1), *cells.split()]
    rows = rows or ([row] * 1 if code != "property" else [row, [*row[:2], "江店社区"]])
    kind = RULES[code].kind
    feed(kind, f"姓名 身份证号 {header}", rows, officer_of(cast, kind), as_of=as_of)
    return home, member


def run(cast, at=NOW):
    return compare(cast.county.division, at=at)


def test_every_rule_is_planted():
    assert set(PLANTED) | BY_ABSENCE == set(RULES)


@pytest.mark.parametrize("code", PLANTED)
def test_a_planted_difference_is_found_once_and_asked_once(cast, code):
    home, _member = plant(cast, code)
    run(cast)
    found = Difference.objects.get(rule=code)
    assert (found.household, found.department) == (home, officer(code))
    assert "%" not in told(code, found.figures)
    row = RULES[code]
    tasks = Task.objects.open().filter(kind="difference", key=str(found.pk))
    assert tasks.count() == (row.answer == TASK)
    clues = Clue.objects.filter(sources__figures__rule=code)
    assert clues.count() == (row.answer == CLUE)
    before = (Task.objects.count(), ClueSource.objects.count(), Difference.objects.count())
    run(cast, NOW + timedelta(days=31))
    assert before == (Task.objects.count(), ClueSource.objects.count(), Difference.objects.count())


def officer(code):
    from feeds.kinds import KINDS

    return KINDS[RULES[code].kind].departments[0]


def test_counter_evidence_opens_nothing(cast):
    plant(cast, "vehicles")
    run(cast)
    assert not Task.objects.exists() and not Clue.objects.exists()
    assert Difference.objects.get().answer == COUNTER


def test_the_newer_department_is_the_fact_and_asks_nobody(cast):
    plant(cast, "house_grade", as_of=JUNE)
    run(cast)
    assert not Difference.objects.filter(answer=TASK).exists()


def test_kept_with_a_reason_is_not_asked_until_the_data_change(cast):
    home, _member = plant(cast, "disability")
    run(cast)
    found = Difference.objects.get(rule="disability")
    given = {"seen_mark": found.mark, "at": NOW}
    with pytest.raises(Refused, match="desk"):
        keep_register(found, because="已核对残疾证。", by=cast.township, **given)
    with pytest.raises(Refused, match="changed"):
        keep_register(found, because="已核对。", by=cast.village, **{**given, "seen_mark": "x"})
    with pytest.raises(Refused):
        keep_register(found, because="已电话核实13912345678。", by=cast.village, **given)
    keep_register(found, because="已核对残疾证。", by=cast.village, **given)
    task = Task.objects.get(kind="difference")
    assert (task.outcome, task.ended_by) == ("kept", cast.village)
    run(cast)
    assert not Task.objects.open().exists()
    row = ["汪大山", number_of(1), "二级"]
    by = officer_of(cast, "disability")
    feed("disability", "姓名 身份证号 残疾等级", [row], by, as_of=AS_OF)
    run(cast)
    assert Task.objects.open().filter(kind="difference", household=home).count() == 1


def test_mended_in_the_register_it_ends_by_itself(cast):
    _home, member = plant(cast, "death")
    run(cast)
    Member.objects.filter(pk=member.pk).update(left_on=JUNE)
    run(cast)
    assert Difference.objects.get(rule="death").state == "gone"
    assert not Task.objects.open().exists()


def test_an_event_recorded_by_a_visit_ends_the_task(cast):
    home, _member = plant(cast, "disaster_listed")
    run(cast)
    assert Task.objects.open().count() == 1
    Event.objects.create(
        household=home, kind="disaster", happened_on=date(2020, 5, 21), causes_risk=False,
        recorded_at=NOW,
    )  # fmt: skip
    run(cast)
    assert not Task.objects.open().exists()


@pytest.mark.parametrize(
    ("code", "kind", "fact"),
    [
        ("allowance_gone", "low_income", "low_income_allowance"),
        ("insurance_gone", "medical_insurance", "medical_insurance"),
    ],
)
def test_who_is_not_in_the_newest_list_is_asked_for_unless_the_list_is_a_part(
    cast, code, kind, fact
):
    home = cast.household()
    since = {"since": date(2020, 5, 1), fact: True}
    names = ["汪一", "汪二", "汪三"]
    people = [
        cast.member(home, name=name, resident_id=number_of(n), **since)
        for n, name in enumerate(names, 1)
    ]
    by = officer_of(cast, kind)
    rows = [[name, number_of(n)] for n, name in enumerate(names, 1)]
    header = "姓名 身份证号"
    feed(kind, header, rows[:1], by, as_of=date(2020, 5, 10))
    run(cast)
    assert not Difference.objects.filter(rule=code).exists()
    feed(kind, header, rows[:2], by, as_of=AS_OF)
    run(cast)
    assert Difference.objects.get(rule=code).member == people[2]


def test_payments_of_a_year_add_up_and_are_asked_again_at_the_next_multiple(cast):
    home, _member = plant(cast, "big_payment")
    run(cast)
    clue = Clue.objects.get()
    assert (clue.village, Task.objects.get(kind="clue_check").at) == (home.village, home.village)
    Clue.objects.update(state="ended", ended_on=JUNE, answer="not_confirmed")
    by = officer_of(cast, "medical_payment")
    header = "姓名 身份证号 个人自付"

    def pay(amount, begins, as_of):
        row = ["汪大山", number_of(1), amount]
        feed("medical_payment", header, [row], by, begins=begins, as_of=as_of)
        run(cast)

    pay("500", date(2020, 6, 1), date(2020, 6, 10))
    assert Clue.objects.count() == 1
    pay("9000", date(2020, 6, 11), JUNE)
    assert Clue.objects.count() == 2


def test_a_file_asks_for_the_comparison_of_its_kind(cast):
    plant(cast, "vehicles")
    job = Job.objects.get(kind="comparison")
    division = cast.divisions["341524000000"].id
    assert job.arguments == {"division_id": division, "feed": "vehicles"}


def test_another_county_is_not_touched(cast):
    plant(cast, "death")
    compare(cast.stranger.division, at=NOW)
    assert not Difference.objects.exists()
