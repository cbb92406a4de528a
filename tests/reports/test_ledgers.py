"""Ledgers as of a day: what came later changes nothing in them (decision 59)."""

import hashlib
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from accounts.models import Division
from households.correcting import correct_member, member_leaves, move_household
from households.models import Household, HouseholdPast, IncomeStatement, MemberPast
from households.register import record_household
from households.successors import follow_successors
from jobs.models import Job
from jobs.running import run_job
from monitoring.models import State
from reports.as_of import Standing
from reports.ledger_job import ask_for_ledger
from reports.ledgers import LEDGERS
from tests.cast import COLUMNS, NOW, SHANGHAI, TODAY
from tests.monitoring.chains import opened, subject_of, visit, walked

LATER = NOW + timedelta(days=5)
BY_TIER = ("edge", "three-colour")
DAYS = [TODAY - timedelta(days=40), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]


def standing(post, slug="three-colour", day=TODAY, **kwargs):
    return Standing(LEDGERS[slug], day=day, post=post, **kwargs)


def rows(post, slug="three-colour", day=TODAY, **kwargs):
    """Every cell of the ledger, as a person reads it."""
    ledger = LEDGERS[slug]
    with override("zh-hans"):
        return [
            tuple(str(column.value(row)) for column in ledger.columns)
            for chunk in standing(post, slug, day, **kwargs).chunks()
            for row in chunk
        ]


def hashes(post):
    told = {(slug, day): rows(post, slug, day) for slug in BY_TIER for day in DAYS}
    return {key: hashlib.sha256(repr(value).encode()).hexdigest() for key, value in told.items()}


def change(household, at, **values):
    record_household(
        household, on=localdate(at), origin="correction", by=None, at=at, because="核对", **values
    )


@pytest.fixture
def book(cast):
    """Three households: exited and red, edge and blue, and edge in the next village."""
    red = cast.family(head_name="汪红", tier="red")
    edge = cast.family(head_name="陈边", status="edge", tier="blue", listed_on=date(2020, 5, 1))
    other = cast.family("341524105201", head_name="李邻", status="edge")
    cast.family(head_name="一般", status="general")
    return red, edge, other


def test_each_ledger_holds_its_households_with_what_is_known(cast, book):
    edge = book[1]
    edge.members.filter(relation="head").update(resident_id_masked="341524********2611")
    (row,) = rows(cast.village, "edge")
    assert row[:5] == ("六安市", "金寨县", "汤家汇镇", "豹迹岩村委会", "")
    assert row[5:] == (
        *(edge.number, "陈边", "341524********2611", "2", "蓝色"),
        *("2020-05-01", "24200.00", "2020-05-31", "", "", "None"),
    )
    assert {row[6] for row in rows(cast.village)} == {"汪红", "陈边"}
    assert {row[6] for row in rows(cast.county)} == {"汪红", "陈边", "李邻"}
    assert rows(cast.stranger) == rows(cast.other_province) == []


def test_a_day_before_anything_was_on_record_is_empty(cast, book):
    assert rows(cast.county, day=TODAY - timedelta(days=1)) == []


def test_an_assigned_person_sees_the_households_that_were_his(cast, book):
    red = book[0]
    assert rows(cast.assigned) == []
    change(red, NOW, in_charge=cast.assigned.officer)
    assert [row[6] for row in rows(cast.assigned)] == ["汪红"]
    change(red, LATER, in_charge=None)
    assert [row[6] for row in rows(cast.assigned)] == ["汪红"]
    assert rows(cast.assigned, day=localdate(LATER)) == []


def test_of_several_changes_on_a_day_the_last_counts(cast, book):
    red = book[0]
    for tier in ("yellow", "blue"):
        change(red, NOW, tier=tier)
    assert [row[10] for row in rows(cast.village) if row[6] == "汪红"] == ["蓝色"]
    (totals,) = standing(cast.village).totals().values()
    assert totals == {"all": 2, "red": 0, "yellow": 0, "blue": 2, "unknown": 0}


def test_totals_and_pages_agree_with_the_rows(cast, book):
    for _n in range(4):
        cast.family(tier="yellow")
    county = standing(cast.county)
    by_township = county.totals()
    (counts,) = by_township.values()
    assert counts == {"all": 7, "red": 1, "yellow": 4, "blue": 1, "unknown": 1}
    assert county.count() == 7
    assert standing(cast.county, tier="yellow").count() == 4
    seen, params = [], {}
    for _n in range(4):
        page = county.page(params, size=2)
        seen += [row.pk for row in page]
        params = {"after": str(page.older)}
    assert page.older is None
    assert seen == [row.pk for chunk in county.chunks() for row in chunk]
    back = county.page({"before": str(seen[4])}, size=2)
    assert [row.pk for row in back] == seen[2:4]


