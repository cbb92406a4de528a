"""A department's file is taken back while nothing was built on it (decision 95)."""

from datetime import date, timedelta

import pytest

from accounts.refusals import Refused
from feeds import undoing
from feeds.models import CostBefore, FeedRow, FeedTrouble, FeedUpload, UploadState
from feeds.tasks import feed_undo
from households.models import Household, IncomeStatement, Member, MemberPast
from households.register import record_member
from jobs.models import Job
from jobs.running import run_job
from monitoring.cases.casework import open_case
from monitoring.clues.checking import check_clue
from monitoring.comparison.running import compare
from monitoring.models import Clue, Difference
from tests.cast import TODAY
from tests.feeds.files import NOW, feed, number_of, officer_of
from tests.feeds.test_facts import FACTS, JUNE, latest, pay, tell
from tests.monitoring.comparison.test_rules import plant

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def take_back(upload, by=None, at=LATER, because="传错了文件"):
    """What the page asks for and the job does."""
    job = undoing.ask_undo(upload, because=because, by=by or upload.asked_by, at=at)
    feed_undo(job)
    upload.refresh_from_db()
    return upload


def everything():
    """The register by value, without the counter of versions and the words of the search."""
    counted = {"version", "head_pinyin", "head_initials"}
    households = Household.objects.order_by("id").values()
    return (
        [{k: v for k, v in row.items() if k not in counted} for row in households],
        list(Member.objects.order_by("id").values()),
        list(MemberPast.objects.order_by("id").values()),
        list(IncomeStatement.objects.order_by("id").values()),
        list(FeedRow.objects.order_by("id").values()),
        FeedTrouble.objects.count(),
    )


@pytest.mark.parametrize("kind", FACTS)
def test_each_fact_returns_to_its_source_before(cast, home, kind):
    before = everything()
    upload = tell(cast, kind)
    assert everything() != before
    take_back(upload)
    assert everything() == before
    assert (upload.state, upload.undone_because) == (UploadState.UNDONE, "传错了文件")
    assert upload.undone_by == upload.asked_by


def test_the_department_before_it_says_the_fact_again(cast, home, people):
    first = tell(cast, "medical_insurance", as_of=JUNE)
    before = everything()
    second = tell(cast, "medical_insurance", "参保", as_of=TODAY)
    with pytest.raises(Refused, match="数据.csv"):
        undoing.ask_undo(first, because="传错了文件", by=first.asked_by, at=LATER)
    take_back(second)
    assert everything() == before
    people[0].refresh_from_db()
    assert (people[0].medical_insurance, people[0].origin_id) == (False, first.pk)
    take_back(first)
    people[0].refresh_from_db()
    assert people[0].medical_insurance is True


def test_the_same_file_may_come_again(cast, home):
    take_back(tell(cast, "medical_insurance"))
    again = tell(cast, "medical_insurance")
    assert (again.state, again.counts["new"]) == (UploadState.LOADED, 1)


def test_costs_return_to_the_statement_before(cast, home):
    before = everything()
    upload = pay(cast, ("汪大山", 1, "32000"))
    assert latest(home).medical == 32000
    take_back(upload)
    assert everything() == before


def test_a_statement_put_right_on_its_day_is_as_it_was(cast, home):
    home.incomes.update(stated_on=TODAY)
    first = pay(cast, ("汪大山", 1, "20000"), as_of=date(2020, 3, 31), name="一季度.csv")
    before = everything()
    second = pay(cast, ("汪大山", 1, "90000"))
    assert CostBefore.objects.count() == 2
    take_back(second)
    assert everything() == before
    take_back(first)
    assert latest(home).medical == 800 and not CostBefore.objects.exists()


def test_run_twice_it_does_nothing_more(cast, home):
    upload = tell(cast, "medical_insurance")
    job = undoing.ask_undo(upload, because="传错了文件", by=upload.asked_by, at=LATER)
    feed_undo(job)
    after = everything()
    feed_undo(job)
    assert everything() == after


def test_a_later_change_stands_on_it(cast, home, people):
    upload = tell(cast, "medical_insurance")
    record_member(people[0], on=TODAY, origin="visit", by=None, at=LATER, work_months=4)
    with pytest.raises(Refused, match=home.number):
        take_back(upload)
    assert FeedUpload.objects.get().state == UploadState.LOADED