# What came later.


def visited(cast, book):
    visit(cast, book[1], on=TODAY)
    book[1].visits.update(received_at=LATER)


def left(cast, book):
    member_leaves(
        book[1].members.get(relation="spouse"), on=TODAY, because="外嫁", by=None, at=LATER
    )


def corrected(cast, book):
    head = book[1].members.get(relation="head")
    correct_member(
        head, changes={"name": "陈新", "resident_id": "341524201204262611"}, because="登记有误",
        seen_version=1, by=None, at=LATER,
    )  # fmt: skip


def dated_back(cast, book):
    """News that holds from a day before the ledger's, but was recorded after it."""
    record_household(
        book[0], on=TODAY, origin="import", by=None, at=LATER, status="edge", tier="blue"
    )


def restated(cast, book):
    cast.income(book[0], stated_on=TODAY, wage=1, recorded_at=LATER)


def replaced(cast, book):
    """An import of a mended file writes into the statement of the same day."""
    from households.models import IncomeBefore, NationalImport

    loaded = NationalImport.objects.create(
        file_name="x", digest="1", asked_at=LATER, division=cast.county.division
    )
    statement = book[0].incomes.get(window_to=date(2020, 5, 31))
    money = ("wage", "business", "property", "transfer", "expenses")
    IncomeBefore.objects.create(
        of_import=loaded,
        statement=statement,
        figures={name: str(getattr(statement, name)) for name in money}
        | {"recorded_at": NOW.isoformat()},
    )
    IncomeStatement.objects.filter(pk=statement.pk).update(wage=1, recorded_at=LATER)


def moved(cast, book):
    move_household(
        book[1], village=cast.next_village.division, group_name="", because="搬迁",
        seen_version=None, by=None, at=LATER,
    )  # fmt: skip


def added(cast, book):
    cast.family(head_name="新户", status="edge", recorded_at=LATER)


def handed_over(cast, book):
    change(book[1], LATER, contact_name="新人", head_name="新户主", tier="red")


CHANGES = [visited, left, corrected, dated_back, restated, replaced, moved, added, handed_over]


@pytest.mark.parametrize("later", CHANGES, ids=lambda later: later.__name__)
def test_a_past_ledger_is_equal_before_and_after(cast, book, later):
    posts = [cast.village, cast.next_village, cast.township, cast.county, cast.province]
    before = [hashes(post) for post in posts]
    later(cast, book)
    assert [hashes(post) for post in posts] == before
    now = [rows(post, slug, localdate(LATER)) for post in posts for slug in BY_TIER]
    assert now != [rows(post, slug, TODAY) for post in posts for slug in BY_TIER], "no change"


@pytest.mark.parametrize("procedure", ["tier", "closing_edge", "edge_listing", "closing_exited"])
def test_a_case_concluded_later_changes_no_past_ledger(cast, procedure):
    household = subject_of(cast, procedure)
    before = hashes(cast.county)
    case = opened(cast, procedure, at=LATER, household=household)
    if procedure == "edge_listing":
        visit(cast, household, on=localdate(LATER))
    case = walked(cast, case, at=LATER)
    assert case.state == State.DONE
    assert hashes(cast.county) == before
    told = [rows(cast.county, slug, localdate(LATER)) for slug in BY_TIER]
    assert told != [rows(cast.county, slug) for slug in BY_TIER]


def test_a_change_of_codes_takes_the_ledgers_along(cast, book):
    """The successor keeps the ledger of the division that it came from, under the names of then."""
    before = {name: hashes(getattr(cast, name)) for name in ("village", "county")}
    old = cast.village.division
    new = Division.objects.create(
        code="341524105217", name="豹迹岩社区", level=5, parent=old.parent,
        **{f"{name}_id": getattr(old, f"{name}_id") for name in COLUMNS[:4]},
    )  # fmt: skip
    Division.objects.filter(pk=new.pk).update(village=new)
    gone = localdate(LATER)
    Division.objects.filter(pk=old.pk).update(valid_to=gone, successor=new)
    assert follow_successors(on=gone, by=None, at=LATER)[0] == 3
    keeper = cast.post("village", old.code)
    keeper.division = Division.objects.get(pk=new.pk)
    keeper.save()
    assert hashes(keeper) == before["village"]
    assert hashes(cast.county) == before["county"]
    assert rows(keeper)[0][3] == "豹迹岩村委会"
    assert rows(keeper, day=gone)[0][3] == "豹迹岩社区"
    assert rows(keeper, place=Division.objects.get(pk=old.pk)) == rows(keeper)
    stranger = cast.next_village
    assert {row[6] for row in rows(stranger)} == {"李邻"}


def test_a_household_that_stayed_behind_is_not_shown_to_the_successor(cast, book):
    old = cast.village.division
    heir = cast.next_village.division
    Division.objects.filter(pk=old.pk).update(valid_to=localdate(LATER), successor=heir)
    change(book[0], LATER, tier="blue")
    assert {row[6] for row in rows(cast.next_village)} == {"李邻"}


def test_the_model_of_a_ledger_agrees_over_random_histories(cast):
    """An independent reading, version by version in Python, gives the same rows."""
    from random import Random

    random = Random(59)
    homes = [cast.household(status="edge", recorded_at=NOW, since=TODAY) for _n in range(12)]
    for step in range(120):
        home = random.choice(homes)
        at = NOW + timedelta(hours=6 * step)
        home.refresh_from_db()
        on = home.since + timedelta(days=random.randint(0, (localdate(at) - home.since).days))
        values = {"tier": random.choice(["red", "yellow", "blue"])}
        values["status"] = random.choice(["edge", "edge", "general", "exited"])
        record_household(home, on=on, origin="visit", by=None, at=at, **values)
    for n in range(32):
        day = TODAY + timedelta(days=n)
        for slug, wanted in (("edge", {"edge"}), ("three-colour", {"edge", "exited"})):
            assert {
                (row.pk, row.tier)
                for chunk in standing(cast.county, slug, day).chunks()
                for row in chunk
            } == expected(homes, day, wanted)


def expected(homes, day, wanted):
    end = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(days=1)
    found = set()
    for home in homes:
        chain = [*HouseholdPast.objects.filter(household=home).order_by("id")]
        chain.append(Household.objects.get(pk=home.pk))
        known = [row for row in chain if row.recorded_at < end and row.since <= day]
        if known and known[-1].status in wanted:
            found.add((home.pk, known[-1].tier))
    return found


def test_the_queries_of_the_page_do_not_grow_with_its_rows(cast, book, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.county.officer)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/ledgers/three-colour/?on=2020-06-25").status_code == 200
        return len(queries)

    ask()
    few = ask()
    for _n in range(20):
        cast.family()
    assert ask() == few


def test_the_page_follows_its_address(cast, book, client):
    client.force_login(cast.county.officer)

    def page(query):
        return client.get(f"/ledgers/three-colour/?{query}").content.decode()

    assert "汪红" in page("on=2020-06-25") and "汪红" not in page("on=2020-06-24")
    assert "汪红" not in page("tier=blue") and "陈边" in page("tier=blue")
    assert "李邻" not in page("division=341524105207")
    assert "汪红" in page("on=2099-01-01"), "a day to come is today"
    assert "汪红" in page("on=nonsense&division=360000000000&tier=purple&after=x")


def test_the_printed_ledger_repeats_its_head_on_every_sheet(cast, book, client):
    for _n in range(20):
        cast.family()
    client.force_login(cast.village.officer)
    asked = {"accept-language": "en"}
    page = client.get("/ledgers/three-colour/print/", headers=asked).content.decode()
    assert page.count("<thead>") == 2
    assert "sheet 1 of 2" in page and "sheet 2 of 2" in page


def test_the_workbook_is_the_ledger_of_the_day(cast, book, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    change(book[0], LATER, tier="blue")
    asked = {"ledger": LEDGERS["three-colour"], "day": TODAY, "place": cast.county.division}
    job = ask_for_ledger(**asked, tier="red", by=cast.county, at=NOW)
    assert ask_for_ledger(**asked, tier="red", by=cast.county, at=NOW) == job
    run_job(job.id)
    job = Job.objects.get(id=job.id)
    assert job.state == "done" and job.result == {"rows": 1}, job.error
    sheet = openpyxl.load_workbook(job.file).active
    row = next(sheet.iter_rows(min_row=4, max_row=4, values_only=True))
    assert row[6] == "汪红" and row[5] == book[0].number
    assert "2020-06-25" in sheet["A2"].value


@pytest.mark.parametrize(
    ("name", "may"),
    [("county", True), ("stranger", False), ("village", False), ("administrator", False)],
)
def test_only_who_asked_may_open_the_workbook(cast, book, name, may):
    from reports.ledger_job import may_open

    asked = {"ledger": LEDGERS["edge"], "day": TODAY, "place": cast.county.division, "tier": ""}
    job = ask_for_ledger(**asked, by=cast.county, at=NOW)
    assert may_open(job, getattr(cast, name)) is may


def test_past_members_are_read_from_their_versions(cast, book):
    left(cast, book)
    assert MemberPast.objects.exists()
    (now,) = [row for row in rows(cast.village, day=localdate(LATER)) if row[6] == "陈边"]
    (then,) = [row for row in rows(cast.village) if row[6] == "陈边"]
    assert (then[8], now[8]) == ("2", "1")