def test_a_later_income_stands_on_it(cast, home):
    upload = pay(cast, ("汪大山", 1, "32000"))
    cast.income(home, stated_on=TODAY, recorded_at=LATER)
    with pytest.raises(Refused, match=home.number):
        take_back(upload)


def test_a_case_opened_since_stands_on_it(cast, home):
    upload = tell(cast, "disability")
    open_case(
        procedure="tier", household=home, proposal={"tier": "yellow"}, because="残疾",
        by=cast.village, at=LATER,
    )  # fmt: skip
    with pytest.raises(Refused, match=home.number):
        take_back(upload)


def test_somebody_who_was_first_while_the_job_waited(cast, home, people):
    upload = tell(cast, "medical_insurance")
    job = undoing.ask_undo(upload, because="传错了文件", by=upload.asked_by, at=LATER)
    record_member(people[0], on=TODAY, origin="visit", by=None, at=LATER, work_months=4)
    before = everything()
    with pytest.raises(Refused, match=home.number):
        feed_undo(job)
    assert everything() == before


def test_a_reason_and_the_own_department(cast, home):
    upload = tell(cast, "medical_insurance")
    with pytest.raises(Refused):
        take_back(upload, because=" ")
    with pytest.raises(Refused):
        take_back(upload, by=officer_of(cast, "water"))
    with pytest.raises(Refused):
        take_back(upload, by=cast.county)
    assert not Job.objects.filter(kind=undoing.KIND).exists()


# What the comparison made of it


def test_a_clue_that_nobody_touched_ends_with_the_file(cast):
    home, _member = plant(cast, "big_payment")
    compare(cast.county.division, at=NOW)
    upload, clue = FeedUpload.objects.get(), Clue.objects.get()
    take_back(upload)
    clue.refresh_from_db()
    assert (clue.state, clue.answer) == ("ended", "withdrawn") and upload.file_name in clue.because
    assert not Difference.objects.exists()
    compare(cast.county.division, at=LATER)
    assert not Clue.objects.open().exists()
    pay(cast, ("汪大山", 1, "32000"))
    compare(cast.county.division, at=LATER)
    assert Clue.objects.open().get().household == home, "the mended file asks again"


def test_a_clue_that_the_village_told_as_well_stays(cast):
    home, _member = plant(cast, "big_payment")
    compare(cast.county.division, at=NOW)
    clue = Clue.objects.get()
    clue.sources.create(channel="village", who="村", words="住院", at=NOW)
    take_back(FeedUpload.objects.get())
    clue.refresh_from_db()
    assert clue.is_open and [source.channel for source in clue.sources.all()] == ["village"]


def test_a_clue_that_was_checked_stands_on_it(cast):
    home, _member = plant(cast, "big_payment")
    compare(cast.county.division, at=NOW)
    clue = Clue.objects.get()
    check_clue(
        clue, finding="not_confirmed", words="已报销", checked_on=clue.found_on,
        seen_version=clue.version, by=cast.village, at=NOW,
    )  # fmt: skip
    with pytest.raises(Refused, match=home.number):
        take_back(FeedUpload.objects.get())


def test_the_page_says_why_not_and_takes_back(cast, home, people, client):
    upload = tell(cast, "medical_insurance")
    page, undo = f"/feeds/{upload.pk}/", f"/feeds/{upload.pk}/undo/"
    client.force_login(cast.county.officer)
    assert undo not in client.get(page).content.decode()
    assert client.get(undo).status_code == 403
    client.force_login(upload.asked_by.officer)
    assert undo in client.get(page).content.decode()
    assert client.post(undo, {"because": ""}).status_code == 200
    younger = feed(
        "medical_insurance", "姓名 身份证号 参保状态", [["陈秀兰", number_of(2), "未参保"]],
        upload.asked_by, as_of=TODAY, name="六月.csv",
    )  # fmt: skip
    assert "六月.csv" in client.get(undo).content.decode()
    take_back(younger)
    assert client.post(undo, {"because": "传错了文件"}).status_code == 302
    run_job(Job.objects.get(kind=undoing.KIND, key=str(upload.pk)).pk)
    body = client.get(page).content.decode()
    assert "传错了文件" in body and undo not in body


def test_the_reason_holds_no_number_of_a_person(cast, home):
    upload = tell(cast, "low_income")
    with pytest.raises(Refused):
        take_back(upload, because="联系13912345678")
